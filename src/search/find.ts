/**
 * Finds the packages that answer a question, best first. Both search and autocomplete are made of it.
 *
 * What comes first (protocol.md §5.4): the id itself, ids that begin so, a title that is just so, ids that hold all
 * words, then tags, title, description, authors; equal hits by downloads, then by id. Looser readings of a question
 * are tried only where a stricter one finds nothing.
 */
import type { SearchLatest } from "../feed/search-entry.js";
import { createAcceptance } from "./acceptance.js";
import { ALL_FIELDS, ID } from "./fields.js";
import { type SearchFilters, versionMode } from "./filters.js";
import { modeView } from "./mode-view.js";
import { matchNames, type NameMatches, type QueryName, queryName } from "./name-match.js";
import type { SearchQuery } from "./parse-query.js";
import { positionOfKey, rankKey, wordsKey } from "./rank-key.js";
import {
  HIDDEN,
  type IndexedEntry,
  type ModeView,
  rankedEntries,
  type SearchIndex,
  type VersionMode,
} from "./search-index.js";
import { smallest } from "./smallest.js";
import { lookupsByStrictness } from "./word-lookups.js";
import { scoreWords, type WordLookup } from "./word-scores.js";

export interface Page {
  /** How many hits to leave out; default 0. */
  readonly skip?: number;
  /** How many hits to give at most; default 20. */
  readonly take?: number;
}

export interface FoundPage {
  /** How many there are in all. */
  readonly total: number;
  readonly found: readonly FoundEntry[];
}

export interface FoundEntry {
  readonly entry: IndexedEntry;
  /** The latest version that the filters let through. */
  readonly latest: SearchLatest;
}

/** Whether only ids are searched, by their beginnings and without forgiveness, as autocomplete does. */
export type Scope = "everything" | "ids";

/** What a question means for one index; made once for each. */
interface Search {
  readonly index: SearchIndex;
  readonly query: SearchQuery;
  readonly mode: VersionMode;
  readonly view: ModeView;
  /** Ascending by position. */
  readonly entries: readonly IndexedEntry[];
  readonly name: QueryName;
  /** Whether fields and filters let the entry at a position through; absent when there are none. */
  readonly accepts: ((position: number) => boolean) | undefined;
}

/** The hits of one page. Pages of the same index and question hold every hit exactly once. */
export function find(
  index: SearchIndex,
  query: SearchQuery,
  filters: SearchFilters,
  { skip = 0, take = 20 }: Page,
  scope: Scope,
): FoundPage {
  const search = prepare(index, query, filters);
  const keys = query.text === "" ? listedKeys(search) : foundKeys(search, scope);
  const page = smallest(keys, skip + take).subarray(skip);
  const found = Array.from(page, (key) => search.entries[positionOfKey(key)]).flatMap((entry) => {
    const latest = entry?.shown[search.mode]?.latest;
    return entry === undefined || latest === undefined ? [] : [{ entry, latest }];
  });
  return { total: keys.length, found };
}

function prepare(index: SearchIndex, query: SearchQuery, filters: SearchFilters): Search {
  const mode = versionMode(filters);
  const view = modeView(index, mode);
  const entries = rankedEntries(index);
  const name = queryName(query.text === "" ? (query.fields.get("id")?.[0] ?? "") : query.text);
  const accepts = createAcceptance(index, query, filters, mode);
  return { index, query, mode, view, entries, name, accepts };
}

/** Without free text nothing but fields and filters decides; an id that is asked for as a field still comes first. */
function listedKeys({ index, view, mode, name, accepts }: Search): Float64Array {
  const accepted = accepts === undefined ? view.shown : view.shown.filter(accepts);
  const { positions, levels } = matchNames(index, view, mode, name);
  const keys = new Float64Array(accepted);
  if (positions.length === 0) return keys;
  return keys.map((position) => rankKey(levels[position] || 1, 0, position));
}

function foundKeys(search: Search, scope: Scope): Float64Array {
  const { index, query, view, mode, name } = search;
  const names = matchNames(index, view, mode, name);
  for (const lookups of lookupsByStrictness(index.words, query, scope === "ids" ? ID : ALL_FIELDS)) {
    const keys = matchingKeys(search, lookups, names);
    if (keys.length > 0) return keys;
  }
  return new Float64Array(0);
}

function matchingKeys(
  { index, view, accepts }: Search,
  lookups: readonly WordLookup[],
  names: NameMatches,
): Float64Array {
  const { documents, scores } = scoreWords(index.words, lookups, index.documents.length);
  const keys = new Float64Array(documents.length + names.positions.length);
  let count = 0;
  for (const document of documents) {
    // A word may stand in the text of a version that the filters leave out.
    const position = view.positions[document] ?? HIDDEN;
    if (position === HIDDEN || names.levels[position] !== 0 || accepts?.(position) === false) continue;
    const isWholeName = view.nameLengths[position] === lookups.length;
    keys[count++] = wordsKey(scores[document] ?? 0, isWholeName, position);
  }
  for (const position of names.positions) {
    if (accepts?.(position) !== false) keys[count++] = rankKey(names.levels[position] ?? 0, 0, position);
  }
  return keys.subarray(0, count);
}
