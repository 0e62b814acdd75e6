/**
 * The one list of documents that a feed has beside those of its ids: pure functions of small summaries, so that whoever
 * writes them and whoever checks them mean the same.
 */
import type { FeedDocument } from "../feed/document.js";
import { renderHostFiles } from "../feed/host-files.js";
import { renderSearchAnswer } from "../feed/search-answer.js";
import { type SearchEntry, searchEntry } from "../feed/search-entry.js";
import { renderShard, renderShardIndex, type ShardLines, shardOf } from "../feed/search-shard.js";
import { renderServiceIndex } from "../feed/service-index.js";
import { type FeedSettings, hasStaticSearch } from "../feed/settings.js";
import { isFeedSitePath } from "../feed/site-urls.js";
import { type FeedPath, isShardPath, SEARCH_ANSWER, SERVICE_INDEX, SHARD_INDEX } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { statePackage } from "../state/id-state.js";
import { PARTITION_BITS, type PartitionNumber, partitionOf, partitionsOfGroup } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import { mostRecent, type PartitionRow } from "../state/state-index.js";
import { entryLine } from "./entries.js";
import { groupBy } from "./group-by.js";

/** Reads what a partition holds now, or some ids of it; in a dry run, what it would hold. */
export type LoadPartition = (partition: PartitionNumber, only?: ReadonlySet<LowerId>) => Promise<Partition>;

/**
 * The smallest set of whole partitions and whole shards that hold the same ids: both are divided by the first bits of
 * the id's hash.
 */
export interface ShardGroup {
  readonly partitions: readonly PartitionNumber[];
  /** Numbers of the shards. */
  readonly shards: readonly number[];
}

/** All groups of a feed whose shards are named by `bits` bits. */
export function shardGroups(bits: number): ShardGroup[] {
  const groupBits = Math.min(bits, PARTITION_BITS);
  const shardsPerGroup = 2 ** (bits - groupBits);
  return Array.from({ length: 2 ** groupBits }, (_, group) => ({
    partitions: partitionsOfGroup(group, groupBits),
    shards: Array.from({ length: shardsPerGroup }, (_, i) => group * shardsPerGroup + i),
  }));
}

/** The lines that the ids of a partition have in search shards. */
export function partitionLines(ids: Partition): ShardLines {
  const lines: ShardLines = new Map();
  for (const state of ids.values()) {
    const line = entryLine(state);
    if (line !== undefined) lines.set(state.id, line);
  }
  return lines;
}

/**
 * The search shards of a group.
 *
 * @param lines of all ids of its partitions
 */
export function shardDocuments(group: ShardGroup, bits: number, lines: ShardLines): FeedDocument[] {
  return group.shards.map((n) =>
    renderShard(bits, n, new Map([...lines].filter(([key]) => shardOf(key, bits) === n))),
  );
}

/** Paths of {@link fixedDocuments}, also of those that a setting leaves out. */
export function fixedPaths(settings: Pick<FeedSettings, "site">): FeedPath[] {
  return [SHARD_INDEX, SEARCH_ANSWER, SERVICE_INDEX, ...renderHostFiles(settings).map(({ path }) => path)];
}

/** Whether a path is that of a document of the whole feed, whatever the settings. */
export function isFeedWidePath(path: string): path is FeedPath {
  return isShardPath(path) || isFeedSitePath(path) || fixedPaths({}).some((fixed) => fixed === path);
}

/**
 * All other documents of the whole feed, in write order: the service index comes last, because it points to everything
 * else.
 *
 * @param bits of the search shards
 * @param recent what {@link recentEntries} found
 * @param hasWords whether there are word shards
 */
export function fixedDocuments(
  settings: FeedSettings,
  bits: number,
  recent: readonly SearchEntry[],
  hasWords = false,
): FeedDocument[] {
  return [
    renderShardIndex(bits, hasWords),
    ...(hasStaticSearch(settings) ? [renderSearchAnswer(recent, settings.baseUrl)] : []),
    ...renderHostFiles(settings),
    renderServiceIndex(settings),
  ];
}

/**
 * The entries of the ids that the static answer holds, most recently published first; none where there is no such answer.
 *
 * @param known entries that need not be looked up
 */
export async function recentEntries(
  settings: FeedSettings,
  rows: readonly PartitionRow[],
  load: LoadPartition,
  known: (id: LowerId) => SearchEntry | undefined = () => undefined,
): Promise<SearchEntry[]> {
  if (!hasStaticSearch(settings)) return [];
  const recent = mostRecent(
    rows.flatMap((row) => row.recent),
    settings.staticSearch,
  );
  const entries = new Map<string, SearchEntry>();
  for (const [, id] of recent) {
    const entry = known(id);
    if (entry !== undefined) entries.set(id, entry);
  }
  const wanted = groupBy(
    recent.map(([, id]) => id).filter((id) => !entries.has(id)),
    partitionOf,
  );
  for (const [partition, keys] of wanted) {
    const ids = await load(partition, new Set(keys));
    for (const key of keys) {
      const state = ids.get(key);
      if (state !== undefined) entries.set(key, searchEntry(statePackage(state)));
    }
  }
  return recent.flatMap(([, id]) => entries.get(id) ?? []);
}
