/**
 * Sizes of files for people.
 */

const units = ["kB", "MB", "GB", "TB"];

/** `980 B`, `25.2 kB`, `1.5 MB`: powers of a thousand, one decimal below 100. */
export function byteSize(bytes: number): string {
  let size = bytes;
  let unit = "B";
  for (const larger of units) {
    if (size < 999.5) break;
    size /= 1000;
    unit = larger;
  }
  const text = unit === "B" || size >= 99.95 ? Math.round(size).toString() : size.toFixed(1);
  return `${text} ${unit}`;
}
