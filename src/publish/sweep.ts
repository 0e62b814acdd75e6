/**
 * The sweep: deletes what is obsolete, at the very end, when nothing points to it any more.
 */
import { rankOf } from "../feed/document.js";
import { isPathOfId } from "../feed/id-paths.js";
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import type { IdState } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import { encodePartition, type Partition } from "../state/partition.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import type { PublishContext } from "./context.js";
import type { LoadPartition } from "./feed-documents.js";
import { groupBy } from "./group-by.js";
import { mapLimit } from "./map-limit.js";
import { savePartition } from "./partition-store.js";
import { saveStateIndex } from "./state-index-store.js";

/**
 * Deletes the obsolete files of the partitions and of the whole feed, and takes them out of the state.
 *
 * @param load reads a partition as it is now; in a dry run, as it would be
 * @returns the index as it is now
 */
export async function sweep(
  context: PublishContext,
  index: StateIndex,
  load: LoadPartition,
): Promise<StateIndex> {
  const obsolete = new Map<PartitionNumber, readonly FeedPath[]>();
  for (const { partition } of index.rows.filter((row) => row.obsolete !== undefined)) {
    const ids = await load(partition);
    if ([...ids.values()].some(namesObsolete)) obsolete.set(partition, obsoletePaths(ids));
  }
  if (obsolete.size === 0 && index.obsolete === undefined) return index;
  const dropped = new Set([...obsolete.values()].flatMap((paths) => paths.filter(isAssetPath)));
  const inUse = await assetsInUse(dropped, index, load);
  const unused = (paths: readonly FeedPath[]) => [...new Set(paths)].filter((path) => !inUse.has(path));
  const ofFeed = unused(index.obsolete ?? []);
  const ofPartitions = new Map([...obsolete].map(([partition, paths]) => [partition, unused(paths)]));
  const deleteFiles = fileDeleter(context, [ofFeed, ...ofPartitions.values()].flat().length);
  await deleteFiles(ofFeed);
  const rows: PartitionRow[] = [];
  for (const row of index.rows) {
    const paths = ofPartitions.get(row.partition);
    if (paths !== undefined) await deleteFiles(paths);
    const left = paths === undefined ? row : await forgetObsolete(context, row, load);
    if (left !== undefined) rows.push(left);
  }
  const { obsolete: _, ...rest } = index;
  const after: StateIndex = { ...rest, rows };
  if (!context.dryRun) await saveStateIndex(context.store, after);
  return after;
}

function namesObsolete({ obsolete = [] }: IdState): boolean {
  return obsolete.length > 0;
}

/**
 * Nothing is deleted at a path where the feed keeps no files of the id, whatever the state says, nor what is wanted
 * again by an id whose documents could not be finished.
 */
function obsoletePaths(ids: Partition): FeedPath[] {
  return [...ids.values()].flatMap(({ id, outputs, obsolete = [] }) =>
    obsolete.filter((path) => outputs[path] === undefined && (isAssetPath(path) || isPathOfId(id, path))),
  );
}

/** Once the obsolete files of a partition are gone, its state names them no longer. @returns `undefined` for an empty one */
async function forgetObsolete(
  context: PublishContext,
  row: PartitionRow,
  load: LoadPartition,
): Promise<PartitionRow | undefined> {
  const bytes = encodePartition(withoutObsolete(await load(row.partition)));
  if (!context.dryRun) await savePartition(context.store, row.partition, bytes);
  if (bytes.length === 0) return undefined;
  const { obsolete: _, etag: __, ...rest } = row;
  return { ...rest, digest: await context.digest(bytes) };
}

/**
 * Which of these assets an id still wants. Assets are stored once per content, so an id that drops one does not know;
 * every partition is asked, which is only done when an asset was dropped at all.
 */
async function assetsInUse(
  dropped: ReadonlySet<FeedPath>,
  index: StateIndex,
  load: LoadPartition,
): Promise<ReadonlySet<FeedPath>> {
  const inUse = new Set<FeedPath>();
  if (dropped.size === 0) return inUse;
  for (const { partition } of index.rows) {
    for (const { outputs } of (await load(partition)).values()) {
      for (const path of dropped) if (outputs[path] !== undefined) inUse.add(path);
    }
  }
  return inUse;
}

/**
 * Deletes in the reverse of the write order: what points to a file goes before the file.
 *
 * @param total how many files will be deleted in all
 */
function fileDeleter(context: PublishContext, total: number): (paths: readonly FeedPath[]) => Promise<void> {
  let done = 0;
  return async (paths) => {
    const byRank = groupBy(paths, rankOf);
    for (const rank of [...byRank.keys()].sort((a, b) => b - a)) {
      await mapLimit(byRank.get(rank) ?? [], context.concurrency, async (path) => {
        context.signal?.throwIfAborted();
        if (!context.dryRun) await context.store.delete(path);
        context.onChange({ kind: "delete", path, size: 0 });
        context.onProgress?.({ phase: "delete", done: ++done, total });
      });
    }
  };
}

/** The partition once its obsolete files are gone. */
function withoutObsolete(ids: Partition): Partition {
  return new Map(
    [...ids].map(([id, state]): [typeof id, IdState] => {
      const { obsolete: _, obsoleteSince: __, ...rest } = state;
      return [id, rest];
    }),
  );
}
