/**
 * Finds the lines that part a multipart body (RFC 2046 §5.1.1): a line break, `--`, the boundary, `--` if it is the last
 * one, white space, a line break.
 */
import { latin1Bytes, latin1Text } from "./bytes.js";

export type LineBreak = "\r\n" | "\n";

/** How far behind the boundary its line may reach. */
const LONGEST_TAIL = 64;

export type FoundDelimiter =
  | { readonly kind: "none" }
  /** From `at` on there may be one, which more bytes will tell. */
  | { readonly kind: "undecided"; readonly at: number }
  | {
      readonly kind: "found";
      /** Where the line break before it begins. */
      readonly at: number;
      /** Where the line break behind it begins. */
      readonly end: number;
      readonly lineBreak: LineBreak;
      /** Whether it is the one behind the last part. */
      readonly isLast: boolean;
    };

const NONE: FoundDelimiter = { kind: "none" };

export interface DelimiterSearch {
  /** The line break before the delimiter and the delimiter itself. */
  readonly pattern: Uint8Array;
  /** For each byte how far the pattern can be moved at least when the byte is under its end. */
  readonly skips: Uint8Array;
  /** Which line break ends the line; absent while nobody knows which one the body uses. */
  readonly ending?: LineBreak;
}

/** Finds the first delimiter, in whatever line breaks the body uses. */
export function firstDelimiter(boundary: string): DelimiterSearch {
  return searchFor(`\n--${boundary}`);
}

/**
 * Finds the others. They have the line breaks of the first, so that content with a lone line feed before what looks like a
 * boundary is content.
 */
export function furtherDelimiter(boundary: string, ending: LineBreak): DelimiterSearch {
  return { ...searchFor(`${ending}--${boundary}`), ending };
}

function searchFor(text: string): DelimiterSearch {
  const pattern = latin1Bytes(text);
  const last = pattern.length - 1;
  const skips = new Uint8Array(256).fill(pattern.length);
  for (const [index, byte] of pattern.subarray(0, last).entries()) skips[byte] = last - index;
  return { pattern, skips };
}

/** The first delimiter in the bytes, or the place where the bytes end in what may become one. */
export function findDelimiter(bytes: Uint8Array, from: number, search: DelimiterSearch): FoundDelimiter {
  const { pattern } = search;
  let at = nextCandidate(bytes, from, search);
  for (; at + pattern.length <= bytes.length; at = nextCandidate(bytes, at + 1, search)) {
    const found = delimiterAt(bytes, at, search);
    if (found.kind !== "none") return found;
  }
  for (; at < bytes.length; at += 1) {
    const found = delimiterAt(bytes, at, search);
    if (found.kind !== "none") return found;
  }
  return NONE;
}

/**
 * The next place where the pattern's last byte fits (Horspool's search, which looks at few of a package's bytes only), or
 * the first one where the bytes end before the pattern would.
 */
function nextCandidate(bytes: Uint8Array, from: number, { pattern, skips }: DelimiterSearch): number {
  const last = pattern.length - 1;
  let at = from;
  for (; at + last < bytes.length; at += skips[bytes[at + last] ?? 0] ?? 1) {
    if (bytes[at + last] === pattern[last]) break;
  }
  return at;
}

/** Whether there is a delimiter at this very place. */
export function delimiterAt(
  bytes: Uint8Array,
  at: number,
  { pattern, ending }: DelimiterSearch,
): FoundDelimiter {
  const present = Math.min(pattern.length, bytes.length - at);
  for (let index = 0; index < present; index += 1) {
    if (bytes[at + index] !== pattern[index]) return NONE;
  }
  if (present < pattern.length) return { kind: "undecided", at };
  const tailAt = at + pattern.length;
  const tail = latin1Text(bytes.subarray(tailAt, tailAt + LONGEST_TAIL));
  const [whole, dashes, lineBreak] = /^(--)?[ \t]*(\r?\n)/.exec(tail) ?? [];
  if (whole === undefined) return mayBecomeTail(tail) ? { kind: "undecided", at } : NONE;
  const written: LineBreak = lineBreak === "\n" ? "\n" : "\r\n";
  if (ending !== undefined && written !== ending) return NONE;
  const end = tailAt + whole.length - written.length;
  return { kind: "found", at, end, lineBreak: written, isLast: dashes !== undefined };
}

function mayBecomeTail(tail: string): boolean {
  return tail.length < LONGEST_TAIL && /^(?:-|(?:--)?[ \t]*\r?)$/.test(tail);
}
