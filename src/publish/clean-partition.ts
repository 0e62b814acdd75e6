/**
 * Makes the dirty ids of one partition clean: plan, save what is intended, write, save what was written. A crash in
 * between leaves ids dirty and forgets no file.
 */
import type { LowerId } from "../nuget/id.js";
import { packageLine } from "../site/package-line.js";
import { type IdState, isDirty, statePackage } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import { encodePartition, type Partition } from "../state/partition.js";
import { type PartitionRow, partitionRow } from "../state/state-index.js";
import { refuseForeignFiles } from "./apply-contents.js";
import { applyPlans } from "./apply-plans.js";
import type { PublishContext } from "./context.js";
import { type EntryChanges, entryLine } from "./entries.js";
import { savePartition } from "./partition-store.js";
import { type IdPlan, planId } from "./plan-id.js";

export interface CleanedPartition {
  readonly row: PartitionRow;
  readonly ids: Partition;
  /** Of the ids that were dirty. */
  readonly entries: EntryChanges;
}

/**
 * @param ids what the partition is to hold
 * @param isChanged whether that differs from what is stored
 */
export async function cleanPartition(
  context: PublishContext,
  partition: PartitionNumber,
  ids: Partition,
  isChanged: boolean,
): Promise<CleanedPartition> {
  const plans = await planDirty(context, ids);
  const intended = replaceStates(ids, plans, (plan) => plan.intended);
  const written = replaceStates(ids, plans, (plan) => plan.written);
  if (!context.dryRun && hasWrites(plans)) {
    if (!context.isVacant) await refuseForeignFiles(context, plans);
    await savePartition(context.store, partition, encodePartition(intended));
  }
  await applyPlans(context, plans);
  const bytes = encodePartition(written);
  if (!context.dryRun && (isChanged || plans.length > 0))
    await savePartition(context.store, partition, bytes);
  const digest = await context.digest(bytes);
  const row = partitionRow(partition, written, digest, context.settings.staticSearch);
  return { row, ids: written, entries: entryChanges(context, plans, written) };
}

function entryChanges({ settings }: PublishContext, plans: readonly IdPlan[], ids: Partition): EntryChanges {
  const states = plans.map((plan) => plan.written);
  const sited = settings.site === undefined ? [] : states;
  return {
    lines: new Map(states.map((state) => [state.id, entryLine(state)])),
    siteLines: new Map(sited.map((state) => [state.id, packageLine(statePackage(state))])),
    isWhole: states.length === ids.size,
  };
}

async function planDirty(context: PublishContext, ids: Partition): Promise<IdPlan[]> {
  const { settings, settingsDigest, digest } = context;
  const dirty = [...ids.values()].filter((state) => isDirty(state, settingsDigest));
  return await Promise.all(dirty.map((state) => planId(state, settings, settingsDigest, digest)));
}

function hasWrites(plans: readonly IdPlan[]): boolean {
  return plans.some(
    ({ contents, documents, pages }) => contents.length + documents.length + pages.length > 0,
  );
}

function replaceStates(
  ids: Partition,
  plans: readonly IdPlan[],
  choose: (plan: IdPlan) => IdState,
): ReadonlyMap<LowerId, IdState> {
  const states = new Map(ids);
  for (const plan of plans) states.set(plan.written.id, choose(plan));
  return states;
}
