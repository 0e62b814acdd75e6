/**
 * The scheduled run: finishes what pushes left, brings the documents of the whole feed up to date, deletes what nothing
 * points to any more. A server of a folder runs it shortly after pushes, a worker by the clock.
 */
import type { FeedError } from "../../errors.js";
import { feedSettingsDigest } from "../../state/feed-file.js";
import { PARTITIONS } from "../../state/layout.js";
import type { PartitionRow, StateIndex } from "../../state/state-index.js";
import { fold } from "../fold.js";
import { partitionEtags, partitionReader } from "../partition-store.js";
import type { PushContext } from "../push/context.js";
import { loadIndex } from "../push/partition-change.js";
import { sweepStaging } from "../push/stage.js";
import { saveStateIndex } from "../state-index-store.js";
import { sweep } from "../sweep.js";
import { settlePartition } from "./settle-partition.js";
import { sweepFeedFiles } from "./sweep-feed-files.js";

export interface ScheduledOptions {
  /** How long obsolete files stay for readers that are still on their way to them, in milliseconds. */
  readonly grace: number;
}

export interface ScheduledReport {
  /** Ids whose documents were finished. */
  readonly finished: number;
  /** Why documents of an id could not be written, an error for each id. */
  readonly problems: readonly FeedError[];
}

/**
 * The caller keeps other bulk commands out. Pushes may go on where the context says that it is shared.
 *
 * @throws FeedError `state-corrupt`, and failures of the store
 */
export async function runScheduled(
  context: PushContext,
  { grace }: ScheduledOptions,
): Promise<ScheduledReport> {
  const before = await loadIndex(context);
  const { rows, ...report } = await settlePartitions(context, before, grace);
  const load = partitionReader(context);
  const folded = await fold(context, before, rows, load);
  const index = folded === before ? await saveRows(context, before, rows) : folded;
  if (context.isShared) await sweepFeedFiles(context, before, index);
  else await sweep(context, index, load);
  await sweepStaging(context);
  return report;
}

interface SettledPartitions extends ScheduledReport {
  readonly rows: readonly PartitionRow[];
}

async function settlePartitions(
  context: PushContext,
  index: StateIndex,
  grace: number,
): Promise<SettledPartitions> {
  const etags = await partitionEtags(context.store);
  const isSettled = index.settings === (await feedSettingsDigest(context.settings, context.digest));
  const standing = new Map(index.rows.map((row) => [row.partition, row]));
  const rows: PartitionRow[] = [];
  const problems: FeedError[] = [];
  let finished = 0;
  for (const partition of PARTITIONS) {
    context.signal?.throwIfAborted();
    const row = standing.get(partition);
    const settled = await settlePartition(context, { partition, index, row, etags, isSettled, grace });
    if (settled.row !== undefined) rows.push(settled.row);
    problems.push(...settled.problems);
    finished += settled.finished;
  }
  return { rows, finished, problems };
}

/** A fold that had nothing to do saves no rows, and these may know more etags. */
async function saveRows(
  { store }: PushContext,
  before: StateIndex,
  rows: readonly PartitionRow[],
): Promise<StateIndex> {
  if (JSON.stringify(before.rows) === JSON.stringify(rows)) return before;
  const index = { ...before, rows };
  await saveStateIndex(store, index);
  return index;
}
