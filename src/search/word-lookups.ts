/**
 * The readings of a question from strict to loose: as typed, with its words cut at camel case and digits, with
 * beginnings of words everywhere, with typing errors in words that nobody uses, with typing errors in all words.
 */
import { ALL_FIELDS, ID } from "./fields.js";
import type { QueryWord, SearchQuery } from "./parse-query.js";
import { isStopWord } from "./stop-words.js";
import type { WordLookup } from "./word-scores.js";
import type { WordTable } from "./word-table.js";

/** A single letter begins too many words for it to say something. */
const minPrefix = 2;

/**
 * @param fields where words count; with ids alone all words are beginnings, and no errors are forgiven
 */
export function* lookupsByStrictness(
  table: WordTable,
  { words, phrases }: SearchQuery,
  fields: number,
): Generator<readonly WordLookup[]> {
  const quoted = phrases.flat().filter((word) => !isStopWord(word));
  const fixed = quoted.map((word): WordLookup => lookup(word, fields, 0));
  const asTyped = words.map(({ word, isLast }) => lookup(word, fields, isLast ? fields : ID));
  yield [...fixed, ...asTyped];
  if (words.some(({ parts }) => parts.length > 0)) {
    yield [...fixed, ...words.flatMap((word) => partsOf(word).map((part) => lookup(part, fields, ID)))];
  }
  if (fields !== ALL_FIELDS || words.length === 0) return;
  const loose = words.map(
    ({ word }): WordLookup => ({ ...lookup(word, fields, fields), prefixFields: fields }),
  );
  yield [...fixed, ...loose];
  const unknown = loose.filter((one) => !isKnown(table, one.word));
  if (unknown.length > 0) {
    yield [...fixed, ...loose.map((one) => ({ ...one, isForgiving: unknown.includes(one) }))];
  }
  if (unknown.length < loose.length) yield [...fixed, ...loose.map((one) => ({ ...one, isForgiving: true }))];
}

function lookup(word: string, fields: number, prefixFields: number): WordLookup {
  return { word, fields, prefixFields: word.length < minPrefix ? 0 : prefixFields, isForgiving: false };
}

function partsOf({ word, parts }: QueryWord): readonly string[] {
  return parts.length > 0 ? parts : [word];
}

function isKnown({ words, tree }: WordTable, word: string): boolean {
  return words.has(word) || tree.atPrefix(word).keys().next().done !== true;
}
