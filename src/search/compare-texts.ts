/**
 * The order of texts by their characters' codes: the same in every language, on every machine.
 */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
