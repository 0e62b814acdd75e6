/**
 * Mends one partition: keeps the lines that can be trusted, makes lost ones again, and publishes what was found wrong.
 */
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { cleanPartition } from "../../publish/clean-partition.js";
import { idContents, idDocuments } from "../../publish/documents.js";
import { groupBy } from "../../publish/group-by.js";
import { savePartition } from "../../publish/partition-store.js";
import { type IdState, type OriginName, type OutputMark, statePackage } from "../../state/id-state.js";
import { type PartitionNumber, partitionPath } from "../../state/layout.js";
import { encodePartition, type Partition } from "../../state/partition.js";
import { type PartitionRow, partitionRow } from "../../state/state-index.js";
import type { Finding } from "../finding.js";
import { salvagePartition } from "../salvage.js";
import { rebuildId } from "./lost-ids.js";
import { type MendedId, mendId } from "./mend-id.js";
import type { RepairContext } from "./repair-context.js";

/**
 * @param findings of this partition and of its ids
 * @param origin that versions of lost ids are taken to have come from
 * @returns the row that the index should have; `undefined` when nothing is left in the partition
 */
export async function mendPartition(
  context: RepairContext,
  n: PartitionNumber,
  findings: readonly Finding[],
  origin: OriginName,
): Promise<PartitionRow | undefined> {
  const { verify, publish } = context;
  const bytes = await verify.reader.read(partitionPath(n));
  const salvaged = bytes && (await salvagePartition(n, bytes, false, verify.digest));
  const states = new Map<LowerId, IdState>(salvaged?.ids);
  const mended: MendedId[] = [];
  for (const [id, found] of groupBy(findings, (finding) => finding.id)) {
    if (id === undefined) continue;
    const state = states.get(id);
    if (state === undefined) {
      const rebuilt = await rebuildId(context, id, origin);
      if (rebuilt !== undefined) states.set(id, await adoptFiles(context, rebuilt));
    } else {
      const result = await mendId(context, state, found);
      states.set(id, result.state);
      mended.push(result);
    }
  }
  const { ids, row } = await cleanPartition(publish, n, states, true);
  return await noteUnmendable(context, n, ids, row, mended);
}

/** Whatever lies where files of a lost id belong was written for it; the packages were just read. */
async function adoptFiles({ publish }: RepairContext, state: IdState): Promise<IdState> {
  const { settings } = publish;
  const feedPackage = statePackage(state);
  const outputs: Record<FeedPath, OutputMark> = {};
  for (const { path, content, digest } of idContents(feedPackage, settings)) {
    outputs[path] = content === "nupkg" ? digest : "?";
  }
  for (const { path } of idDocuments(feedPackage, settings)) outputs[path] = "?";
  return { ...state, outputs };
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
    const lacking = unmendable.filter(({ record }) =>
      Object.keys(record.origins).some((name) => name.startsWith("folder:")),
    );
    const written = states.get(state.id);
    if (lacking.length === 0 || written === undefined) continue;
    const { rendered: _, ...unrendered } = written;
    const marks = Object.fromEntries(lacking.map(({ path }) => [path, "?" as const]));
    states.set(state.id, { ...unrendered, outputs: { ...written.outputs, ...marks } });
  }
  if (ids.size === 0) return undefined;
  if (mended.every(({ unmendable }) => unmendable.length === 0)) return row;
  await savePartition(publish.store, n, states);
  const digest = await publish.digest(encodePartition(states));
  return partitionRow(n, states, digest, publish.settings.staticSearch);
}
