/**
 * Numbers as people read them, the same in every locale.
 */

/** `1,234`. */
export function formatCount(count: number): string {
  return Math.round(count).toLocaleString("en-US");
}

/** `3 packages`, `1 package`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}

const units = ["kB", "MB", "GB", "TB"];

/** `512 bytes`, `1.4 MB`; powers of 1000. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = "";
  for (const larger of units) {
    if (value < 999.5) break;
    value /= 1000;
    unit = larger;
  }
  return unit === ""
    ? countOf(bytes, "byte")
    : `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
}

/** `0.3 s`, `75 s`, `12 min 5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 120 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
