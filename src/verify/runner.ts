/**
 * Runs the checks of partitions: in place, or wherever the runtime has room for them.
 */
import { type CheckedPartition, checkPartition, type PartitionCheck } from "./check-partition.js";
import type { VerifyContext } from "./context.js";

export interface PartitionRunner {
  /** Checks that make sense to have under way at once. */
  readonly width: number;
  readonly run: (check: PartitionCheck) => Promise<CheckedPartition>;
}

export function runInPlace(context: VerifyContext): PartitionRunner {
  return { width: 1, run: async (check) => await checkPartition(context, check) };
}
