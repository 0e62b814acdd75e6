/** Finds the end of the headers of one part of a multipart body. */
import { type DelimiterSearch, delimiterAt, type FoundDelimiter, type LineBreak } from "./delimiter.js";

/** An empty line, or a delimiter where a part has headers only. */
export type HeadersEnd =
  | FoundDelimiter
  /** Where the line break of the empty line begins. */
  | { readonly kind: "blank"; readonly at: number };

/** @param from - where the line break in front of the headers begins */
export function findHeadersEnd(
  bytes: Uint8Array,
  from: number,
  search: DelimiterSearch,
  lineBreak: LineBreak,
): HeadersEnd {
  const first = lineBreak.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    const delimiter = delimiterAt(bytes, at, search);
    if (delimiter.kind !== "none") return delimiter;
    const isBlank = hasText(bytes, at, lineBreak + lineBreak);
    if (isBlank === undefined) return { kind: "undecided", at };
    if (isBlank) return { kind: "blank", at: at + lineBreak.length };
  }
  return { kind: "none" };
}

/** @returns `undefined` when the bytes end before that can be told */
function hasText(bytes: Uint8Array, at: number, text: string): boolean | undefined {
  for (let index = 0; index < text.length; index += 1) {
    if (at + index >= bytes.length) return undefined;
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}
