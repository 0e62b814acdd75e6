/**
 * Where the state lies below the feed's root.
 *
 * ```
 * feed-state/feed.json               format, and the settings that shape documents
 * feed-state/packages/{hh}.jsonl     the partitions that are not empty: one line per id
 * feed-state/index.json              one row per partition, and the outputs of the whole feed
 * feed-state/lock                    who writes at the moment, see src/publish/lease.ts
 * ```
 */

import { idHashPrefix } from "../feed/digest.js";
import type { FeedPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";

/** Raised when older code must not read the state any more; newer code then tells how it reads older state. */
export const STATE_FORMAT = 1;

/** What to do about state that cannot be read: it is the only place that knows which files are the feed's. */
export const CORRUPT_HINT = "restore feed-state from a backup, or delete the output folder and build again";

export const PARTITION_BITS = 8;

/** Number of a partition, 0 to 255. */
export type PartitionNumber = number;

export const PARTITIONS: readonly PartitionNumber[] = Array.from(
  { length: 2 ** PARTITION_BITS },
  (_, n) => n,
);

export const FEED_FILE = statePath("feed.json");
export const STATE_INDEX = statePath("index.json");
export const LOCK_FILE = statePath("lock");

export function partitionPath(n: PartitionNumber): FeedPath {
  return statePath(`packages/${n.toString(16).padStart(2, "0")}.jsonl`);
}

function statePath(path: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: made of constants and hex digits only
  return `feed-state/${path}` as FeedPath;
}

export function partitionOf(id: LowerId): PartitionNumber {
  return idHashPrefix(id, PARTITION_BITS);
}

/** The partitions whose ids fall into the first-`bits`-bits group `group`; for `bits` from 0 to 8. */
export function partitionsOfGroup(group: number, bits: number): PartitionNumber[] {
  const size = 2 ** (PARTITION_BITS - bits);
  return Array.from({ length: size }, (_, i) => group * size + i);
}
