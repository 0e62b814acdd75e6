/**
 * Reads a partition that may be damaged: every line that can be trusted is kept.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { LowerId } from "../../nuget/id.js";
import type { IdState } from "../../state/id-state.js";
import { type PartitionNumber, partitionOf } from "../../state/layout.js";
import { decodeLine, type Partition } from "../../state/partition.js";
import { holdsItsRecords, isSoundState, straysOf, withoutStrays } from "./state-soundness.js";

export interface SalvagedPartition {
  /** What can be trusted; files that an id cannot have written are taken out. */
  readonly ids: Partition;
  /** What is wrong, as clauses about the file. */
  readonly damages: readonly Damage[];
}

export interface Damage {
  readonly reason: string;
  /** The id whose line it is, as far as that can be told. */
  readonly id?: LowerId;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** @param isAsSaved whether these bytes are known to be what was saved; their content is trusted then */
export async function salvagePartition(
  n: PartitionNumber,
  bytes: Uint8Array,
  isAsSaved: boolean,
  digest: DigestBytes,
): Promise<SalvagedPartition> {
  const ids = new Map<LowerId, IdState>();
  const damages: Damage[] = [];
  const lines = decoder.decode(bytes).split("\n");
  // Only a push that died leaves an empty partition, until the next change of it.
  if (bytes.length === 0) return { ids, damages: isAsSaved ? [] : [{ reason: "is empty" }] };
  const isCut = lines.at(-1) !== "";
  if (isCut) damages.push({ reason: `ends within line ${lines.length}` });
  else lines.pop();
  for (const [at, line] of lines.entries()) {
    const state = tryDecode(line);
    if (state !== undefined && isAsSaved) {
      ids.set(state.id, state);
    } else if (state === undefined || !isSoundState(state)) {
      if (!isCut || at < lines.length - 1) damages.push({ reason: `cannot be read in line ${at + 1}` });
    } else if (partitionOf(state.id) !== n || ids.has(state.id)) {
      damages.push({ reason: `has no place for "${state.id}" in line ${at + 1}` });
    } else if (!isAsSaved && !(await holdsItsRecords(state, digest))) {
      damages.push({ reason: `holds other records of "${state.id}" than were saved`, id: state.id });
    } else {
      damages.push(...strayDamages(state));
      ids.set(state.id, withoutStrays(state));
    }
  }
  return { ids, damages };
}

function tryDecode(line: string): IdState | undefined {
  try {
    return decodeLine(line)[1];
  } catch {
    return undefined;
  }
}

function strayDamages(state: IdState): Damage[] {
  return straysOf(state).map((path) => ({
    reason: `says that "${path}" is a file of "${state.id}"`,
    id: state.id,
  }));
}
