/**
 * What a partition is to hold, from what it holds and what the sources say. Writes nothing.
 */
import type { DigestBytes } from "../feed/digest.js";
import { type FactsById, factsFor } from "../feed/facts-file.js";
import { type LowerId, lowerId } from "../nuget/id.js";
import { groupBy } from "../publish/group-by.js";
import { type IdState, type OriginName, type StoredRecord, withRecords } from "../state/id-state.js";
import { type Conflict, type IncomingPackage, mergeRecords, type SourceChange } from "../state/merge.js";
import type { Partition } from "../state/partition.js";
import type { SpillItem } from "./spill.js";

export interface MergedPartition {
  /** Records of the ids whose records differ from what the partition held; empty for an id that leaves. */
  readonly changed: ReadonlyMap<LowerId, readonly StoredRecord[]>;
  readonly conflicts: readonly Conflict[];
  /** Versions that the source held before and holds no longer. */
  readonly withdrawn: number;
}

export interface MergeInput {
  readonly origin: OriginName;
  readonly items: readonly SpillItem[];
  /** Paths that are not in the source any more. */
  readonly gone: readonly string[];
  readonly facts: readonly FactsById[];
}

export function mergePartition(before: Partition, input: MergeInput): MergedPartition {
  const incoming = groupBy(incomingPackages(input.items), ({ record }) => lowerId(record.id));
  const gone = new Set([
    ...input.gone,
    ...input.items.flatMap((item) => (item.kind === "gone" ? item.path : [])),
  ]);
  const touched = new Map(
    input.items.flatMap((item) => (item.kind === "touched" ? [[item.file.path, item.file.mtime]] : [])),
  );
  const changed = new Map<LowerId, readonly StoredRecord[]>();
  const conflicts: Conflict[] = [];
  let withdrawn = 0;
  for (const id of new Set([...before.keys(), ...incoming.keys()])) {
    const change: SourceChange = {
      origin: input.origin,
      incoming: incoming.get(id) ?? [],
      gone,
      touched,
      facts: ({ version }) => factsFor(input.facts, id, version),
    };
    const state = before.get(id);
    const merged = mergeRecords(state?.records ?? [], change);
    conflicts.push(...merged.conflicts);
    withdrawn += merged.withdrawn;
    if (state === undefined || !isSameList(state.records, merged.records)) changed.set(id, merged.records);
  }
  return { changed, conflicts, withdrawn };
}

/** The partition with the merged records, as far as they changed. */
export async function applyMerge(
  before: Partition,
  { changed }: MergedPartition,
  digest: DigestBytes,
): Promise<Partition> {
  const ids = new Map<LowerId, IdState>(before);
  for (const [id, records] of changed) ids.set(id, await withRecords(id, before.get(id), records, digest));
  return ids;
}

/** Ordered by path: files are read side by side, and finish in any order. */
function incomingPackages(items: readonly SpillItem[]): IncomingPackage[] {
  return items.filter((item) => item.kind === "package").sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** Records that were not touched are the same objects. */
function isSameList(a: readonly StoredRecord[], b: readonly StoredRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i]);
}
