/**
 * Brings search shards up to date, one group at a time.
 */
import type { FeedDocument } from "../feed/document.js";
import { parseShardLines, type ShardLines } from "../feed/search-shard.js";
import { type FeedPath, shardPath } from "../feed/urls.js";
import type { Outputs } from "../state/id-state.js";
import { type PartitionNumber, partitionOf } from "../state/layout.js";
import type { PublishContext } from "./context.js";
import { type LoadPartition, partitionLines, type ShardGroup, shardDocuments } from "./feed-documents.js";

export interface ShardRequest {
  readonly group: ShardGroup;
  readonly bits: number;
  /** Marks of the group's shards as they were written before. */
  readonly written: Outputs;
  /** Partitions whose rows changed. */
  readonly changed: ReadonlySet<PartitionNumber>;
}

/**
 * The shards of a group as they should be. Entries of partitions that did not change are taken from the shards that
 * were written before, if those are still what was written.
 */
export async function groupShards(
  context: Pick<PublishContext, "store" | "digest">,
  { group, bits, written, changed }: ShardRequest,
  load: LoadPartition,
): Promise<FeedDocument[]> {
  const standing = await readGroup(context, group, bits, written);
  const stale = standing === undefined ? group.partitions : group.partitions.filter((n) => changed.has(n));
  const lines: ShardLines = new Map(
    [...(standing ?? [])].filter(([key]) => !stale.includes(partitionOf(key))),
  );
  for (const partition of stale) {
    for (const [id, line] of partitionLines(await load(partition))) lines.set(id, line);
  }
  return shardDocuments(group, bits, lines);
}

/** All lines of a group's shards; `undefined` when one of them is not there as it was written. */
async function readGroup(
  { store, digest }: Pick<PublishContext, "store" | "digest">,
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
