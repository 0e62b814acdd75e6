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
  readonly ids: Partition;
  /** Whether `ids` differs from what the partition held. */
  readonly isChanged: boolean;
  readonly conflicts: readonly Conflict[];
  /** Versions that the source held before, and those of them that it holds no longer. */
  readonly known: number;
  readonly withdrawn: number;
}

export interface MergeInput {
  readonly origin: OriginName;
  readonly items: readonly SpillItem[];
  /** Paths that are not in the source any more. */
  readonly gone: readonly string[];
  readonly facts: readonly FactsById[];
  readonly digest: DigestBytes;
}

export async function mergePartition(before: Partition, input: MergeInput): Promise<MergedPartition> {
  const incoming = groupBy(incomingPackages(input.items), ({ record }) => lowerId(record.id));
  const gone = new Set([
    ...input.gone,
    ...input.items.flatMap((item) => (item.kind === "gone" ? item.path : [])),
  ]);
  const touched = new Map(
    input.items.flatMap((item) => (item.kind === "touched" ? [[item.file.path, item.file.mtime]] : [])),
  );
  const ids = new Map<LowerId, IdState>(before);
  const merged = { isChanged: false, conflicts: [] as Conflict[], known: 0, withdrawn: 0 };
  for (const id of new Set([...before.keys(), ...incoming.keys()])) {
    const change: SourceChange = {
      origin: input.origin,
      incoming: incoming.get(id) ?? [],
      gone,
      touched,
      facts: ({ version }) => factsFor(input.facts, id, version),
    };
    const state = before.get(id);
    const { records, conflicts, known, withdrawn } = mergeRecords(state?.records ?? [], change);
    merged.conflicts.push(...conflicts);
    merged.known += known;
    merged.withdrawn += withdrawn;
    if (state !== undefined && isSameList(state.records, records)) continue;
    merged.isChanged = true;
    ids.set(id, await withRecords(id, state, records, input.digest));
  }
  return { ids, ...merged };
}

/** Ordered by path: files are read side by side, and finish in any order. */
function incomingPackages(items: readonly SpillItem[]): IncomingPackage[] {
  return items.filter((item) => item.kind === "package").sort((a, b) => (a.file.path < b.file.path ? -1 : 1));
}

/** Records that were not touched are the same objects. */
function isSameList(a: readonly StoredRecord[], b: readonly StoredRecord[]): boolean {
  return a.length === b.length && a.every((record, i) => record === b[i]);
}
