/**
 * Brings search shards up to date, one group at a time. A group is the smallest set of whole partitions and whole
 * shards that hold the same ids: both are divided by the first bits of the id's hash.
 */
import type { FeedDocument } from "../feed/document.js";
import { searchEntry } from "../feed/search-entry.js";
import { parseShardLines, renderShard, type ShardLines, shardLine, shardOf } from "../feed/search-shard.js";
import { type FeedPath, shardPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { type Outputs, statePackage } from "../state/id-state.js";
import { PARTITION_BITS, type PartitionNumber, partitionOf, partitionsOfGroup } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import type { PublishContext } from "./context.js";

/** Reads what a partition holds now; in a dry run, what it would hold. */
export type LoadPartition = (partition: PartitionNumber) => Promise<Partition>;

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

/**
 * The shards of a group as they should be. Entries of partitions that did not change are taken from the shards that
 * were written before, if those are still what was written.
 */
export async function groupShards(
  context: PublishContext,
  group: ShardGroup,
  bits: number,
  written: Outputs,
  changed: ReadonlySet<PartitionNumber>,
  load: LoadPartition,
): Promise<FeedDocument[]> {
  const standing = await readGroup(context, group, bits, written);
  const stale = standing === undefined ? group.partitions : group.partitions.filter((n) => changed.has(n));
  const lines: ShardLines = new Map(
    [...(standing ?? [])].filter(([key]) => !stale.includes(partitionOf(key))),
  );
  for (const partition of stale) {
    for (const state of (await load(partition)).values()) {
      if (state.records.length > 0) lines.set(state.id, shardLine(searchEntry(statePackage(state))));
    }
  }
  return group.shards.map((n) => renderShard(bits, n, shardLines(lines, n, bits)));
}

function shardLines(lines: ShardLines, n: number, bits: number): ShardLines {
  return new Map([...lines].filter(([key]: [LowerId, string]) => shardOf(key, bits) === n));
}

/** All lines of a group's shards; `undefined` when one of them is not there as it was written. */
async function readGroup(
  { store, digest }: PublishContext,
  group: ShardGroup,
  bits: number,
  written: Outputs,
): Promise<ShardLines | undefined> {
  const all: ShardLines = new Map();
  for (const n of group.shards) {
    const path: FeedPath = shardPath(bits, n);
    if (written[path] === undefined || written[path] === "?") return undefined;
    const object = await store.read(path);
    if (object === undefined || (await digest(object.bytes)) !== written[path]) return undefined;
    const lines = parseShardLines(new TextDecoder().decode(object.bytes));
    if (lines === undefined) return undefined;
    for (const [key, line] of lines) all.set(key, line);
  }
  return all;
}
