/**
 * Finishes the ids of one partition, and says what the index is to hold of it.
 */
import { FeedError } from "../../errors.js";
import { isDirty } from "../../state/id-state.js";
import { type PartitionNumber, partitionPath } from "../../state/layout.js";
import { type PartitionRow, partitionRow, type StateIndex } from "../../state/state-index.js";
import type { Etag } from "../../store/store.js";
import type { PushContext } from "../push/context.js";
import { loadPartition, type StoredPartition } from "../push/partition-change.js";
import { showId } from "../push/push.js";
import { isSweepable, sweepId } from "./sweep-id.js";

export interface PartitionToSettle {
  readonly partition: PartitionNumber;
  readonly index: StateIndex;
  /** What the index holds of it. */
  readonly row: PartitionRow | undefined;
  /** Of all partitions that there are, by path. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** Whether everything was made with the present settings. */
  readonly isSettled: boolean;
  readonly grace: number;
}

export interface SettledPartition {
  /** Absent for a partition without ids. */
  readonly row?: PartitionRow;
  readonly finished: number;
  readonly problems: readonly FeedError[];
}

/** A partition of which nothing has changed is not read. */
export async function settlePartition(
  context: PushContext,
  wanted: PartitionToSettle,
): Promise<SettledPartition> {
  const { partition, index, row, etags, isSettled, grace } = wanted;
  const etag = etags.get(partitionPath(partition));
  if (etag === undefined && row === undefined) return { finished: 0, problems: [] };
  const mayWait = isSettled && row?.etag !== undefined && row.etag === etag && row.obsolete === undefined;
  if (mayWait) return { row, finished: 0, problems: [] };
  const found = await loadPartition(context, partition, index);
  const { finished, problems } = await finishIds(context, found);
  const swept = context.isShared ? await sweepIds(context, found, grace) : 0;
  const settled = finished + swept > 0 ? await loadPartition(context, partition, index) : found;
  return { ...(await rowOf(context, partition, settled)), finished, problems };
}

async function rowOf(
  { settings }: PushContext,
  partition: PartitionNumber,
  { ids, stored }: StoredPartition,
): Promise<{ readonly row?: PartitionRow }> {
  if (stored === undefined || ids.size === 0) return {};
  const row = partitionRow(partition, ids, stored.digest, settings.staticSearch);
  return { row: { ...row, etag: stored.etag } };
}

/** What is wrong with one id keeps the others from nothing. */
async function finishIds(
  context: PushContext,
  { ids }: StoredPartition,
): Promise<Pick<SettledPartition, "finished" | "problems">> {
  const problems: FeedError[] = [];
  let finished = 0;
  for (const state of ids.values()) {
    context.signal?.throwIfAborted();
    if (!isDirty(state, context.settingsDigest)) continue;
    try {
      await showId(context, state.id);
      finished += 1;
    } catch (error) {
      if (!(error instanceof FeedError) || isOfStore(error)) throw error;
      problems.push(error);
    }
  }
  return { finished, problems };
}

function isOfStore({ code }: FeedError): boolean {
  return code.startsWith("store-") || code.startsWith("lock-");
}

async function sweepIds(context: PushContext, { ids }: StoredPartition, grace: number): Promise<number> {
  let swept = 0;
  for (const state of ids.values()) {
    if (!isSweepable(state, context.now() - grace)) continue;
    await sweepId(context, state.id);
    swept += 1;
  }
  return swept;
}
