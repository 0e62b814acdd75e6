/**
 * All versions of one package id, in the form that rendering wants: ascending, with parsed versions and one answer
 * per fact.
 */
import { type LowerId, lowerId } from "../nuget/id.js";
import {
  compareVersions,
  type LowerVersion,
  lowerVersion,
  type NuGetVersion,
  parseVersion,
} from "../nuget/version.js";
import { effectiveFacts, type Facts } from "./facts.js";
import type { PackageRecord } from "./record.js";

/** `R` lets the state keep its own kind of record in sight. */
export interface FeedVersion<R extends PackageRecord = PackageRecord> {
  readonly record: R;
  readonly version: NuGetVersion;
  readonly lower: LowerVersion;
  readonly facts: Facts;
  readonly isListed: boolean;
  /** When it was published, if anyone knows; also for unlisted versions. */
  readonly published?: string;
}

export interface FeedPackage<R extends PackageRecord = PackageRecord> {
  readonly id: LowerId;
  /** Ascending, no two of the same normalized version; empty only for an id that leaves the feed. */
  readonly versions: readonly FeedVersion<R>[];
  /** Grows with changes through the API; absent before the first. */
  readonly revision?: number;
}

/**
 * The property that goes into the documents of an id that change in place, so that an etag made from content never
 * comes back after a change through the API was undone.
 */
export function revisionOf({ revision }: { readonly revision?: number }): { readonly revision?: number } {
  return revision === undefined ? {} : { revision };
}

/** Orders the records of one id. They must all be of that id, with versions that differ. */
export function feedPackage<R extends PackageRecord>(
  id: LowerId,
  records: readonly R[],
  revision?: number,
): FeedPackage<R> {
  const versions = records.map((record) => feedVersion(record)).sort(byVersion);
  return { id, versions, ...(revision !== undefined && { revision }) };
}

export function feedVersion<R extends PackageRecord>(record: R): FeedVersion<R> {
  const version = recordVersion(record);
  const facts = effectiveFacts(record.facts);
  const published = facts.published ?? record.accepted ?? record.entryTime;
  return {
    record,
    version,
    lower: lowerVersion(version),
    facts,
    isListed: facts.listed !== false,
    ...(published !== undefined && { published }),
  };
}

/**
 * Ascending; where clients see no difference (`1.0.0--0` and `1.0.0-0`) by text, so that the order of the input never
 * shows in documents.
 */
export function byVersion(a: FeedVersion, b: FeedVersion): number {
  const order = compareVersions(a.version, b.version);
  if (order !== 0 || a.lower === b.lower) return order;
  return a.lower < b.lower ? -1 : 1;
}

/** The parsed version of a record; records hold only versions that have been parsed before. */
export function recordVersion(record: Pick<PackageRecord, "id" | "version">): NuGetVersion {
  const version = parseVersion(record.version);
  if (version === undefined) throw new Error(`record of ${record.id} has no version: "${record.version}"`);
  return version;
}

/** The key under which a feed holds a version: equal for everything that clients take for the same version. */
export function versionKey(record: Pick<PackageRecord, "id" | "version">): string {
  return `${lowerId(record.id)}/${lowerVersion(recordVersion(record))}`;
}
