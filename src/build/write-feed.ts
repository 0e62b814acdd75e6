/**
 * The writing half of a build: partitions, then the documents of the whole feed, then deletions.
 */
import { cleanPartition } from "../publish/clean-partition.js";
import type { PublishContext } from "../publish/context.js";
import type { EntryChanges, KnownEntries } from "../publish/entries.js";
import type { LoadPartition } from "../publish/feed-documents.js";
import { fold } from "../publish/fold.js";
import { mapLimit } from "../publish/map-limit.js";
import { partitionReader } from "../publish/partition-store.js";
import { sweep } from "../publish/sweep.js";
import type { PartitionNumber } from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";
import { type ChangeLog, createChangeLog } from "./change-log.js";
import { applyMerge } from "./merge-partition.js";
import { digest } from "./node-hash.js";
import type { BuildReport, StoreBuildOptions } from "./options.js";
import type { BuildInput } from "./read-input.js";
import type { SourceFiles } from "./source-files.js";
import { publishContext, sliceMerger, type TaskSetup } from "./tasks.js";

export interface WriteContext {
  readonly options: StoreBuildOptions;
  readonly store: Store;
  readonly setup: TaskSetup;
}

export interface WrittenFeed {
  readonly report: BuildReport;
  /** What each partition holds of the source now. */
  readonly sources: ReadonlyMap<PartitionNumber, SourceFiles>;
}

export async function writeFeed(
  { options, store, setup }: WriteContext,
  input: BuildInput,
  index: StateIndex,
): Promise<WrittenFeed> {
  const changes = createChangeLog(setup.dryRun);
  const { rows, entries, sources } = await publishPartitions(options, input, index, changes);
  const { onProgress, signal } = options;
  const context: PublishContext = {
    ...(await publishContext(store, setup, changes.add)),
    ...(onProgress && { onProgress }),
    ...(signal && { signal }),
  };
  const load = partitionLoader({ options, store, setup }, input);
  const folded = await fold(context, index, rows, load, entries);
  const swept = await sweep(context, folded, load);
  return { report: report(input, swept, sources, changes), sources };
}

interface Published {
  /** Of all partitions, ascending. */
  readonly rows: readonly PartitionRow[];
  readonly entries: KnownEntries;
  /** What each partition holds of the source now. */
  readonly sources: ReadonlyMap<PartitionNumber, SourceFiles>;
}

async function publishPartitions(
  { onProgress, signal }: StoreBuildOptions,
  { runner, pending, slice, rows: before, sources: held }: BuildInput,
  index: StateIndex,
  changes: ChangeLog,
): Promise<Published> {
  const rows = new Map<PartitionNumber, PartitionRow>(before);
  const entries = new Map<PartitionNumber, EntryChanges>();
  const sources = new Map<PartitionNumber, SourceFiles>(held);
  const folded = new Map(index.rows.map(({ partition, digest }) => [partition, digest]));
  let done = 0;
  await mapLimit(pending, runner.width, async (partition) => {
    signal?.throwIfAborted();
    const published = await runner.run("publish", slice(partition));
    changes.addCounts(published.changes);
    sources.set(partition, published.source);
    // What the fold made of a partition that it does not know as it was may be anything.
    if (before.get(partition)?.digest === folded.get(partition)) entries.set(partition, published.entries);
    if (published.row === undefined) rows.delete(partition);
    else rows.set(partition, published.row);
    onProgress?.({ phase: "write", done: ++done, total: pending.length });
  });
  return { rows: [...rows.values()].sort((a, b) => a.partition - b.partition), entries, sources };
}

/** Reads partitions as they are now. A dry run has not written them, so it works out again what it would write. */
function partitionLoader({ store, setup }: WriteContext, { pending, slice }: BuildInput): LoadPartition {
  const merge = sliceMerger(setup);
  const read = partitionReader({ store });
  return async (partition, only) => {
    if (!setup.dryRun || !pending.includes(partition)) return await read(partition, only);
    const silent = await publishContext(store, setup, () => {});
    const before = await read(partition);
    const merged = merge(slice(partition), before);
    const ids = await applyMerge(before, merged, digest);
    return (await cleanPartition(silent, partition, ids, merged.changed.size > 0)).ids;
  };
}

function report(
  input: BuildInput,
  { rows, outputs }: StateIndex,
  sources: Published["sources"],
  changes: ChangeLog,
): BuildReport {
  const counts = changes.counts();
  // Ids share assets, so no row of a partition can tell how many there are.
  const assets = new Set([...sources.values()].flatMap((source) => source.assets));
  const files = sum(rows, "outputs") + Object.keys(outputs).length + assets.size;
  return {
    packages: input.packages,
    versions: sum(rows, "versions"),
    ids: sum(rows, "ids"),
    undated: sum(rows, "undated"),
    ...counts,
    kept: files - counts.created - counts.replaced,
    problems: input.problems,
  };
}

function sum(rows: readonly PartitionRow[], key: "outputs" | "versions" | "ids" | "undated"): number {
  return rows.reduce((total, row) => total + row[key], 0);
}
