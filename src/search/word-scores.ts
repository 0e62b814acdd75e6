/**
 * How well documents match words: every word must stand somewhere in a document, and where it stands decides what
 * the document is worth.
 */
import { ID } from "./fields.js";
import {
  type DocumentNumber,
  documentOf,
  fieldsOf,
  longerWords,
  type Postings,
  similarWords,
  type WordTable,
} from "./word-table.js";
import { otherNumber } from "./words.js";

/** 1: some word stands elsewhere than in the id; 2: all words are nearly words of the id; 3: all are words of it. */
export type MatchKind = 1 | 2 | 3;

/** How a word of a question is looked up. */
export interface WordLookup {
  readonly word: string;
  /** In which fields it counts. */
  readonly fields: number;
  /** In which fields longer words that begin with it count. */
  readonly prefixFields: number;
  /** Whether words that differ by typing errors count. */
  readonly isForgiving: boolean;
}

export interface ScoredDocuments {
  readonly documents: readonly DocumentNumber[];
  /** Kind in the bits from {@link WEIGHT_BITS} on, weight below; by document number, 0 for all others. */
  readonly scores: Uint16Array;
}

/** The weights of thirty words fit; what is beyond makes no difference. */
export const WEIGHT_BITS = 13;
const kindStep = 1 << WEIGHT_BITS;

// The set of fields is the weight: the best field decides, then the next best. A word itself is worth more than its
// plural or a longer one that begins so, and those more than one with typing errors.
const exactFactor = 4;
const prefixFactor = 3;
const errorFactors = [2, 2, 1];

/** Documents that match all words. */
export function scoreWords(
  table: WordTable,
  lookups: readonly WordLookup[],
  documentCount: number,
): ScoredDocuments {
  let all: ScoredDocuments | undefined;
  for (const lookup of lookups) {
    const one = scoreWord(table, lookup, documentCount);
    all = all === undefined ? one : intersect(all, one);
    if (all.documents.length === 0) break;
  }
  return all ?? { documents: [], scores: new Uint16Array(0) };
}

function scoreWord(table: WordTable, lookup: WordLookup, documentCount: number): ScoredDocuments {
  const { word, fields, prefixFields, isForgiving } = lookup;
  const found = { documents: new Array<number>(), scores: new Uint16Array(documentCount) };
  if (isForgiving) {
    for (const { postings, errors } of similarWords(table, word)) {
      addScores(found, postings, fields, 2, errorFactors[errors] ?? 1);
    }
  }
  if (prefixFields !== 0) {
    for (const postings of longerWords(table, word)) {
      addScores(found, postings, fields & prefixFields, 2, prefixFactor);
    }
  }
  addScores(found, table.words.get(otherNumber(word) ?? "") ?? [], fields, 2, prefixFactor);
  addScores(found, table.words.get(word) ?? [], fields, 3, exactFactor);
  return found;
}

function addScores(
  { documents, scores }: { readonly documents: DocumentNumber[]; readonly scores: Uint16Array },
  postings: Postings,
  fields: number,
  idKind: MatchKind,
  factor: number,
): void {
  for (const posting of postings) {
    const matched = fieldsOf(posting) & fields;
    if (matched === 0) continue;
    const document = documentOf(posting);
    const score = ((matched & ID) === 0 ? 1 : idKind) * kindStep + matched * factor;
    const before = scores[document] ?? 0;
    if (before === 0) documents.push(document);
    if (score > before) scores[document] = score;
  }
}

/** The lower kind and the sum of the weights. */
function intersect(a: ScoredDocuments, b: ScoredDocuments): ScoredDocuments {
  const documents: DocumentNumber[] = [];
  for (const document of a.documents) {
    const one = a.scores[document] ?? 0;
    const other = b.scores[document] ?? 0;
    const weight = Math.min(weightOf(one) + weightOf(other), kindStep - 1);
    const isInBoth = other !== 0;
    a.scores[document] = isInBoth ? Math.min(kindOf(one), kindOf(other)) * kindStep + weight : 0;
    if (isInBoth) documents.push(document);
  }
  return { documents, scores: a.scores };
}

export function kindOf(score: number): number {
  return score >>> WEIGHT_BITS;
}

export function weightOf(score: number): number {
  return score & (kindStep - 1);
}
