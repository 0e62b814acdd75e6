/**
 * Counts the assets of a feed. Ids share them, so no row of a partition can tell how many there are.
 */
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import { outputPaths } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import type { Partition } from "../state/partition.js";

export interface AssetCensus {
  /** Notes the assets of a partition; of a partition that is counted twice, the last count stands. */
  readonly count: (partition: PartitionNumber, ids: Partition) => void;
  /** How many different assets there are. */
  readonly total: () => number;
}

export function createAssetCensus(): AssetCensus {
  const assets = new Map<PartitionNumber, readonly FeedPath[]>();
  return {
    count: (partition, ids) => {
      const paths = [...ids.values()].flatMap(({ outputs }) => outputPaths(outputs).filter(isAssetPath));
      assets.set(partition, [...new Set(paths)]);
    },
    total: () => new Set([...assets.values()].flat()).size,
  };
}
