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
import type { AssetCensus } from "./asset-census.js";
import type { MergedPartition } from "./merge-partition.js";
import type { Progress } from "./options.js";

export interface PublishInput {
  readonly index: StateIndex;
  /** Rows of the partitions as they are stored. */
  readonly rows: ReadonlyMap<PartitionNumber, PartitionRow>;
  readonly assets: AssetCensus;
  /** Partitions with something to do. */
  readonly pending: readonly PartitionNumber[];
  readonly merge: (partition: PartitionNumber) => Promise<MergedPartition>;
  readonly onProgress: (progress: Progress) => void;
}

export async function publishFeed(context: PublishContext, input: PublishInput): Promise<StateIndex> {
  const { index, pending, merge, assets, onProgress } = input;
  const rows = new Map(input.rows);
  for (const [done, partition] of pending.entries()) {
    context.signal?.throwIfAborted();
    onProgress({ phase: "write", done, total: pending.length });
    const { ids, isChanged } = await merge(partition);
    const cleaned = await cleanPartition(context, partition, ids, isChanged);
    assets.count(partition, cleaned.ids);
    if (ids.size > 0) rows.set(partition, cleaned.row);
  }
  onProgress({ phase: "write", done: pending.length, total: pending.length });

  const load = partitionLoader(context, input);
  const sorted = [...rows.values()].sort((a, b) => a.partition - b.partition);
  const folded = await fold(context, index, sorted, load);
  return await sweep(context, folded, pending, load);
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
