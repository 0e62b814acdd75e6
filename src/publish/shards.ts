/**
 * Brings search shards up to date, one group at a time.
 */
import type { FeedDocument } from "../feed/document.js";
import { parseShardLines, type ShardLines } from "../feed/search-shard.js";
import { type FeedPath, shardPath } from "../feed/urls.js";
import type { Outputs } from "../state/id-state.js";
import { type PartitionNumber, partitionOf, partitionPath } from "../state/layout.js";
import type { Etag } from "../store/store.js";
import type { PublishContext, StandingFiles } from "./context.js";
import type { KnownEntries } from "./entries.js";
import { type LoadPartition, partitionLines, type ShardGroup, shardDocuments } from "./feed-documents.js";
import type { FeedOutputs } from "./feed-outputs.js";
import { groupBy } from "./group-by.js";
import { partitionEtags } from "./partition-store.js";
import { isOvertaken } from "./write-output.js";

export interface ShardRequest {
  readonly group: ShardGroup;
  readonly bits: number;
  /** Marks of the shards as they were written before, among others. */
  readonly written: Outputs;
  /** Partitions whose rows changed. */
  readonly changed: ReadonlySet<PartitionNumber>;
  readonly entries: KnownEntries;
}

/** After so many times there is no hurry: who came first wrote what was newer, and the next fold looks again. */
const MOST_ATTEMPTS = 5;

/** Writes the shards of a group. Where others replace entries in them at the same time, theirs are not undone. */
export async function publishGroup(
  context: PublishContext,
  outputs: FeedOutputs,
  request: ShardRequest,
  load: LoadPartition,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const standing = context.isShared && (await standingShards(context, request));
    const shards = await groupShards(context, request, await presentOnly(context, load));
    try {
      for (const shard of shards) await outputs.publish(shard, standing);
      return;
    } catch (error) {
      if (!isOvertaken(error) || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** On object stores to ask for what is not there costs as much as for what is; one list tells all. */
async function presentOnly(
  { store, isShared }: Pick<PublishContext, "store" | "isShared">,
  load: LoadPartition,
): Promise<LoadPartition> {
  if (isShared !== true) return load;
  const present = await partitionEtags(store);
  return async (partition, only) =>
    present.has(partitionPath(partition)) ? await load(partition, only) : new Map();
}

/** Read before the partitions: whatever was put into a shard since then is in its partition already. */
async function standingShards(
  { store }: Pick<PublishContext, "store">,
  { group, bits }: ShardRequest,
): Promise<StandingFiles> {
  const standing = new Map<FeedPath, Etag | undefined>();
  for (const n of group.shards)
    standing.set(shardPath(bits, n), (await store.stat(shardPath(bits, n)))?.etag);
  return standing;
}

/**
 * The shards of a group as they should be. What is not known of a partition is taken from the shards that were written
 * before, if those are still what was written, else from the partition itself.
 */
async function groupShards(
  context: Pick<PublishContext, "store" | "digest">,
  { group, bits, written, changed, entries }: ShardRequest,
  load: LoadPartition,
): Promise<FeedDocument[]> {
  const standing = await readGroup(context, group, bits, written);
  const byPartition = standing && groupBy(standing, ([key]) => partitionOf(key));
  const lines: ShardLines = new Map();
  for (const partition of group.partitions) {
    const known = entries.get(partition);
    const isKnown =
      known?.isWhole === true || (standing !== undefined && (known !== undefined || !changed.has(partition)));
    const before = isKnown ? (byPartition?.get(partition) ?? []) : partitionLines(await load(partition));
    for (const [id, line] of before) lines.set(id, line);
    for (const [id, line] of known?.lines ?? []) {
      if (line === undefined) lines.delete(id);
      else lines.set(id, line);
    }
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
