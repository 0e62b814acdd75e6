/**
 * The index together with what is known of the shards it was made from, so that a shard that changed can be put in the
 * place of what it held before.
 *
 * One shard is put in at a time and at once: whoever searches meanwhile finds every id, be it as it was or as it is.
 */
import { listOf } from "../../feed/parsed-json.js";
import type { SearchEntry } from "../../feed/search-entry.js";
import { parseShardLines, shardLine, shardOf } from "../../feed/search-shard.js";
import type { LowerId } from "../../nuget/id.js";
import { createSearchIndex, removeEntry, replaceEntry, type SearchIndex } from "../../search/index.js";
import type { Etag } from "../../store/store.js";
import { ANY_REVISION, isOlder, type OwnChanges, revisionOf } from "./own-changes.js";

export interface ShardContents {
  readonly index: SearchIndex;
  readonly own: OwnChanges;
  /** Absent where no shard index was seen yet. */
  division?: Division;
}

/** How the ids are divided among shards. */
export interface Division {
  readonly bits: number;
  /** By number, as many as there are shards. */
  readonly shards: readonly KnownShard[];
}

export interface KnownShard {
  /** Of the bytes that were looked at last; absent before, or to have them looked at again. */
  etag?: Etag;
  /** It should be there and is not, which was told already. */
  isMissing: boolean;
  /** Those that belong to it, of the index and of {@link OwnChanges}. */
  ids: Set<LowerId>;
}

export function createShardContents(): ShardContents {
  return { index: createSearchIndex(), own: new Map() };
}

/** Prepares for shards of another number. What the index holds stays until they have been put in. */
export function divide(contents: ShardContents, bits: number): Division {
  const shards = Array.from({ length: 2 ** bits }, (): KnownShard => ({ isMissing: false, ids: new Set() }));
  const division = { bits, shards };
  contents.division = division;
  for (const id of contents.index.entries.keys()) shardWith(division, id)?.ids.add(id);
  for (const id of contents.own.keys()) shardWith(division, id)?.ids.add(id);
  return division;
}

/** The shard to which an id belongs. */
export function shardWith({ bits, shards }: Division, id: LowerId): KnownShard | undefined {
  return shards[shardOf(id, bits)];
}

/**
 * Puts what a shard holds now in the place of what it held before.
 *
 * @param text of the whole shard
 * @returns whether it is one; else nothing was changed
 */
export function putShard({ index, own }: ShardContents, shard: KnownShard, text: string): boolean {
  const entries = readEntries(index, text);
  if (entries === undefined) return false;
  const ids = new Set(entries.keys());
  for (const id of shard.ids) {
    if (ids.has(id)) continue;
    if (own.get(id)?.kind === "replaced") {
      ids.add(id);
    } else {
      removeEntry(index, id);
      own.delete(id);
    }
  }
  for (const entry of entries.values()) putEntry(index, own, entry);
  shard.ids = ids;
  return true;
}

/** What a shard says now is right, unless it is from before a change of our own. */
function putEntry(index: SearchIndex, own: OwnChanges, entry: SearchEntry): void {
  const change = own.get(entry.key);
  if (change !== undefined && isOlder(change, entry)) return;
  own.delete(entry.key);
  if (index.entries.get(entry.key)?.entry === entry) return;
  // Without this an entry of a lower revision would be refused, as there is one in a feed that was made anew.
  removeEntry(index, entry.key);
  replaceEntry(index, entry);
}

/** Entries that stand there as they are in the index are those of the index: nothing has to be done for them. */
function readEntries({ entries: known }: SearchIndex, text: string): Map<LowerId, SearchEntry> | undefined {
  const lines = parseShardLines(text);
  if (lines === undefined) return undefined;
  const entries = new Map<LowerId, SearchEntry>();
  for (const [id, line] of lines) {
    const before = known.get(id)?.entry;
    const entry = before !== undefined && shardLine(before) === line ? before : parseEntry(line);
    if (entry === undefined) return undefined;
    // Not `id`, which is a part of the text and would keep all of it in memory.
    entries.set(entry.key, entry);
  }
  return entries;
}

function parseEntry(line: string): SearchEntry | undefined {
  const entry = parseText(line);
  if (listOf(entry, "versions") === undefined || listOf(entry, "latest") === undefined) return undefined;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: publishing wrote it, and it still is in one piece
  return entry as SearchEntry;
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Puts in an entry that this process made, unless what is known is of a higher revision. */
export function putOwnEntry(
  { index, own, division }: ShardContents,
  entry: SearchEntry,
  until: number,
): void {
  const { key } = entry;
  const revision = revisionOf(entry);
  const before = index.entries.get(key)?.entry;
  const change = own.get(key);
  if (before !== undefined && revisionOf(before) > revision) return;
  if (change?.kind === "removed" && change.revision > revision && change.revision !== ANY_REVISION) return;
  own.set(key, { kind: "replaced", revision, until });
  if (division !== undefined) shardWith(division, key)?.ids.add(key);
  replaceEntry(index, entry);
}

/** @param revision of the removal; default that of the entry, or any where there is none to be seen */
export function removeOwnEntry(
  { index, own, division }: ShardContents,
  id: LowerId,
  until: number,
  revision?: number,
): void {
  const before = index.entries.get(id)?.entry;
  const known = before === undefined ? ANY_REVISION : revisionOf(before);
  own.set(id, { kind: "removed", revision: revision ?? known, until });
  if (division !== undefined) shardWith(division, id)?.ids.add(id);
  removeEntry(index, id);
}
