/**
 * `feed-state/index.json`: one row per partition with what the documents of the whole feed need of it, and the outputs
 * of the whole feed.
 */
import { FeedError } from "../errors.js";
import type { Digest } from "../feed/digest.js";
import { encodeJson } from "../feed/json.js";
import { isObject } from "../feed/parsed-json.js";
import type { SearchEntry } from "../feed/search-entry.js";
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, type Outputs, outputPaths, statePackage } from "./id-state.js";
import { CORRUPT_HINT, PARTITIONS, type PartitionNumber, STATE_INDEX } from "./layout.js";
import type { Partition } from "./partition.js";

/** A recently published id: the time of its newest listed version, empty when nobody knows it, and its key. */
export type RecentId = readonly [published: string, id: LowerId];

export interface PartitionRow {
  readonly partition: PartitionNumber;
  /** Of the partition's bytes. A row with another digest is out of date. */
  readonly digest: Digest;
  readonly ids: number;
  readonly versions: number;
  readonly undated: number;
  /** Files of these ids; assets are not counted, because several ids may share one. */
  readonly outputs: number;
  /** Obsolete files that wait for their deletion; absent when there are none. */
  readonly obsolete?: number;
  /**
   * The store's mark of those bytes, where whoever saved the row knew it: while it is the same, the partition need not
   * be read to know that it has not changed.
   */
  readonly etag?: string;
  /** Newest first; as many as the static answer may hold. */
  readonly recent: readonly RecentId[];
}

export interface StateIndex {
  /** Bits of the search shards that were written, absent before the first. */
  readonly shardBits?: number;
  /** Ascending by partition; only partitions that are not empty. */
  readonly rows: readonly PartitionRow[];
  /** Documents of the whole feed, of rank 4 and 5. */
  readonly outputs: Outputs;
  readonly obsolete?: readonly FeedPath[];
  /** Entries of the ids that the static answer holds, so that their partitions need not be read for it. */
  readonly recent?: readonly SearchEntry[];
  /** Of the lines from which the pages of the whole feed were made. */
  readonly packageLines?: Digest;
  /** From which settings the documents of the whole feed were made. */
  readonly settings?: Digest;
}

export const EMPTY_INDEX: StateIndex = { rows: [], outputs: {} };

export function encodeStateIndex(index: StateIndex): Uint8Array {
  return encodeJson(index);
}

/** @throws FeedError `state-corrupt` */
export function decodeStateIndex(bytes: Uint8Array): StateIndex {
  const value = parse(bytes);
  if (!isStateIndex(value)) throw corrupt(undefined);
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw corrupt(cause);
  }
}

function corrupt(cause: unknown): FeedError {
  return new FeedError("state-corrupt", `Cannot read "${STATE_INDEX}": it is damaged`, {
    cause,
    hint: CORRUPT_HINT,
  });
}

function isStateIndex(value: unknown): value is StateIndex {
  if (!isObject(value)) return false;
  const { rows, outputs, obsolete, shardBits, recent, packageLines, settings } = value;
  return (
    isListOf(rows, isRow) &&
    isObject(outputs) &&
    Object.values(outputs).every(isText) &&
    (obsolete === undefined || isListOf(obsolete, isText)) &&
    (shardBits === undefined || isCount(shardBits)) &&
    (recent === undefined || isListOf(recent, isEntry)) &&
    (packageLines === undefined || isText(packageLines)) &&
    (settings === undefined || isText(settings))
  );
}

function isRow(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { partition, digest, ids, versions, undated, outputs, obsolete, recent, etag } = value;
  return (
    isCount(partition) &&
    partition < PARTITIONS.length &&
    isText(digest) &&
    [ids, versions, undated, outputs].every(isCount) &&
    (obsolete === undefined || isCount(obsolete)) &&
    (etag === undefined || isText(etag)) &&
    isListOf(recent, (id) => isListOf(id, isText) && id.length === 2)
  );
}

/** Checks the frame; what else an entry holds was made from records. */
function isEntry(value: unknown): boolean {
  return isObject(value) && isText(value["key"]) && isListOf(value["versions"]) && isListOf(value["latest"]);
}

function isListOf(
  value: unknown,
  fits: (item: unknown) => boolean = () => true,
): value is readonly unknown[] {
  return Array.isArray(value) && value.every(fits);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** Makes the row of a partition; `recentIds` is how many ids the static answer may hold. */
export function partitionRow(
  partition: PartitionNumber,
  ids: Partition,
  digest: Digest,
  recentIds: number,
): PartitionRow {
  const states = [...ids.values()].filter((state) => state.records.length > 0);
  const packages = states.map(statePackage);
  const versions = packages.flatMap((feedPackage) => feedPackage.versions);
  const recent = packages.flatMap(({ id, versions }): RecentId[] => {
    const listed = versions.filter((version) => version.isListed);
    return listed.length === 0 ? [] : [[newest(listed.map(({ published }) => published ?? "")), id]];
  });
  const obsolete = [...ids.values()].reduce((sum, state) => sum + (state.obsolete?.length ?? 0), 0);
  return {
    partition,
    digest,
    ids: states.length,
    versions: versions.length,
    undated: versions.filter(({ published }) => published === undefined).length,
    outputs: states.reduce((sum, state) => sum + outputCount(state), 0),
    ...(obsolete > 0 && { obsolete }),
    recent: mostRecent(recent, recentIds),
  };
}

function newest(times: readonly string[]): string {
  return times.reduce((a, b) => (a > b ? a : b), "");
}

function outputCount(state: IdState): number {
  return outputPaths(state.outputs).filter((path) => !isAssetPath(path)).length;
}

/** Newest first, ids without a time last; equal times by id. */
export function mostRecent(ids: readonly RecentId[], count: number): RecentId[] {
  return [...ids]
    .sort(([timeA, idA], [timeB, idB]) => (timeA === timeB ? (idA < idB ? -1 : 1) : timeA > timeB ? -1 : 1))
    .slice(0, count);
}
