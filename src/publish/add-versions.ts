/**
 * Takes versions into a feed that is there already, without looking at anything else than their partitions and the
 * documents of the whole feed.
 */
import { FeedError } from "../errors.js";
import type { Digest } from "../feed/digest.js";
import type { PackageRecord } from "../feed/record.js";
import { type LowerId, lowerId } from "../nuget/id.js";
import { type AddResult, addVersion } from "../state/add-version.js";
import { type IdState, type OriginName, withRecords } from "../state/id-state.js";
import { type PartitionNumber, partitionOf } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import { cleanPartition } from "./clean-partition.js";
import type { PublishContext } from "./context.js";
import type { EntryChanges } from "./entries.js";
import { fold } from "./fold.js";
import { groupBy } from "./group-by.js";
import { loadPartition, partitionReader } from "./partition-store.js";
import { loadStateIndex } from "./state-index-store.js";
import { sweep } from "./sweep.js";

export interface Addition {
  readonly record: PackageRecord;
  /** What messages call it. */
  readonly file: string;
}

export interface AddedVersions {
  /** In the order of the additions. */
  readonly kinds: readonly ("added" | "exists")[];
  readonly index: StateIndex;
}

/**
 * The caller holds the lock.
 *
 * @throws FeedError `version-exists` before the first write, when a version is there with other bytes
 */
export async function addVersions(
  context: PublishContext,
  additions: readonly Addition[],
  origin: OriginName,
): Promise<AddedVersions> {
  const before = await loadStateIndex(context.store);
  const merged = await mergeAdditions(context, additions, origin);
  const rows = new Map(before.rows.map((row) => [row.partition, row]));
  const entries = new Map<PartitionNumber, EntryChanges>();
  for (const [partition, { ids, isChanged, stored }] of merged.partitions) {
    const cleaned = await cleanPartition(context, partition, ids, isChanged);
    // What the fold made of a partition that it does not know as it is now may be anything.
    if (rows.get(partition)?.digest === stored) entries.set(partition, cleaned.entries);
    rows.set(partition, cleaned.row);
  }
  const load = partitionReader(context);
  const folded = await fold(context, before, ascending(rows), load, entries);
  const index = await sweep(context, folded, load);
  return { kinds: additions.map((addition) => merged.kinds.get(addition) ?? "exists"), index };
}

interface MergedAdditions {
  readonly kinds: ReadonlyMap<Addition, "added" | "exists">;
  readonly partitions: ReadonlyMap<PartitionNumber, MergedPartition>;
}

interface MergedPartition {
  readonly ids: Partition;
  readonly isChanged: boolean;
  /** Digest of the partition as it is stored. */
  readonly stored: Digest | undefined;
}

async function mergeAdditions(
  { store, digest }: PublishContext,
  additions: readonly Addition[],
  origin: OriginName,
): Promise<MergedAdditions> {
  const kinds = new Map<Addition, "added" | "exists">();
  const partitions = new Map<PartitionNumber, MergedPartition>();
  for (const [partition, group] of groupBy(additions, ({ record }) => partitionOf(lowerId(record.id)))) {
    const { ids: before, stored } = await loadPartition(store, partition, digest);
    const ids = new Map<LowerId, IdState>(before);
    let isChanged = false;
    for (const addition of group) {
      const id = lowerId(addition.record.id);
      const state = ids.get(id);
      const result = addVersion(state?.records ?? [], addition.record, origin);
      if (result.kind === "conflict") throw versionExists(addition, result);
      kinds.set(addition, result.kind);
      if (result.records === state?.records) continue;
      isChanged = true;
      ids.set(id, await withRecords(id, state, result.records, digest));
    }
    partitions.set(partition, { ids, isChanged, stored: stored?.digest });
  }
  return { kinds, partitions };
}

function ascending(rows: ReadonlyMap<PartitionNumber, PartitionRow>): PartitionRow[] {
  return [...rows.values()].sort((a, b) => a.partition - b.partition);
}

function versionExists(
  { file, record }: Addition,
  { standing }: AddResult & { kind: "conflict" },
): FeedError {
  return new FeedError(
    "version-exists",
    `Cannot add "${file}": the feed has ${standing.id} ${standing.version} with other bytes than this ${record.version}`,
    { hint: "give the package a new version: clients that know the old bytes will refuse the new ones" },
  );
}
