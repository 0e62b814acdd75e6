/**
 * Mends one partition: keeps the lines that can be trusted, makes lost ones again, and publishes what was found wrong.
 */
import type { LowerId } from "../../nuget/id.js";
import { cleanPartition } from "../../publish/clean-partition.js";
import { groupBy } from "../../publish/group-by.js";
import { savePartition } from "../../publish/partition-store.js";
import { filesOfId } from "../../publish/recover/id-files.js";
import { recoverId } from "../../publish/recover/recover-id.js";
import { salvagePartition } from "../../publish/recover/salvage.js";
import type { IdState, StoredRecord } from "../../state/id-state.js";
import { type PartitionNumber, partitionPath } from "../../state/layout.js";
import { encodePartition, type Partition } from "../../state/partition.js";
import { type PartitionRow, partitionRow } from "../../state/state-index.js";
import type { Finding } from "../finding.js";
import { type MendedId, mendId } from "./mend-id.js";
import type { RepairContext } from "./repair-context.js";

/**
 * @param findings of this partition and of its ids
 * @returns the row that the index should have; `undefined` when nothing is left in the partition
 */
export async function mendPartition(
  context: RepairContext,
  n: PartitionNumber,
  findings: readonly Finding[],
): Promise<PartitionRow | undefined> {
  const { verify, publish, recover } = context;
  const bytes = await verify.reader.read(partitionPath(n));
  const salvaged = bytes && (await salvagePartition(n, bytes, false, verify.digest));
  const states = new Map<LowerId, IdState>(salvaged?.ids);
  const mended: MendedId[] = [];
  for (const [id, found] of groupBy(findings, (finding) => finding.id)) {
    if (id === undefined) continue;
    const state = states.get(id);
    if (state === undefined) {
      const recovered = await recoverId(recover, id, await filesOfId(publish.store, id));
      if (recovered.state.records.length > 0) states.set(id, recovered.state);
    } else {
      const result = await mendId(context, state, found);
      states.set(id, result.state);
      mended.push(result);
    }
  }
  const { ids, row } = await cleanPartition(publish, n, states, true);
  return await noteUnmendable(context, n, ids, row, mended);
}

/**
 * An id that lacks a package of a folder is left unfinished, so that the next build of that folder puts it back. Others
 * would only stand in the way of every build.
 */
async function noteUnmendable(
  { publish }: RepairContext,
  n: PartitionNumber,
  ids: Partition,
  row: PartitionRow,
  mended: readonly MendedId[],
): Promise<PartitionRow | undefined> {
  const states = new Map(ids);
  for (const { state, unmendable } of mended) {
    const lacking = unmendable.filter(({ records }) => records.length > 0 && records.every(isOfFolder));
    const written = states.get(state.id);
    if (lacking.length === 0 || written === undefined) continue;
    const { rendered: _, ...unrendered } = written;
    const marks = Object.fromEntries(lacking.map(({ path }) => [path, "?" as const]));
    states.set(state.id, { ...unrendered, outputs: { ...written.outputs, ...marks } });
  }
  if (ids.size === 0) return undefined;
  if (mended.every(({ unmendable }) => unmendable.length === 0)) return row;
  const bytes = encodePartition(states);
  await savePartition(publish.store, n, bytes);
  const digest = await publish.digest(bytes);
  return partitionRow(n, states, digest, publish.settings.staticSearch);
}

function isOfFolder({ origins }: StoredRecord): boolean {
  return Object.keys(origins).some((name) => name.startsWith("folder:"));
}
