/**
 * Which documents hold which word in which fields. Words lie in a map for exact look-ups and in MiniSearch's radix
 * tree for prefixes and typing errors; MiniSearch's own lists of documents are maps in maps, these are plain arrays.
 */
import SearchableMap from "minisearch/SearchableMap";
import { FIELD_BITS } from "./fields.js";

/** A text under which packages are found; see `search-index.ts`. */
export type DocumentNumber = number;

/** Document numbers, ascending, each with the set of fields in its low bits. */
export type Postings = readonly number[];

export interface WordTable {
  readonly words: Map<string, number[]>;
  readonly tree: SearchableMap<number[]>;
}

export interface SimilarWord {
  readonly postings: Postings;
  /** Letters that were added, left out, changed or swapped with their neighbour. */
  readonly errors: number;
}

export function createWordTable(): WordTable {
  return { words: new Map(), tree: new SearchableMap<number[]>() };
}

export function documentOf(posting: number): DocumentNumber {
  return posting >>> FIELD_BITS;
}

export function fieldsOf(posting: number): number {
  return posting & ((1 << FIELD_BITS) - 1);
}

export function addPosting(table: WordTable, word: string, document: DocumentNumber, fields: number): void {
  const posting = (document << FIELD_BITS) | fields;
  const postings = table.words.get(word);
  if (postings === undefined) {
    const first = [posting];
    table.words.set(word, first);
    table.tree.set(word, first);
  } else if ((postings.at(-1) ?? 0) < posting) {
    postings.push(posting);
  } else {
    postings.splice(positionOf(postings, document), 0, posting);
  }
}

export function removePosting(table: WordTable, word: string, document: DocumentNumber): void {
  const postings = table.words.get(word);
  if (postings === undefined) return;
  const position = positionOf(postings, document);
  if (documentOf(postings[position] ?? -1) === document) postings.splice(position, 1);
  if (postings.length > 0) return;
  table.words.delete(word);
  table.tree.delete(word);
}

/** Where the document stands, or would stand. */
function positionOf(postings: Postings, document: DocumentNumber): number {
  let low = 0;
  let high = postings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (documentOf(postings[middle] ?? 0) < document) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** All words that begin so and are longer. */
export function* longerWords({ words, tree }: WordTable, prefix: string): Generator<Postings> {
  const own = words.get(prefix);
  // Values alone: making the texts of the words would take most of the time.
  for (const postings of tree.atPrefix(prefix).values()) {
    if (postings !== own) yield postings;
  }
}

/**
 * Words that differ by typing errors: one in words of four letters, two from eight letters on. Two neighbours that
 * changed places are one error.
 */
export function similarWords({ words, tree }: WordTable, word: string): SimilarWord[] {
  if (word.length < 4) return [];
  const most = word.length < 8 ? 1 : 2;
  // First letters are seldom wrong, and with them a twentieth of the words is left to compare.
  const alike = tree.atPrefix(word.charAt(0)).fuzzyGet(word.slice(1), most);
  const similar = new Map((alike.size > 0 ? alike : tree.fuzzyGet(word, most)).values());
  for (let at = 0; at < word.length - 1; at++) {
    const postings = words.get(
      word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2),
    );
    if (postings !== undefined && !similar.has(postings)) similar.set(postings, 1);
  }
  return [...similar].map(([postings, errors]) => ({ postings, errors }));
}
