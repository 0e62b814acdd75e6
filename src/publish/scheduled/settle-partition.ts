/**
 * Finishes the ids of one partition, and says what the index is to hold of it.
 */
import { type FeedError, PackageError } from "../../errors.js";
import { isDirty } from "../../state/id-state.js";
import { type PartitionNumber, partitionPath } from "../../state/layout.js";
import { type PartitionRow, partitionRow, type StateIndex } from "../../state/state-index.js";
import type { Etag } from "../../store/store.js";
import type { PushContext } from "../push/context.js";
import { loadPartition, type StoredPartition } from "../push/partition-change.js";
import { tryToFinish } from "./clean-reader.js";
import { hasDeadClaims, settleClaims } from "./settle-claims.js";
import { sweepId } from "./sweep-id.js";

export interface PartitionToSettle {
  readonly partition: PartitionNumber;
  readonly index: StateIndex;
  /** What the index holds of it. */
  readonly row: PartitionRow | undefined;
  /** Of all partitions that there are, by path. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** Whether everything was made with the present settings. */
  readonly isSettled: boolean;
  /** Milliseconds since 1970: a push that began until then has died if it is not done. */
  readonly deadUntil: number;
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
  const { partition, index, row, etags, isSettled, deadUntil } = wanted;
  const etag = etags.get(partitionPath(partition));
  if (etag === undefined && row === undefined) return { finished: 0, problems: [] };
  const mayWait = isSettled && row?.etag !== undefined && row.etag === etag && row.obsolete === undefined;
  if (mayWait) return { row, finished: 0, problems: [] };
  const load = async () => await loadPartition(context, partition, index);
  let found = await load();
  const claims = await settleDeadClaims(context, found, deadUntil);
  if (claims.finished > 0) found = await load();
  // Of an id that a run has begun to sweep nothing can be written until that is done.
  if (context.isShared && (await resumeSweeps(context, found))) found = await load();
  const { finished, problems } = await finishIds(context, found);
  if (finished > 0) found = await load();
  const settled = rowOf(context, partition, found);
  return { ...(settled && { row: settled }), finished, problems: [...claims.problems, ...problems] };
}

/** What the index is to hold; `undefined` where there is no partition. */
export function rowOf(
  { settings, settingsDigest }: PushContext,
  partition: PartitionNumber,
  { ids, stored }: StoredPartition,
): PartitionRow | undefined {
  if (stored === undefined) return undefined;
  const row = partitionRow(partition, ids, stored.digest, settings.staticSearch);
  // The next run has to look again, also where nothing changes: claims run out, and a push that accepted a version just
  // now may die.
  const isOpen = [...ids.values()].some(
    (state) => state.claims !== undefined || isDirty(state, settingsDigest),
  );
  return isOpen ? row : { ...row, etag: stored.etag };
}

/** Bytes that are no package are a problem of their id alone. */
async function settleDeadClaims(
  context: PushContext,
  { ids }: StoredPartition,
  deadUntil: number,
): Promise<Pick<SettledPartition, "finished" | "problems">> {
  const states = [...ids.values()].filter((state) => hasDeadClaims(state, deadUntil));
  const problems: FeedError[] = [];
  for (const state of states) {
    try {
      await settleClaims(context, state, deadUntil);
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      problems.push(error);
    }
  }
  return { finished: states.length - problems.length, problems };
}

/** @returns whether there were any */
async function resumeSweeps(context: PushContext, { ids }: StoredPartition): Promise<boolean> {
  const states = [...ids.values()].filter(({ isSweeping }) => isSweeping === true);
  for (const { id } of states) await sweepId(context, id, Number.NEGATIVE_INFINITY);
  return states.length > 0;
}

/** What is wrong with one id keeps the others from nothing. */
async function finishIds(
  context: PushContext,
  { ids }: StoredPartition,
): Promise<Pick<SettledPartition, "finished" | "problems">> {
  const dirty = [...ids.values()].filter((state) => isDirty(state, context.settingsDigest));
  const problems: FeedError[] = [];
  for (const state of dirty) {
    const problem = await tryToFinish(context, state.id);
    if (problem !== undefined) problems.push(problem);
  }
  return { finished: dirty.length - problems.length, problems };
}
