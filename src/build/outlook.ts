/**
 * What the sources would make of the feed, for the guards: every partition with something to do is merged once before
 * anything is written, and forgotten again.
 */
import type { PartitionNumber } from "../state/layout.js";
import type { Conflict } from "../state/merge.js";
import type { Partition } from "../state/partition.js";
import type { MergedPartition } from "./merge-partition.js";

export interface Outlook {
  readonly conflicts: readonly Conflict[];
  /** Versions that the source held before and holds no longer. */
  readonly withdrawn: number;
}

export async function lookAhead(
  pending: readonly PartitionNumber[],
  merge: (partition: PartitionNumber) => Promise<MergedPartition>,
  onPartition: (ids: Partition) => void,
): Promise<Outlook> {
  const conflicts: Conflict[] = [];
  let withdrawn = 0;
  for (const partition of pending) {
    const merged = await merge(partition);
    onPartition(merged.ids);
    conflicts.push(...merged.conflicts);
    withdrawn += merged.withdrawn;
  }
  return { conflicts, withdrawn };
}
