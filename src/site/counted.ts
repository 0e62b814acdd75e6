/**
 * Numbers for people.
 */

/** `1234567` → `1,234,567`. Formatters of the platform differ by its version, and equal data must give equal pages. */
export function groupDigits(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** `1 package`, `2 packages`. */
export function counted(count: number, noun: string): string {
  return `${groupDigits(count)} ${noun}${count === 1 ? "" : "s"}`;
}
