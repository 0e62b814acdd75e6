/**
 * The rows of the state's index fit the partitions that they sum up.
 */
import { type PartitionNumber, partitionPath, STATE_INDEX } from "../../state/layout.js";
import type { PartitionRow } from "../../state/state-index.js";
import type { Finding } from "../finding.js";

/**
 * @param said by the index
 * @param rows as they should be, ascending, without empty partitions
 * @param unsound partitions that cannot be summed up
 */
export function checkRows(
  said: readonly PartitionRow[],
  rows: readonly PartitionRow[],
  unsound: ReadonlySet<PartitionNumber>,
): Finding[] {
  const wanted = new Map(rows.map((row) => [row.partition, row]));
  const standing = new Map(said.map((row) => [row.partition, row]));
  const findings: Finding[] = [];
  for (const partition of new Set([...standing.keys(), ...wanted.keys()])) {
    if (unsound.has(partition) || isSame(standing.get(partition), wanted.get(partition))) continue;
    findings.push(outdated(`has a row that does not fit "${partitionPath(partition)}"`));
  }
  const order = (list: readonly PartitionRow[]): string => list.map(({ partition }) => partition).join();
  if (findings.length === 0 && unsound.size === 0 && order(said) !== order(rows)) {
    findings.push(outdated("has its rows twice or out of order"));
  }
  return findings;
}

/** The etag is a mark of the store that wrote the row, and another store has others. */
function isSame(said: PartitionRow | undefined, wanted: PartitionRow | undefined): boolean {
  return JSON.stringify(said && { ...said, etag: undefined }) === JSON.stringify(wanted);
}

function outdated(reason: string): Finding {
  return { kind: "state-outdated", path: STATE_INDEX, reason };
}
