/**
 * Takes versions into a feed that is there already, without looking at anything else than their partitions and the
 * documents of the whole feed.
 */
import { FeedError } from "../errors.js";
import type { Digest } from "../feed/digest.js";
import type { PackageRecord } from "../feed/record.js";
import type { FeedPath } from "../feed/urls.js";
import { type LowerId, lowerId } from "../nuget/id.js";
import { type AddResult, addVersion } from "../state/add-version.js";
import { type IdState, type OriginName, withRecords } from "../state/id-state.js";
import { CORRUPT_HINT, type PartitionNumber, partitionOf, partitionPath } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import { cleanPartition } from "./clean-partition.js";
import type { PublishContext } from "./context.js";
import type { EntryChanges } from "./entries.js";
import { fold } from "./fold.js";
import { groupBy } from "./group-by.js";
import { partitionReader } from "./partition-store.js";
import { examinePartition } from "./recover/examine-partition.js";
import { recoverStateIndex } from "./recover/recover-index.js";
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
 * @throws FeedError before the first write: `version-exists` when a version is there with other bytes, `state-corrupt`
 * when what the state says of these ids is damaged
 */
export async function addVersions(
  context: PublishContext,
  additions: readonly Addition[],
  origin: OriginName,
): Promise<AddedVersions> {
  const { index: before, damage } = await recoverStateIndex(context.store);
  if (damage !== undefined) throw stateDamaged(damage.path, damage.reasons);
  const rows = new Map(before.rows.map((row) => [row.partition, row]));
  const merged = await mergeAdditions(context, rows, additions, origin);
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
  context: PublishContext,
  rows: ReadonlyMap<PartitionNumber, PartitionRow>,
  additions: readonly Addition[],
  origin: OriginName,
): Promise<MergedAdditions> {
  const kinds = new Map<Addition, "added" | "exists">();
  const partitions = new Map<PartitionNumber, MergedPartition>();
  for (const [partition, group] of groupBy(additions, ({ record }) => partitionOf(lowerId(record.id)))) {
    const { ids: before, stored } = await loadSound(context, partition, rows.get(partition));
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
      ids.set(id, await withRecords(id, state, result.records, context.digest));
    }
    partitions.set(partition, { ids, isChanged, stored });
  }
  return { kinds, partitions };
}

/** What was lost must not be taken for something that never was there. */
async function loadSound(
  { store, digest }: PublishContext,
  partition: PartitionNumber,
  row: PartitionRow | undefined,
): Promise<{ readonly ids: Partition; readonly stored: Digest | undefined }> {
  const found = await examinePartition(store, partition, row, digest);
  if (found.kind === "absent") return { ids: new Map(), stored: undefined };
  if (found.kind === "sound") return { ids: found.ids, stored: found.digest };
  const reasons = found.damages.map(({ reason }) => reason);
  throw stateDamaged(partitionPath(partition), reasons);
}

function stateDamaged(path: FeedPath, [reason = "is damaged"]: readonly string[]): FeedError {
  return new FeedError("state-corrupt", `Cannot add to the feed: its state "${path}" ${reason}`, {
    hint: CORRUPT_HINT,
  });
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
