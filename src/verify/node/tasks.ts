/**
 * The parts of a verification that may run in a thread of their own.
 */
import { createHash, digest } from "../../build/node-hash.js";
import { type CheckedPartition, checkPartition, type PartitionCheck } from "../check-partition.js";
import type { VerifyContext } from "../context.js";
import type { FeedReader } from "../feed-reader.js";

/** Reads under way at once; small files are read by blocking calls, so more would not help. */
const CONCURRENCY = 4;

export interface VerifyTaskTypes {
  readonly check: { readonly input: PartitionCheck; readonly output: CheckedPartition };
}

/** What a thread is given. */
export interface VerifyThreadSetup {
  /** The folder of the feed. */
  readonly folder: string;
}

export function verifyContext(reader: FeedReader, signal?: AbortSignal): VerifyContext {
  return { reader, createHash, digest, concurrency: CONCURRENCY, ...(signal && { signal }) };
}

export function createVerifyTasks(context: VerifyContext): {
  readonly check: (check: PartitionCheck) => Promise<CheckedPartition>;
} {
  return { check: async (check) => await checkPartition(context, check) };
}
