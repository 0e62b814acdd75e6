/**
 * The index of a feed's search entries. Entries come and go one by one or shard by shard; an index that was changed
 * answers as one that is made anew from the same entries.
 */
import type { SearchEntry, SearchLatest } from "../feed/search-entry.js";
import type { LowerId } from "../nuget/id.js";
import { compareTexts } from "./compare-texts.js";
import { haveSameTexts, wordsWithFields } from "./fields.js";
import { addRow, createSortedRows, removeRow, type SortedRows, sortedRows } from "./sorted-rows.js";
import {
  addPosting,
  createWordTable,
  type DocumentNumber,
  removePosting,
  type WordTable,
} from "./word-table.js";
import { firstCharacters, rawWords, squash } from "./words.js";

export interface SearchIndexOptions {
  /** How often an id was downloaded, where that is known: it decides between equal hits. */
  readonly downloads?: (id: LowerId) => number;
}

export interface SearchIndex {
  readonly entries: Map<LowerId, IndexedEntry>;
  /** Which ids came from which shard. */
  readonly shards: Map<string, ReadonlySet<LowerId>>;
  readonly words: WordTable;
  /** By document number; numbers of removed ones are given out again. */
  readonly documents: (IndexedDocument | undefined)[];
  readonly freeNumbers: DocumentNumber[];
  /** Documents by their titles without separators, where these are not the ids. */
  readonly titles: Map<string, readonly DocumentNumber[]>;
  /** By {@link IndexedEntry.name}. */
  readonly byName: SortedRows<IndexedEntry>;
  /** By downloads, then by id: the order of equal hits, and of all packages when nothing is asked. */
  readonly byRank: SortedRows<IndexedEntry>;
  /** Empty after a change. */
  readonly views: Map<VersionMode, ModeView>;
  readonly downloads: (id: LowerId) => number;
}

export interface IndexedEntry {
  readonly entry: SearchEntry;
  /** The id without separators, for questions that leave them out. */
  readonly name: string;
  /** How many words the id has, at separators only. */
  readonly nameLength: number;
  readonly downloads: number;
  /** What is shown under each {@link VersionMode}; `undefined` where no version is let through. */
  readonly shown: readonly (ShownVersion | undefined)[];
  /** The position in `byRank`. */
  position: number;
}

export interface ShownVersion {
  readonly latest: SearchLatest;
  readonly document: DocumentNumber;
}

/** One text of an entry. Versions whose texts are the same share it; most entries have one. */
export interface IndexedDocument {
  readonly entry: IndexedEntry;
  readonly latest: SearchLatest;
}

/** What is shown under one {@link VersionMode}, as numbers only; see `mode-view.ts`. */
export interface ModeView {
  /** Positions of all entries with a version that is let through, ascending. */
  readonly shown: Uint32Array;
  /** The position of the entry that shows a document, by document number; {@link HIDDEN} where none does. */
  readonly positions: Uint32Array;
  /** {@link IndexedEntry.nameLength} by position, 255 for more. */
  readonly nameLengths: Uint8Array;
}

export const HIDDEN = 0xff_ff_ff_ff;

/** Which versions a question lets through: bit 0 prereleases, bit 1 SemVer 2. */
export type VersionMode = 0 | 1 | 2 | 3;

/** Longer titles are the same as no question. */
const maxTitle = 100;

const modes: readonly VersionMode[] = [0, 1, 2, 3];

export function createSearchIndex({ downloads = () => 0 }: SearchIndexOptions = {}): SearchIndex {
  return {
    entries: new Map(),
    shards: new Map(),
    words: createWordTable(),
    documents: [],
    freeNumbers: [],
    titles: new Map(),
    byName: createSortedRows<IndexedEntry>((a, b) => compareTexts(a.name, b.name) || compareIds(a, b)),
    byRank: createSortedRows<IndexedEntry>((a, b) => b.downloads - a.downloads || compareIds(a, b)),
    views: new Map(),
    downloads,
  };
}

/**
 * Puts what a shard holds now in the place of what it held before. Entries of ids that went to another shard since
 * are left alone.
 *
 * @param shard any name that stays the same for the same shard
 */
export function replaceShard(index: SearchIndex, shard: string, entries: readonly SearchEntry[]): void {
  const ids = new Set(entries.map((entry) => entry.key));
  const gone = [...(index.shards.get(shard) ?? [])].filter((id) => !ids.has(id));
  index.shards.delete(shard);
  for (const id of gone) if (!isInShard(index, id)) removeEntry(index, id);
  for (const entry of entries) replaceEntry(index, entry);
  if (ids.size > 0) index.shards.set(shard, ids);
}

