/**
 * The parts of a verification that may run in a thread of their own.
 */
import { createHash, digest, sha512 } from "../../build/node-hash.js";
import { type CheckedPartition, checkPartition, type PartitionCheck } from "../check-partition.js";
import type { VerifyContext } from "../context.js";
import type { FeedReader } from "../feed-reader.js";

/** Reads under way at once: one where they block, some where others may be answered in the meantime. */
const BLOCKING_READS = 1;
const CONCURRENT_READS = 16;

export interface VerifyTaskTypes {
  readonly check: { readonly input: PartitionCheck; readonly output: CheckedPartition };
}

/** What a thread is given. */
export interface VerifyThreadSetup {
  /** The folder of the feed. */
  readonly folder: string;
}

export function verifyContext(reader: FeedReader, signal?: AbortSignal): VerifyContext {
  const concurrency = reader.isBlocking ? BLOCKING_READS : CONCURRENT_READS;
  return { reader, createHash, digest, sha512, concurrency, ...(signal && { signal }) };
}

export function createVerifyTasks(context: VerifyContext): {
  readonly check: (check: PartitionCheck) => Promise<CheckedPartition>;
} {
  return { check: async (check) => await checkPartition(context, check) };
}
