/**
 * Deletes assets that no id needs any more, while pushes may go on. Assets are stored once per content, and a push that
 * finds one there does not write it again. So after the deletion everybody is asked once more: whoever has come to need it
 * since then gets it back out of its package.
 */
import { type FeedPath, isAssetPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { digestRecords, type IdState } from "../../state/id-state.js";
import { PARTITIONS, partitionPath } from "../../state/layout.js";
import { withoutObsolete } from "../../state/obsolete.js";
import { partitionEtags } from "../partition-store.js";
import type { PushContext } from "../push/context.js";
import { changeId, loadPartition, type StoredPartition } from "../push/partition-change.js";
import { tryToFinish } from "./clean-reader.js";

/**
 * @param partitions in which ids may name obsolete assets
 * @param until milliseconds since 1970; what became obsolete later stays
 */
export async function sweepAssets(
  context: PushContext,
  partitions: readonly StoredPartition[],
  until: number,
): Promise<void> {
  const states = partitions.flatMap(({ ids }) => [...ids.values()]);
  const dropped = new Map(
    states
      .map((state) => [state.id, droppedAssets(state, until)] as const)
      .filter(([, paths]) => paths.length > 0),
  );
  if (dropped.size === 0) return;
  const assets = new Set([...dropped.values()].flat());
  const used = await usersOf(context, assets);
  for (const path of [...assets].filter((path) => !used.has(path))) await deleteAsset(context, path);
  for (const [path, ids] of await usersOf(context, assets)) {
    // Also one that was used before may be gone, if a run died in the middle of this.
    if ((await context.store.stat(path)) !== undefined) continue;
    for (const id of ids) {
      await markLost(context, id, path);
      await tryToFinish(context, id);
    }
  }
  for (const [id, paths] of dropped) await forget(context, id, new Set(paths));
}

function droppedAssets({ obsolete = [], obsoleteSince = "" }: IdState, until: number): FeedPath[] {
  return Date.parse(obsoleteSince) <= until ? obsolete.filter(isAssetPath) : [];
}

async function usersOf(
  context: PushContext,
  assets: ReadonlySet<FeedPath>,
): Promise<ReadonlyMap<FeedPath, readonly LowerId[]>> {
  const users = new Map<FeedPath, LowerId[]>();
  const stored = await partitionEtags(context.store);
  for (const partition of PARTITIONS.filter((n) => stored.has(partitionPath(n)))) {
    for (const { id, outputs } of (await loadPartition(context, partition)).ids.values()) {
      for (const path of assets) {
        if (outputs[path] !== undefined) users.set(path, [...(users.get(path) ?? []), id]);
      }
    }
  }
  return users;
}

async function deleteAsset({ store, signal, onChange }: PushContext, path: FeedPath): Promise<void> {
  signal?.throwIfAborted();
  await store.delete(path);
  onChange({ kind: "delete", path, size: 0 });
}

/** A new revision, so that nobody who saw the asset in its place calls the id finished. */
async function markLost(context: PushContext, id: LowerId, path: FeedPath): Promise<void> {
  await changeId(context, id, async (state) => {
    if (state?.outputs[path] === undefined) return { kind: "leave", result: undefined };
    const { rendered: _, ...rest } = state;
    const revision = (state.revision ?? 0) + 1;
    const recordsDigest = await digestRecords(state.records, revision, context.digest);
    const outputs = { ...state.outputs, [path]: "?" as const };
    return { kind: "write", state: { ...rest, revision, recordsDigest, outputs }, result: undefined };
  });
}

async function forget(context: PushContext, id: LowerId, paths: ReadonlySet<FeedPath>): Promise<void> {
  await changeId(context, id, async (state) => {
    if (state === undefined) return { kind: "leave", result: undefined };
    return { kind: "write", state: withoutObsolete(state, paths), result: undefined };
  });
}
