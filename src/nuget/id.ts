/**
 * Package ids: their grammar, and the lower-case form that is a package's identity (protocol.md §1.1).
 */
import { lowerInvariant } from "./dotnet-text.js";

/** A package id that fits the grammar, in the letter case in which it was written. */
export type PackageId = string & { readonly __brand: "PackageId" };

/** A package id in lower case: the key of maps and the form in URLs. */
export type LowerId = string & { readonly __brand: "LowerId" };

const maxLength = 100;

// \w of .NET: letters, marks without width, decimal digits and connector punctuation. It sees UTF-16 units, so a
// character outside the basic plane (two surrogates) never is a word character there; hence the look-ahead.
const word = "(?:(?![\\u{10000}-\\u{10ffff}])[\\p{L}\\p{Mn}\\p{Nd}\\p{Pc}])";
const grammar = new RegExp(`^${word}+(?:[.-]${word}+)*$`, "u");

/**
 * Checks a text against the id grammar of protocol.md §1.1: words joined by single dots or hyphens, at most 100
 * UTF-16 units. A trailing line feed, which the reference expression lets through, and the unreplaced token `$id$`
 * are refused.
 *
 * @returns the id as written, or `undefined` when the text is none
 */
export function parsePackageId(text: string): PackageId | undefined {
  return isPackageId(text) ? text : undefined;
}

function isPackageId(text: string): text is PackageId {
  return text.length <= maxLength && grammar.test(text);
}

/** An id in lower case as the reference client makes it, for non-ASCII ids too (protocol.md §1.1). */
export function lowerId(id: PackageId): LowerId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes this form
  return lowerInvariant(id) as LowerId;
}
