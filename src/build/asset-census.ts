/**
 * Counts the assets of a feed. Ids share them, so no row of a partition can tell how many there are.
 */
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import { outputPaths } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import type { Partition } from "../state/partition.js";

export interface AssetCensus {
  /** Notes the assets of a partition; of a partition that is noted twice, the last word counts. */
  readonly set: (partition: PartitionNumber, assets: readonly FeedPath[]) => void;
  /** How many different assets there are. */
  readonly total: () => number;
}

export function createAssetCensus(): AssetCensus {
  const assets = new Map<PartitionNumber, readonly FeedPath[]>();
  return {
    set: (partition, paths) => void assets.set(partition, paths),
    total: () => new Set([...assets.values()].flat()).size,
  };
}

/** The assets that the ids of a partition want, each once. */
export function partitionAssets(ids: Partition): FeedPath[] {
  return [...new Set([...ids.values()].flatMap(({ outputs }) => outputPaths(outputs).filter(isAssetPath)))];
}
