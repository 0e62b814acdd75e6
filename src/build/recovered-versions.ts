/**
 * Merging a partition that was made again: what only the feed holds, and what a package of this build replaces.
 */
import { type FeedPath, nupkgPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, isRecovered, statePackage } from "../state/id-state.js";
import type { Partition } from "../state/partition.js";
import type { MergedPartition } from "./merge-partition.js";

/** Versions of which nobody knows where they came from, as `Contoso.Core 1.0.0`. */
export function recoveredVersions(before: Partition, { changed }: MergedPartition): string[] {
  const records = [...new Set([...before.keys(), ...changed.keys()])].flatMap(
    (id) => changed.get(id) ?? before.get(id)?.records ?? [],
  );
  return records.filter(isRecovered).map(({ id, version }) => `${id} ${version}`);
}

/**
 * Says of files that could not be read as packages that they are ours, where a package is to be written in their place.
 * All others are left alone.
 */
export function claimPackages(ids: Partition, unreadable: readonly FeedPath[]): Partition {
  if (unreadable.length === 0) return ids;
  return new Map([...ids].map(([id, state]): [LowerId, IdState] => [id, claimOf(state, unreadable)]));
}

function claimOf(state: IdState, unreadable: readonly FeedPath[]): IdState {
  const wanted = new Set<FeedPath>(
    statePackage(state).versions.map(({ lower }) => nupkgPath(state.id, lower)),
  );
  const claimed = unreadable.filter((path) => wanted.has(path));
  if (claimed.length === 0) return state;
  return {
    ...state,
    outputs: { ...state.outputs, ...Object.fromEntries(claimed.map((path) => [path, "?" as const])) },
  };
}
