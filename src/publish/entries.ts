/**
 * What publishing a partition changed in the lists of the whole feed. The fold puts it into what it wrote before, so it
 * need not read the partition again.
 */

import { searchEntry } from "../feed/search-entry.js";
import { shardLine } from "../feed/search-shard.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, statePackage } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";

export interface EntryChanges {
  /** The line in the search shard by id; `undefined` for an id that has left the feed. */
  readonly lines: ReadonlyMap<LowerId, string | undefined>;
  /** The line from which pages of the whole feed are made; empty where there is no site. */
  readonly siteLines: ReadonlyMap<LowerId, string | undefined>;
  /** Whether these are all the ids that the partition holds. */
  readonly isWhole: boolean;
}

/** By partition; of a partition that is not named here, nobody knows what changed. */
export type KnownEntries = ReadonlyMap<PartitionNumber, EntryChanges>;

export const NOTHING_KNOWN: KnownEntries = new Map();

/** The line of an id in its search shard; `undefined` when it has no version any more. */
export function entryLine(state: IdState): string | undefined {
  return state.records.length === 0 ? undefined : shardLine(searchEntry(statePackage(state)));
}
