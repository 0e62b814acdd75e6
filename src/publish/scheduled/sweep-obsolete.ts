/**
 * Deletes obsolete files of ids while pushes may go on. That comes after the fold, because only then no document of the
 * whole feed leads to them any more.
 */
import type { Digest } from "../../feed/digest.js";
import type { LowerId } from "../../nuget/id.js";
import type { PartitionRow, StateIndex } from "../../state/state-index.js";
import type { PushContext } from "../push/context.js";
import { loadPartition, type StoredPartition } from "../push/partition-change.js";
import { saveStateIndex } from "../state-index-store.js";
import { rowOf } from "./settle-partition.js";
import { sweepAssets } from "./sweep-assets.js";
import { isSweepable, sweepId } from "./sweep-id.js";

/**
 * @param until milliseconds since 1970, before the fold; what became obsolete later stays
 * @returns the index as it is now
 */
export async function sweepObsolete(
  context: PushContext,
  index: StateIndex,
  until: number,
): Promise<StateIndex> {
  const found = new Map<PartitionRow, StoredPartition>();
  for (const row of index.rows.filter(({ obsolete }) => obsolete !== undefined)) {
    const partition = await loadPartition(context, row.partition);
    found.set(row, partition);
    for (const state of partition.ids.values()) {
      context.signal?.throwIfAborted();
      if (isSweepable(state, until)) await sweepId(context, state.id, until);
    }
  }
  await sweepAssets(context, [...found.values()], until);
  const rows: PartitionRow[] = [];
  for (const row of index.rows) rows.push(await rowAfter(context, row, found.get(row)));
  if (JSON.stringify(rows) === JSON.stringify(index.rows)) return index;
  const swept = { ...index, rows };
  await saveStateIndex(context.store, swept);
  return swept;
}

/** Where records changed meanwhile, the old row stays: it says that the fold has not seen them. */
async function rowAfter(
  context: PushContext,
  row: PartitionRow,
  before: StoredPartition | undefined,
): Promise<PartitionRow> {
  if (before === undefined || before.stored?.digest !== row.digest) return row;
  const after = await loadPartition(context, row.partition);
  if (!hasSameRecords(before, after)) return row;
  return rowOf(context, row.partition, after) ?? row;
}

function hasSameRecords(a: StoredPartition, b: StoredPartition): boolean {
  const digests = ({ ids }: StoredPartition): [LowerId, Digest][] =>
    [...ids.values()]
      .filter(({ records }) => records.length > 0)
      .map((state) => [state.id, state.recordsDigest]);
  return JSON.stringify(digests(a)) === JSON.stringify(digests(b));
}
