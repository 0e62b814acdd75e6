/**
 * Changing a partition while others change it: read, change, put where it is still what was read, else again.
 */
import { FeedError } from "../../errors.js";
import type { Digest } from "../../feed/digest.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdState } from "../../state/id-state.js";
import { CORRUPT_HINT, type PartitionNumber, partitionOf, partitionPath } from "../../state/layout.js";
import { encodePartition, type Partition } from "../../state/partition.js";
import type { StateIndex } from "../../state/state-index.js";
import type { Condition, Etag } from "../../store/store.js";
import { examinePartition } from "../recover/examine-partition.js";
import { recoverStateIndex } from "../recover/recover-index.js";
import { untilDone } from "./attempts.js";
import type { PushContext } from "./context.js";

export interface StoredPartition {
  readonly ids: Partition;
  /** Absent when there is no such file. */
  readonly stored?: { readonly etag: Etag; readonly digest: Digest };
}

/**
 * Reads a partition that must be as it was saved.
 *
 * @throws FeedError `state-corrupt` when it is damaged or lost: what was lost must not be taken for something that never
 * was there
 */
export async function loadPartition(
  { store, digest }: PushContext,
  partition: PartitionNumber,
  index?: StateIndex,
): Promise<StoredPartition> {
  const row = index?.rows.find((row) => row.partition === partition);
  const found = await examinePartition(store, partition, row, digest);
  if (found.kind === "absent") return { ids: new Map() };
  if (found.kind === "sound") return { ids: found.ids, stored: { etag: found.etag, digest: found.digest } };
  throw stateDamaged(partitionPath(partition), found.damages[0]?.reason);
}

function stateDamaged(path: FeedPath, reason = "is damaged"): FeedError {
  return new FeedError("state-corrupt", `Cannot change the feed: its state "${path}" ${reason}`, {
    hint: CORRUPT_HINT,
  });
}

/**
 * The index, which tells which partitions there must be.
 *
 * @throws FeedError `state-corrupt`
 */
export async function loadIndex({ store }: Pick<PushContext, "store">): Promise<StateIndex> {
  const { index, damage } = await recoverStateIndex(store);
  if (damage !== undefined) throw stateDamaged(damage.path, damage.reasons[0]);
  return index;
}

/** What a change says: the id as it is to be, or that nothing is to be written. */
export type IdChange<T> =
  | { readonly kind: "write"; readonly state: IdState; readonly result: T }
  | { readonly kind: "leave"; readonly result: T };

/**
 * Changes one id in its partition.
 *
 * @param change is called again, with what is there then, whenever another writer came first
 * @param options.isSweeper whether the caller is who deletes the obsolete files
 * @throws FeedError `sweeping` while obsolete files of the id are deleted, `state-corrupt`, `lost-race`
 */
export async function changeId<T>(
  context: PushContext,
  id: LowerId,
  change: (state: IdState | undefined) => Promise<IdChange<T>>,
  { isSweeper = false }: { readonly isSweeper?: boolean } = {},
): Promise<T> {
  const partition = partitionOf(id);
  const path = partitionPath(partition);
  const index = await loadIndex(context);
  const done = await untilDone(context, `change "${id}" in "${path}"`, async () => {
    const { ids, stored } = await loadPartition(context, partition, index);
    const etag = stored?.etag;
    const state = ids.get(id);
    if (state?.isSweeping === true && !isSweeper) throw sweeping(id);
    const wanted = await changeUnlessOvertaken(context, path, etag, async () => await change(state));
    if (wanted === undefined) return undefined;
    if (wanted.kind === "leave") return { result: wanted.result };
    const bytes = encodePartition(new Map(ids).set(id, wanted.state));
    return (await putPartition(context, partition, bytes, etag)) ? { result: wanted.result } : undefined;
  });
  return done.result;
}

/** A change that fails may have failed because what it saw was out of date. */
async function changeUnlessOvertaken<T>(
  { store }: PushContext,
  path: string,
  etag: Etag | undefined,
  change: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await change();
  } catch (error) {
    if (!(error instanceof FeedError) || error.code !== "foreign-file") throw error;
    if ((await store.stat(path))?.etag === etag) throw error;
    return undefined;
  }
}

/**
 * Writes a partition where it is still what was read.
 *
 * @param etag of what was read, `undefined` when nothing was there
 * @returns whether it was written
 */
async function putPartition(
  context: PushContext,
  partition: PartitionNumber,
  bytes: Uint8Array,
  etag: Etag | undefined,
): Promise<boolean> {
  const { store, signal, isShared } = context;
  const put = async (bytes: Uint8Array, condition: Condition): Promise<Etag | undefined> => {
    const options = { condition, contentType: "application/jsonl", ...(signal && { signal }) };
    const result = await store.put(partitionPath(partition), bytes, options);
    return result.kind === "stored" ? result.etag : undefined;
  };
  if (etag !== undefined) return (await put(bytes, { ifMatch: etag })) !== undefined;
  if (isShared) return (await put(bytes, { ifAbsent: true })) !== undefined;
  // In a folder a process that dies may leave a part of a file that it creates, but never of one that it replaces.
  const created = await put(new Uint8Array(), { ifAbsent: true });
  return created !== undefined && (await put(bytes, { ifMatch: created })) !== undefined;
}

function sweeping(id: LowerId): FeedError {
  return new FeedError("sweeping", `Cannot change "${id}": files that it no longer needs are being deleted`, {
    hint: "try again in a few seconds",
  });
}
