/**
 * How a question as a whole compares with an id or a title: the same, the same but for separators, or the beginning
 * of the id. These come before everything that was found by words.
 */
import { lowerInvariant } from "../nuget/dotnet-text.js";
import {
  HIDDEN,
  type IndexedEntry,
  type ModeView,
  type SearchIndex,
  type VersionMode,
} from "./search-index.js";
import { sortedRows } from "./sorted-rows.js";
import { squash } from "./words.js";

/**
 * 8 the id · 7 without separators · 6 beginning that ends at a separator · 5 other beginning · 4 the title, without
 * separators.
 */
export type NameMatch = 4 | 5 | 6 | 7 | 8;

/** A question as it is held against ids and titles. */
export interface QueryName {
  readonly lower: string;
  readonly squashed: string;
}

export function queryName(text: string): QueryName {
  return { lower: lowerInvariant(text), squashed: squash(text) };
}

export interface NameMatches {
  readonly positions: readonly number[];
  /** A {@link NameMatch} by position, 0 for all others. */
  readonly levels: Uint8Array;
}

/** All entries whose id or title the question matches. */
export function matchNames(
  index: SearchIndex,
  { positions, nameLengths }: ModeView,
  mode: VersionMode,
  name: QueryName,
): NameMatches {
  const levels = new Uint8Array(nameLengths.length);
  const matched: number[] = [];
  const add = (position: number, level: NameMatch): void => {
    if (levels[position] === 0) matched.push(position);
    if (level > (levels[position] ?? 0)) levels[position] = level;
  };
  for (const entry of entriesByName(index, name)) {
    if (entry.shown[mode] !== undefined) add(entry.position, matchId(entry, name));
  }
  for (const document of index.titles.get(name.squashed) ?? []) {
    const position = positions[document] ?? HIDDEN;
    if (position !== HIDDEN) add(position, 4);
  }
  return { positions: matched, levels };
}

function matchId({ entry, name }: IndexedEntry, { lower, squashed }: QueryName): NameMatch {
  if (entry.key === lower) return 8;
  if (name === squashed) return 7;
  return entry.key.startsWith(lower) && /[._-]/.test(entry.key.charAt(lower.length)) ? 6 : 5;
}

/** All entries whose id begins with the question, separators aside. */
function entriesByName({ byName }: SearchIndex, { squashed }: QueryName): readonly IndexedEntry[] {
  if (squashed === "") return [];
  const rows = sortedRows(byName);
  const start = firstBehind(rows, 0, (row) => row.name < squashed);
  const end = firstBehind(rows, start, (row) => row.name.startsWith(squashed));
  return rows.slice(start, end);
}

/** Where, from a position on, the rows that pass a test end. */
function firstBehind(
  rows: readonly IndexedEntry[],
  from: number,
  isBefore: (row: IndexedEntry) => boolean,
): number {
  let low = from;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row !== undefined && isBefore(row)) low = middle + 1;
    else high = middle;
  }
  return low;
}