function isInShard({ shards }: SearchIndex, id: LowerId): boolean {
  for (const ids of shards.values()) if (ids.has(id)) return true;
  return false;
}

/** Adds an entry or replaces the one of its id, unless that has a higher revision (see `SearchEntry.revision`). */
export function replaceEntry(index: SearchIndex, entry: SearchEntry): void {
  const before = index.entries.get(entry.key)?.entry;
  if (before !== undefined && (before.revision ?? 0) > (entry.revision ?? 0)) return;
  removeEntry(index, entry.key);
  const shown: (ShownVersion | undefined)[] = [];
  const indexed: IndexedEntry = {
    entry,
    name: squash(entry.key),
    nameLength: rawWords(entry.key).length,
    downloads: index.downloads(entry.key),
    shown,
    position: 0,
  };
  for (const mode of modes) shown.push(showVersion(index, indexed, mode));
  index.views.clear();
  index.entries.set(entry.key, indexed);
  addRow(index.byName, indexed);
  addRow(index.byRank, indexed);
}

/** Takes an entry out; nothing happens when there is none. */
export function removeEntry(index: SearchIndex, id: LowerId): void {
  const indexed = index.entries.get(id);
  if (indexed === undefined) return;
  for (const document of documentsOf(indexed)) removeDocument(index, document);
  index.views.clear();
  index.entries.delete(id);
  removeRow(index.byName, indexed);
  removeRow(index.byRank, indexed);
}

/** Entries by downloads, then by id; their positions are up to date from here on. */
export function rankedEntries({ byRank }: SearchIndex): readonly IndexedEntry[] {
  return sortedRows(byRank, (rows) => {
    for (const [position, row] of rows.entries()) row.position = position;
  });
}

/** Whether a version is let through (protocol.md §5.1: `prerelease`, `semVerLevel`). */
export function isInMode(
  { isPrerelease, isSemVer2 }: { readonly isPrerelease?: true; readonly isSemVer2?: true },
  mode: VersionMode,
): boolean {
  return (isPrerelease !== true || (mode & 1) !== 0) && (isSemVer2 !== true || (mode & 2) !== 0);
}

function documentsOf({ shown }: IndexedEntry): Set<DocumentNumber> {
  return new Set(shown.flatMap((version) => (version === undefined ? [] : [version.document])));
}

function showVersion(index: SearchIndex, indexed: IndexedEntry, mode: VersionMode): ShownVersion | undefined {
  const { versions, latest: all } = indexed.entry;
  const version = versions.findLast((candidate) => isInMode(candidate, mode))?.version;
  const latest = all.find((candidate) => candidate.version === version);
  if (latest === undefined) return undefined;
  const alike = indexed.shown.find((other) => other !== undefined && haveSameTexts(other.latest, latest));
  return { latest, document: alike?.document ?? addDocument(index, indexed, latest) };
}

function addDocument(index: SearchIndex, entry: IndexedEntry, latest: SearchLatest): DocumentNumber {
  const document = index.freeNumbers.pop() ?? index.documents.length;
  index.documents[document] = { entry, latest };
  const title = squashedTitle(latest);
  if (title !== undefined) index.titles.set(title, [...(index.titles.get(title) ?? []), document]);
  for (const [word, fields] of wordsWithFields(latest)) addPosting(index.words, word, document, fields);
  return document;
}

function removeDocument(index: SearchIndex, document: DocumentNumber): void {
  const latest = index.documents[document]?.latest;
  if (latest === undefined) return;
  for (const word of wordsWithFields(latest).keys()) removePosting(index.words, word, document);
  removeTitle(index, latest, document);
  index.documents[document] = undefined;
  index.freeNumbers.push(document);
}

function removeTitle({ titles }: SearchIndex, latest: SearchLatest, document: DocumentNumber): void {
  const title = squashedTitle(latest);
  const others = titles.get(title ?? "")?.filter((other) => other !== document) ?? [];
  if (title === undefined) return;
  if (others.length > 0) titles.set(title, others);
  else titles.delete(title);
}

/** Titles that say the same as the id, as most do, are of no use. */
function squashedTitle({ id, title = id }: SearchLatest): string | undefined {
  const squashed = title === id ? "" : squash(firstCharacters(title, maxTitle));
  return squashed === "" || squashed === squash(id) ? undefined : squashed;
}

function compareIds(a: IndexedEntry, b: IndexedEntry): number {
  return compareTexts(a.entry.key, b.entry.key);
}
