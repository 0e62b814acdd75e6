/**
 * The fields of a package in which a word may stand. A set of them is a number of six bits, and a field's bit is
 * worth more than those of all fields below it: compared as numbers, sets are ordered as protocol.md §5.4 asks.
 */
import type { SearchLatest } from "../feed/search-entry.js";
import { isStopWord } from "./stop-words.js";
import { firstCharacters, nameWords, textWords } from "./words.js";

export const ID = 32;
export const TAGS = 16;
export const TITLE = 8;
/** Description and summary. */
export const DESCRIPTION = 4;
export const AUTHORS = 2;
export const OWNERS = 1;
export const ALL_FIELDS = 63;
/** How many bits a set of fields takes. */
export const FIELD_BITS = 6;

/** The texts of packages are not bounded; no more characters than these are looked at. */
const maxText = 4000;
const maxName = 256;

/** All words by which a package is found, each with the fields in which it stands. */
export function wordsWithFields(latest: SearchLatest): ReadonlyMap<string, number> {
  const fields = new Map<string, number>();
  const add = (field: number, words: readonly string[]): void => {
    for (const word of words) fields.set(word, (fields.get(word) ?? 0) | field);
  };
  add(ID, nameWords(latest.id));
  add(TAGS, tagWords(latest));
  if (latest.title !== undefined) add(TITLE, nameWords(firstCharacters(latest.title, maxName)));
  add(DESCRIPTION, descriptionWords(latest));
  if (latest.authors !== undefined) add(AUTHORS, textWords(firstCharacters(latest.authors, maxText)));
  if (latest.owners !== undefined) add(OWNERS, textWords(firstCharacters(latest.owners.join(" "), maxText)));
  return fields;
}

/** `unit-testing` is found by `unit`, by `testing` and by `unittesting`. */
function tagWords({ tags = [] }: SearchLatest): string[] {
  return textWords(firstCharacters(tags.join(" "), maxText)).concat(
    tags
      .slice(0, maxName)
      .flatMap((tag) => (/[-_.]/.test(tag) ? textWords(tag.replaceAll(/[-_.]/g, "")) : [])),
  );
}

function descriptionWords({ description, summary }: SearchLatest): string[] {
  return [description, summary]
    .flatMap((text) => (text === undefined ? [] : textWords(firstCharacters(text, maxText))))
    .filter((word) => !isStopWord(word));
}

/** Whether two versions of an id are found by the same words. */
export function haveSameTexts(a: SearchLatest, b: SearchLatest): boolean {
  return (
    a.id === b.id &&
    a.title === b.title &&
    a.description === b.description &&
    a.summary === b.summary &&
    a.authors === b.authors &&
    a.tags?.join(" ") === b.tags?.join(" ") &&
    a.owners?.join(" ") === b.owners?.join(" ")
  );
}
