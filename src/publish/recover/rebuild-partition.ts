/**
 * Makes damaged partitions again, as far as that can be told: from their lines that can be trusted, and from the
 * packages that the feed holds. Writes nothing.
 */
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdState } from "../../state/id-state.js";
import { partitionOf } from "../../state/layout.js";
import type { Partition } from "../../state/partition.js";
import { groupBy } from "../group-by.js";
import type { RecoverContext } from "./context.js";
import type { DamagedPartition } from "./examine-partition.js";
import { listIdFiles } from "./id-files.js";
import { adoptFiles, type RecoveredId, recoverId } from "./recover-id.js";

export interface RebuiltPartition {
  readonly damaged: DamagedPartition;
  /** Lost ids and those with a damage are dirty. */
  readonly ids: Partition;
  /** Files at places of packages that no record is made of. */
  readonly unreadable: readonly FeedPath[];
}

/** In the order of the damaged ones; one that holds nothing is among them. */
export async function rebuildPartitions(
  context: RecoverContext,
  damaged: readonly DamagedPartition[],
): Promise<RebuiltPartition[]> {
  if (damaged.length === 0) return [];
  const numbers = new Set(damaged.map(({ partition }) => partition));
  const files = await listIdFiles(context.store, (id) => numbers.has(partitionOf(id)));
  const byPartition = groupBy([...files], ([id]) => partitionOf(id));
  const rebuilt: RebuiltPartition[] = [];
  for (const one of damaged) {
    rebuilt.push(await rebuildPartition(context, one, new Map(byPartition.get(one.partition))));
  }
  return rebuilt;
}

async function rebuildPartition(
  context: RecoverContext,
  damaged: DamagedPartition,
  files: ReadonlyMap<LowerId, readonly FeedPath[]>,
): Promise<RebuiltPartition> {
  const { ids: salvaged, damages } = damaged;
  const ids = new Map<LowerId, IdState>(salvaged);
  const unreadable: FeedPath[] = [];
  const damagedIds = new Set(damages.map(({ id }) => id));
  for (const [id, paths] of files) {
    const state = salvaged.get(id);
    if (state !== undefined && !damagedIds.has(id)) continue;
    const recovered: RecoveredId =
      state === undefined ? await recoverId(context, id, paths) : adoptFiles(state, paths);
    unreadable.push(...recovered.unreadable);
    ids.set(id, recovered.state);
  }
  return { damaged, ids, unreadable };
}
