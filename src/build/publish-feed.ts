/**
 * The writing half of a build: partitions, then the documents of the whole feed, then deletions.
 */
import { cleanPartition } from "../publish/clean-partition.js";
import type { PublishContext } from "../publish/context.js";
import { fold } from "../publish/fold.js";
import { loadPartition } from "../publish/partition-store.js";
import type { LoadPartition } from "../publish/shards.js";
import { sweep } from "../publish/sweep.js";
import type { PartitionNumber } from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import type { MergedPartition } from "./merge-partition.js";
import type { Progress } from "./options.js";

export interface PublishInput {
  readonly index: StateIndex;
  /** Rows of the partitions as they are stored. */
  readonly rows: ReadonlyMap<PartitionNumber, PartitionRow>;
  /** Partitions with something to do. */
  readonly pending: readonly PartitionNumber[];
  readonly merge: (partition: PartitionNumber) => Promise<MergedPartition>;
  readonly onProgress: (progress: Progress) => void;
}

export interface PublishedFeed {
  readonly index: StateIndex;
  /** Files that were wanted and already there. */
  readonly kept: number;
}

export async function publishFeed(context: PublishContext, input: PublishInput): Promise<PublishedFeed> {
  const { index, pending, merge, onProgress } = input;
  const rows = new Map(input.rows);
  let kept = 0;
  for (const [partition, row] of rows) if (!pending.includes(partition)) kept += row.outputs;
  for (const [done, partition] of pending.entries()) {
    context.signal?.throwIfAborted();
    onProgress({ phase: "write", done, total: pending.length });
    const { ids, isChanged } = await merge(partition);
    const cleaned = await cleanPartition(context, partition, ids, isChanged);
    kept += cleaned.kept;
    if (ids.size > 0) rows.set(partition, cleaned.row);
  }
  onProgress({ phase: "write", done: pending.length, total: pending.length });

  const load = partitionLoader(context, input);
  const sorted = [...rows.values()].sort((a, b) => a.partition - b.partition);
  const folded = await fold(context, index, sorted, load);
  const swept = await sweep(context, folded.index, pending, load);
  return { index: swept, kept: kept + folded.kept };
}

/** Reads partitions as they are now. A dry run has not written them, so it works out again what it would write. */
function partitionLoader(context: PublishContext, { pending, merge }: PublishInput): LoadPartition {
  const silent: PublishContext = { ...context, onChange: () => {} };
  return async (partition) => {
    if (!context.dryRun || !pending.includes(partition)) {
      return (await loadPartition(context.store, partition, context.digest)).ids;
    }
    const { ids, isChanged } = await merge(partition);
    return (await cleanPartition(silent, partition, ids, isChanged)).ids;
  };
}
