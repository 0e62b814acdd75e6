/**
 * Holds the scanned files against the state: which are known and unchanged, which must be read, and which files of the
 * state are gone.
 */

import type { Digest } from "../feed/digest.js";
import { type FactsById, factsFor } from "../feed/facts-file.js";
import { recordVersion } from "../feed/feed-package.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, isDirty, isRecovered, type OriginName, type StoredRecord } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import type { ScannedFile } from "./scan.js";

/** A file that must be read, with what the state knows of its path. */
export interface FileToRead extends ScannedFile {
  readonly known?: KnownFile;
}

export interface KnownFile {
  readonly partition: PartitionNumber;
  readonly id: LowerId;
  /** In base64; a file of the same size with this hash has only a new time. */
  readonly sha512: string;
  readonly size: number;
}

/** What matching finds in one partition. */
export interface PartitionMatch {
  /** Paths of the source that are not there any more. */
  readonly gone: readonly string[];
  /** Known paths whose size or time differ. */
  readonly changed: ReadonlyMap<string, KnownFile>;
  /** Known paths that need not be read. */
  readonly unchanged: readonly string[];
  /** Versions that the source holds in this partition. */
  readonly known: number;
  /** An id is dirty, files wait for their deletion, or the input files say other facts. */
  readonly needsWork: boolean;
}

export interface MatchInput {
  readonly origin: OriginName;
  /** By path. */
  readonly scanned: ReadonlyMap<string, ScannedFile>;
  readonly facts: readonly FactsById[];
  readonly settings: Digest;
}

/** Matches the files that one partition names. Pure. */
export function matchPartition(
  partition: PartitionNumber,
  ids: Partition,
  input: MatchInput,
): PartitionMatch {
  const gone: string[] = [];
  const unchanged: string[] = [];
  const changed = new Map<string, KnownFile>();
  let known = 0;
  for (const state of ids.values()) {
    for (const { size, sha512, origins } of state.records) {
      const files = origins[input.origin];
      if (files !== undefined) known++;
      for (const { path, mtime } of files ?? []) {
        const file = input.scanned.get(path);
        if (file === undefined) gone.push(path);
        else if (file.size === size && file.mtime === mtime) unchanged.push(path);
        else changed.set(path, { partition, id: state.id, sha512, size });
      }
    }
  }
  return {
    gone,
    changed,
    unchanged,
    known,
    needsWork: [...ids.values()].some((state) => needsWork(state, input)),
  };
}

function needsWork(state: IdState, { origin, facts, settings }: MatchInput): boolean {
  return isDirty(state, settings) || (state.obsolete?.length ?? 0) > 0 || hasOtherFacts(state, origin, facts);
}

/** Of what only another folder holds, that folder's facts count. */
function isHeldByOthersOnly({ origins }: StoredRecord, origin: OriginName): boolean {
  const names = Object.keys(origins);
  return origins[origin] === undefined && names.some((name) => name.startsWith("folder:"));
}

function hasOtherFacts(state: IdState, origin: OriginName, files: readonly FactsById[]): boolean {
  const isNamed = files.some((file) => file.has(state.id));
  return state.records.some((record) => {
    if (isHeldByOthersOnly(record, origin)) return false;
    const facts = isNamed ? factsFor(files, state.id, recordVersion(record)) : undefined;
    if (facts === undefined) return record.facts?.input !== undefined && !isRecovered(record);
    return JSON.stringify(facts) !== JSON.stringify(record.facts?.input);
  });
}
