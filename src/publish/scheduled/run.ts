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
import { sweepStaging } from "../push/leftover.js";
import { loadIndex } from "../push/partition-change.js";
import { STAGING_LIFETIME } from "../push/stage.js";
import { saveStateIndex } from "../state-index-store.js";
import { sweep } from "../sweep.js";
import { cleanReader } from "./clean-reader.js";
import { settlePartition } from "./settle-partition.js";
import { sweepFeedFiles } from "./sweep-feed-files.js";
import { sweepObsolete } from "./sweep-obsolete.js";

export interface ScheduledOptions {
  /** How long obsolete files stay for readers that are still on their way to them, in milliseconds. */
  readonly grace: number;
  /**
   * How long a push may take, in milliseconds: one that began earlier and is not done has died. Default an hour; 0 where
   * there can be none at the moment, as when the only process that writes has just begun.
   */
  readonly longestPush?: number;
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
  { grace, longestPush = STAGING_LIFETIME }: ScheduledOptions,
): Promise<ScheduledReport> {
  const now = context.now();
  const deadUntil = now - longestPush;
  await sweepStaging(context, deadUntil);
  const before = await loadIndex(context);
  const { rows, ...report } = await settlePartitions(context, before, deadUntil);
  const load = context.isShared ? cleanReader(context) : partitionReader(context);
  const folded = await fold(context, before, rows, load);
  const index = folded === before ? await saveRows(context, before, rows) : folded;
  if (context.isShared)
    await sweepFeedFiles(context, before, await sweepObsolete(context, index, now - grace));
  else await sweep(context, index, load);
  return report;
}

interface SettledPartitions extends ScheduledReport {
  readonly rows: readonly PartitionRow[];
}

async function settlePartitions(
  context: PushContext,
  index: StateIndex,
  deadUntil: number,
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
    const settled = await settlePartition(context, { partition, index, row, etags, isSettled, deadUntil });
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
