/**
 * The fold: makes the documents of the whole feed from the rows of the partitions and the entries of changed ones. It
 * holds the entries of one group of shards at a time.
 */
import type { Digest } from "../feed/digest.js";
import type { FeedDocument } from "../feed/document.js";
import { renderHostFiles } from "../feed/host-files.js";
import type { SearchEntry } from "../feed/search-entry.js";
import { shardBits } from "../feed/search-shard.js";
import type { FeedSettings } from "../feed/settings.js";
import { type FeedPath, shardPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { feedSettingsDigest } from "../state/feed-file.js";
import type { OutputMark } from "../state/id-state.js";
import { PACKAGE_LINES, type PartitionNumber, partitionOf } from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import type { PublishContext } from "./context.js";
import { type KnownEntries, NOTHING_KNOWN } from "./entries.js";
import {
  fixedDocuments,
  fixedPaths,
  type LoadPartition,
  recentEntries,
  type ShardGroup,
  shardGroups,
} from "./feed-documents.js";
import { feedOutputs } from "./feed-outputs.js";
import { refuseForeignFile } from "./foreign-file.js";
import { mapLimit } from "./map-limit.js";
import { publishGroup } from "./shards.js";
import { foldSite } from "./site/fold-site.js";
import { saveStateIndex } from "./state-index-store.js";

/**
 * Brings the feed-wide documents up to date with the rows, and saves the index. Does nothing when no row and no
 * setting changed.
 *
 * @param rows ascending by partition, without empty partitions
 * @param load reads partitions as they are now
 * @param entries what is known of partitions that changed; all others that changed are read
 * @returns the index as it is now
 */
export async function fold(
  context: PublishContext,
  before: StateIndex,
  rows: readonly PartitionRow[],
  load: LoadPartition,
  entries: KnownEntries = NOTHING_KNOWN,
): Promise<StateIndex> {
  const settings = await feedSettingsDigest(context.settings, context.digest);
  if (!needsFold(before, rows, settings)) return before;
  const changed = changedPartitions(before, rows);
  const bits = shardBits(rows.reduce((sum, row) => sum + row.ids, 0));
  const groups = shardGroups(bits);
  const stale = groups.filter((group) => isStale(group, bits, before, changed));
  const site = await foldSite(context, { before, rows, changed, entries, load, settings });
  const paths = [...feedPaths(context.settings, stale, bits), ...site.documents.map(({ path }) => path)];
  if (!context.dryRun) {
    await refuseForeignPaths(context, before, paths, site.documents);
    await saveStateIndex(context.store, underWay(before, paths));
    if (site.lines !== undefined) await context.store.put(PACKAGE_LINES, site.lines);
  }

  const outputs = feedOutputs(context, before);
  for (const group of groups.filter((group) => !stale.includes(group))) {
    for (const n of group.shards) outputs.keep(shardPath(bits, n));
  }
  let done = 0;
  for (const group of stale) {
    await publishGroup(context, outputs, { group, bits, written: before.outputs, changed, entries }, load);
    context.onProgress?.({ phase: "fold", done: ++done, total: stale.length });
  }
  for (const path of site.kept) outputs.keep(path);
  for (const document of site.documents) await outputs.publish(document);
  const recent = await recentEntries(context.settings, rows, load, entryFinder(before, changed, entries));
  for (const document of fixedDocuments(context.settings, bits, recent, site.hasWords))
    await outputs.publish(document);
  const { outputs: written, obsolete } = outputs.result();
  const index: StateIndex = {
    shardBits: bits,
    settings,
    rows,
    outputs: written,
    ...(obsolete.length > 0 && { obsolete }),
    ...(recent.length > 0 && { recent }),
    ...(site.lines && { packageLines: await context.digest(site.lines) }),
  };
  if (!context.dryRun) {
    await saveStateIndex(context.store, index);
    if (site.lines === undefined && before.packageLines !== undefined)
      await context.store.delete(PACKAGE_LINES);
  }
  return index;
}

/** Finds entries among what is known: those that changed just now, and those of partitions that did not change. */
function entryFinder(
  before: StateIndex,
  changed: ReadonlySet<PartitionNumber>,
  entries: KnownEntries,
): (id: LowerId) => SearchEntry | undefined {
  const standing = new Map(before.recent?.map((entry) => [entry.key, entry]));
  return (id) => {
    const partition = partitionOf(id);
    if (!changed.has(partition)) return standing.get(id);
    const line = entries.get(partition)?.lines.get(id);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: lines are made of entries
    return line === undefined ? undefined : (JSON.parse(line) as SearchEntry);
  };
}

/** Whether a row or a setting differs from what the documents of the whole feed were made from. */
export function needsFold(before: StateIndex, rows: readonly PartitionRow[], settings: Digest): boolean {
  return before.settings !== settings || changedPartitions(before, rows).size > 0;
}

function changedPartitions(before: StateIndex, rows: readonly PartitionRow[]): ReadonlySet<PartitionNumber> {
  const digests = new Map(before.rows.map((row) => [row.partition, row.digest]));
  const present = new Set(rows.map((row) => row.partition));
  return new Set([
    ...rows.filter((row) => digests.get(row.partition) !== row.digest).map((row) => row.partition),
    ...[...digests.keys()].filter((partition) => !present.has(partition)),
  ]);
}

/** A shard that is not known to be there as it was written is made again as well. */
function isStale(
  { partitions, shards }: ShardGroup,
  bits: number,
  before: StateIndex,
  changed: ReadonlySet<PartitionNumber>,
): boolean {
  const isKnown = (n: number) => (before.outputs[shardPath(bits, n)] ?? "?") !== "?";
  return partitions.some((partition) => changed.has(partition)) || !shards.every(isKnown);
}

/**
 * What is recorded before the first write: every path that may be written is marked, and the settings are forgotten,
 * so that a run that is cut short is done again.
 */
function underWay(before: StateIndex, paths: readonly FeedPath[]): StateIndex {
  const { settings: _, ...rest } = before;
  const marks = paths.map((path): [string, OutputMark] => [path, "?"]);
  return { ...rest, outputs: { ...before.outputs, ...Object.fromEntries(marks) } };
}

/** Every path that a fold may write, but for those of the site. */
function feedPaths(settings: FeedSettings, stale: readonly ShardGroup[], bits: number): FeedPath[] {
  return [...fixedPaths(settings), ...stale.flatMap((group) => group.shards.map((n) => shardPath(bits, n)))];
}

async function refuseForeignPaths(
  context: PublishContext,
  before: StateIndex,
  paths: readonly FeedPath[],
  site: readonly FeedDocument[],
): Promise<void> {
  const known = new Set([...Object.keys(before.outputs), ...(before.obsolete ?? [])]);
  const bodies = new Map(
    [...renderHostFiles(context.settings), ...site].map(({ path, body }) => [path, body]),
  );
  await mapLimit(
    paths.filter((path) => !known.has(path)),
    context.concurrency,
    // What another tool, or a run whose state was lost, is likely to have written just so.
    async (path) => await refuseForeignFile(context, path, async () => bodies.get(path)),
  );
}
