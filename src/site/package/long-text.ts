/**
 * Long texts of packages, cut to what a page can hold.
 */

export interface LongText {
  /** Lines end with line feeds. */
  readonly text: string;
  /** There is more in the package. */
  readonly isCut?: true;
}

/**
 * The text, or its beginning up to `length` UTF-16 units, cut at the end of a line or word where there is one near.
 *
 * @returns `undefined` for no text or blanks only
 */
export function longText(text: string | undefined, length: number): LongText | undefined {
  const trimmed = text?.trim() ?? "";
  if (trimmed === "") return undefined;
  const clean = trimmed.slice(0, length * 2).replace(/\r\n?/g, "\n");
  if (clean.length <= length && trimmed.length <= length * 2) return { text: clean };
  const cut = clean.slice(0, length).replace(/[\ud800-\udbff]$/, "");
  const atBlank = cut.replace(/\s\S{0,80}$/, "");
  return { text: atBlank === "" ? cut : atBlank, isCut: true };
}
