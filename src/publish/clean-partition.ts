/**
 * Makes the dirty ids of one partition clean: plan, save what is intended, write, save what was written. A crash in
 * between leaves ids dirty and forgets no file.
 */
import { isAssetPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { type IdState, isDirty } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import { encodePartition, type Partition } from "../state/partition.js";
import { type PartitionRow, partitionRow } from "../state/state-index.js";
import type { Body } from "../store/store.js";
import type { PackageContent, PublishContext } from "./context.js";
import { type EntryChanges, entryLine } from "./entries.js";
import { refuseForeignFile } from "./foreign-file.js";
import { groupBy } from "./group-by.js";
import { mapLimit } from "./map-limit.js";
import { savePartition } from "./partition-store.js";
import { type ContentWrite, type IdPlan, planId } from "./plan-id.js";
import { writeOutput } from "./write-output.js";

const encoder = new TextEncoder();

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
  for (const plan of plans) await applyContents(context, plan.contents);
  await applyDocuments(context, plans);
  const bytes = encodePartition(written);
  if (!context.dryRun && (isChanged || plans.length > 0))
    await savePartition(context.store, partition, bytes);
  const digest = await context.digest(bytes);
  const row = partitionRow(partition, written, digest, context.settings.staticSearch);
  const lines = new Map(plans.map(({ written }) => [written.id, entryLine(written)]));
  return { row, ids: written, entries: { lines, isWhole: lines.size === written.size } };
}

async function planDirty(context: PublishContext, ids: Partition): Promise<IdPlan[]> {
  const { settings, settingsDigest, digest } = context;
  const dirty = [...ids.values()].filter((state) => isDirty(state, settingsDigest));
  return await Promise.all(dirty.map((state) => planId(state, settings, settingsDigest, digest)));
}

function hasWrites(plans: readonly IdPlan[]): boolean {
  return plans.some(({ contents, documents }) => contents.length + documents.length > 0);
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

/** Writes the files that come out of packages; each package is opened once. */
async function applyContents(context: PublishContext, contents: readonly ContentWrite[]): Promise<void> {
  const byPackage = groupBy(contents, (content) => content.record);
  await mapLimit([...byPackage.values()], context.concurrency, (files) => applyPackage(context, files));
}

async function applyPackage(context: PublishContext, files: readonly ContentWrite[]): Promise<void> {
  context.signal?.throwIfAborted();
  if (context.dryRun) return await planPackage(context, files);
  await withBodies(context, files, async (file, body) => await writeOutput(context, file, await body()));
}

/** An asset that another id put there is not written again. */
async function planPackage(context: PublishContext, files: readonly ContentWrite[]): Promise<void> {
  for (const { kind, path } of files) {
    const isThere = kind === "create" && isAssetPath(path) && (await context.store.stat(path)) !== undefined;
    if (!isThere) context.onChange({ kind, path, size: 0 });
  }
}

/** Goes through files of one package, which is opened only when a body is asked for. */
async function withBodies(
  context: PublishContext,
  files: readonly ContentWrite[],
  use: (file: ContentWrite, body: () => Promise<Body>) => Promise<void>,
): Promise<void> {
  let opened: PackageContent | undefined;
  try {
    for (const file of files) {
      await use(file, async () => {
        if (file.content === "sha512") return encoder.encode(file.record.sha512);
        opened ??= await context.openContent(file.record);
        return await opened.body(file.content);
      });
    }
  } finally {
    await opened?.close();
  }
}

/**
 * Before anything is written and recorded as ours. Assets are left to the write itself: their names tell their content,
 * and it is quite usual that another id has put one there.
 */
async function refuseForeignFiles(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  await mapLimit(plans, context.concurrency, async ({ contents, documents }) => {
    for (const { kind, path, body } of documents) {
      if (kind === "create") await refuseForeignFile(context, path, async () => body);
    }
    const created = contents.filter(({ kind, path }) => kind === "create" && !isAssetPath(path));
    for (const files of groupBy(created, (content) => content.record).values()) {
      await withBodies(
        context,
        files,
        async ({ path }, body) => await refuseForeignFile(context, path, body),
      );
    }
  });
}

/** Rank by rank, so that what a document points to is already there. */
async function applyDocuments(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  const byRank = groupBy(
    plans.flatMap((plan) => plan.documents),
    (document) => document.rank,
  );
  for (const rank of [...byRank.keys()].sort((a, b) => a - b)) {
    await mapLimit(byRank.get(rank) ?? [], context.concurrency, async (document) => {
      context.signal?.throwIfAborted();
      if (context.dryRun) context.onChange({ kind: document.kind, path: document.path, size: 0 });
      else await writeOutput(context, document, document.body);
    });
  }
}
