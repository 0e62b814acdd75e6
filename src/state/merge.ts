/**
 * Brings what a folder source says now together with the records of one id: new files come in, files that are gone
 * withdraw what only they held. Pure, so that the guards can look at the outcome before anything is written.
 */
import type { Facts } from "../feed/facts.js";
import { type FeedVersion, feedVersion, recordVersion } from "../feed/feed-package.js";
import type { PackageRecord } from "../feed/record.js";
import { type LowerVersion, lowerVersion } from "../nuget/version.js";
import {
  ascending,
  isRecovered,
  type OriginFile,
  type OriginName,
  type Origins,
  type StoredRecord,
} from "./id-state.js";

/** A package file that was read, new or changed. */
export interface IncomingPackage {
  readonly record: PackageRecord;
  readonly file: OriginFile;
}

/** What the source says of one id. */
export interface SourceChange {
  readonly origin: OriginName;
  /** Ordered by path, so that the outcome does not depend on the folder's order. */
  readonly incoming: readonly IncomingPackage[];
  /** Paths that no longer hold what they held: the file is gone, or has other bytes now. */
  readonly gone: ReadonlySet<string>;
  /** Files with the same bytes and another time, path → milliseconds. */
  readonly touched: ReadonlyMap<string, number>;
  /** The facts of the input files for a version of this id. */
  readonly facts: (version: FeedVersion) => Facts | undefined;
}

/**
 * - `duplicate`: two files, of this source or of two, hold the same version with other bytes.
 * - `changed`: a published version comes back with other bytes.
 * - `other-origin`: a version that was added, pushed or mirrored has other bytes than the file.
 */
export interface Conflict {
  readonly kind: "duplicate" | "changed" | "other-origin";
  readonly record: PackageRecord;
  /** Path of the file that came in. */
  readonly path: string;
  /** What it collides with: a path, or the name of an origin. */
  readonly other: string;
}

export interface MergedRecords {
  /** Ascending by version. */
  readonly records: readonly StoredRecord[];
  readonly conflicts: readonly Conflict[];
  /** Versions that the source held before. */
  readonly known: number;
  /** Those of them that it holds no longer. */
  readonly withdrawn: number;
}

/**
 * Merges one id. Where a published version comes back with other bytes, the new record replaces the old one and the
 * conflict is told; whether that is allowed is the caller's decision. What was said of a version through the API stays,
 * wherever its file is now and whatever it holds.
 */
export function mergeRecords(current: readonly StoredRecord[], change: SourceChange): MergedRecords {
  const conflicts: Conflict[] = [];
  const before = new Map(current.map((record) => [keyOf(record), record]));
  const merged = new Map<LowerVersion, StoredRecord>();
  for (const [key, record] of before) {
    const left = refreshOrigin(record, change);
    if (Object.keys(left.origins).length > 0) merged.set(key, left);
  }
  for (const incoming of change.incoming) {
    const key = keyOf(incoming.record);
    const standing = unlessRecovered(merged.get(key));
    const conflict = findConflict(incoming, change.origin, standing, before.get(key));
    if (conflict) conflicts.push(conflict);
    if (standing && conflict) continue;
    const base = standing ?? freshRecord(incoming.record, before.get(key));
    merged.set(key, withFile(base, change.origin, incoming.file));
  }
  const held = [...before].filter(([, record]) => record.origins[change.origin]);
  return {
    records: ascending([...merged.values()].map((record) => withInputFacts(record, change))),
    conflicts,
    known: held.length,
    withdrawn: held.filter(([key]) => !merged.get(key)?.origins[change.origin]).length,
  };
}

function keyOf(record: PackageRecord): LowerVersion {
  return lowerVersion(recordVersion(record));
}

/** A version of which nobody knows where it came from is this file's from now on. */
function unlessRecovered(record: StoredRecord | undefined): StoredRecord | undefined {
  return record === undefined || isRecovered(record) ? undefined : record;
}

/**
 * A file that moved keeps its record. A version with other bytes keeps only what was said of it, and so does one that
 * was recovered: the rest of its record was read from the same bytes, or guessed.
 */
function freshRecord(record: PackageRecord, before: StoredRecord | undefined): StoredRecord {
  const known = unlessRecovered(before);
  if (known?.sha512 === record.sha512) return { ...known, origins: {} };
  return { ...record, ...(before?.facts && { facts: before.facts }), origins: {} };
}

/** Takes out files that are gone and notes new times; the record stays the same object when nothing changed. */
function refreshOrigin(record: StoredRecord, { origin, gone, touched }: SourceChange): StoredRecord {
  const files = record.origins[origin];
  if (files === undefined) return record;
  const isAffected = files.some(({ path }) => gone.has(path) || touched.has(path));
  if (!isAffected) return record;
  const left = files
    .filter(({ path }) => !gone.has(path))
    .map(({ path, mtime }) => ({ path, mtime: touched.get(path) ?? mtime }));
  return { ...record, origins: withOrigin(record.origins, origin, left) };
}

function withOrigin(origins: Origins, name: OriginName, files: readonly OriginFile[]): Origins {
  const { [name]: _, ...others } = origins;
  return files.length === 0 ? others : { ...others, [name]: files };
}

function withFile(record: StoredRecord, origin: OriginName, file: OriginFile): StoredRecord {
  const files = [...(record.origins[origin] ?? []).filter(({ path }) => path !== file.path), file];
  return {
    ...record,
    origins: withOrigin(
      record.origins,
      origin,
      files.sort((a, b) => (a.path < b.path ? -1 : 1)),
    ),
  };
}

function findConflict(
  { record, file }: IncomingPackage,
  origin: OriginName,
  standing: StoredRecord | undefined,
  before: StoredRecord | undefined,
): Conflict | undefined {
  if (standing !== undefined && standing.sha512 !== record.sha512) {
    const other = filePath(standing, origin);
    if (other !== undefined) return { kind: "duplicate", record, path: file.path, other };
    const [name = ""] = Object.keys(standing.origins);
    return { kind: "other-origin", record, path: file.path, other: name };
  }
  if (standing === undefined && before !== undefined && before.sha512 !== record.sha512) {
    return { kind: "changed", record, path: file.path, other: filePath(before, origin) ?? file.path };
  }
  return undefined;
}

/** A file that holds the record, of this source if it can be. */
function filePath({ origins }: StoredRecord, origin: OriginName): string | undefined {
  const files = [origins[origin], ...Object.values(origins)].flatMap((files) => files ?? []);
  return files[0]?.path;
}

/**
 * Puts in what the input files say now; a line removed from a file no longer counts. Of a version that only another
 * source folder holds, the files of that folder speak.
 */
function withInputFacts(record: StoredRecord, change: SourceChange): StoredRecord {
  if (isOfOtherFolder(record, change.origin)) return record;
  const input = change.facts(feedVersion(record));
  // What was read from the feed's documents may be what another folder says.
  if (input === undefined && isRecovered(record)) return record;
  if (JSON.stringify(input) === JSON.stringify(record.facts?.input)) return record;
  const { facts, ...rest } = record;
  const { input: _, ...others } = facts ?? {};
  const next = { ...others, ...(input && { input }) };
  return Object.keys(next).length === 0 ? rest : { ...rest, facts: next };
}

function isOfOtherFolder({ origins }: StoredRecord, origin: OriginName): boolean {
  return origins[origin] === undefined && Object.keys(origins).some((name) => name.startsWith("folder:"));
}
