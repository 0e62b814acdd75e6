/**
 * The parts of a build that may run in a thread of their own: plain data in, plain data out. Without threads the same
 * functions run in place.
 */
import path from "node:path";
import type { FeedSettings } from "../feed/settings.js";
import { cleanPartition } from "../publish/clean-partition.js";
import type { PublishContext } from "../publish/context.js";
import type { EntryChanges } from "../publish/entries.js";
import { partitionReader } from "../publish/partition-store.js";
import type { OriginName } from "../state/id-state.js";
import type { PartitionNumber } from "../state/layout.js";
import type { Conflict } from "../state/merge.js";
import type { Partition } from "../state/partition.js";
import type { PartitionRow } from "../state/state-index.js";
import type { Store } from "../store/store.js";
import { type ChangeCounts, createChangeLog } from "./change-log.js";
import { type FactsText, parseSourceFacts } from "./facts-files.js";
import { type InspectedFiles, inspectFiles } from "./inspect-files.js";
import type { FileToRead } from "./match.js";
import { type MendedPartition, mendedStore } from "./mended-store.js";
import { applyMerge, type MergedPartition, mergePartition } from "./merge-partition.js";
import { digest } from "./node-hash.js";
import { createPublishContext } from "./publish-context.js";
import { claimPackages, recoveredVersions } from "./recovered-versions.js";
import { type SourceFiles, sourceFiles } from "./source-files.js";
import { parseSpill } from "./spill.js";
import { createFactsCheck, type NamedVersions } from "./unknown-facts.js";

/** What all tasks of a build share. */
export interface TaskSetup {
  /** Absolute folder that the paths of source files are relative to. */
  readonly root: string;
  readonly origin: OriginName;
  readonly settings: FeedSettings;
  readonly facts: readonly FactsText[];
  readonly isVacant: boolean;
  readonly dryRun: boolean;
  /** Partitions that are damaged, as they should be. */
  readonly mended: readonly MendedPartition[];
}

/** What the sources say of one partition. */
export interface PartitionSlice {
  readonly partition: PartitionNumber;
  /** Whether the state holds such a partition. */
  readonly isStored: boolean;
  /** What was read, as spilled. */
  readonly lines: string;
  /** Paths that are gone from the source. */
  readonly gone: readonly string[];
}

/** What a partition would become. */
export interface MergePreview {
  readonly conflicts: readonly Conflict[];
  /** Versions that the source held before and holds no longer. */
  readonly withdrawn: number;
  readonly named: NamedVersions;
  /** Versions of a damaged partition that nobody but the feed itself holds, as `Contoso.Core 1.0.0`. */
  readonly kept: readonly string[];
}

/** What a partition became. */
export interface PublishedPartition {
  /** Absent when nothing is left in it. */
  readonly row?: PartitionRow;
  /** What it holds of the source now. */
  readonly source: SourceFiles;
  readonly changes: ChangeCounts;
  readonly entries: EntryChanges;
}

/** The tasks by name, with what goes in and out. */
export interface TaskTypes {
  readonly inspect: { readonly input: readonly FileToRead[]; readonly output: InspectedFiles };
  readonly previewMerge: { readonly input: PartitionSlice; readonly output: MergePreview };
  readonly publish: { readonly input: PartitionSlice; readonly output: PublishedPartition };
}

export type TaskName = keyof TaskTypes;

export type Tasks = {
  readonly [K in TaskName]: (input: TaskTypes[K]["input"]) => Promise<TaskTypes[K]["output"]>;
};

export function createTasks(store: Store, setup: TaskSetup): Tasks {
  const load = partitionReader({ store: mendedStore(store, setup.mended) });
  const mended = new Map(setup.mended.map((one) => [one.partition, one]));
  const loadStored = async ({ partition, isStored }: PartitionSlice): Promise<Partition> =>
    isStored ? await load(partition) : new Map();
  const merge = sliceMerger(setup);
  const factsCheck = createFactsCheck(parseSourceFacts(setup.facts).byHand);
  return {
    inspect: async (files) => await inspectFiles(files, setup.root),
    previewMerge: async (slice) => {
      const before = await loadStored(slice);
      const merged = merge(slice, before);
      const { changed, conflicts, withdrawn } = merged;
      const kept = mended.has(slice.partition) ? recoveredVersions(before, merged) : [];
      return { conflicts, withdrawn, named: factsCheck.namedVersions(changed), kept };
    },
    publish: async (slice) => {
      const changes = createChangeLog(setup.dryRun);
      const context = await publishContext(store, setup, changes.add);
      const before = await loadStored(slice);
      const merged = merge(slice, before);
      const damage = mended.get(slice.partition);
      const ids = claimPackages(await applyMerge(before, merged, digest), damage?.unreadable ?? []);
      const isChanged = merged.changed.size > 0 || damage !== undefined;
      const cleaned = await cleanPartition(context, slice.partition, ids, isChanged);
      const row = cleaned.ids.size > 0 && { row: cleaned.row };
      const { ids: after, entries } = cleaned;
      return { source: sourceFiles(after, setup.origin), changes: changes.counts(), entries, ...row };
    },
  };
}

/** Brings what a partition holds together with what the sources say. */
export type MergeSlice = (slice: PartitionSlice, before: Partition) => MergedPartition;

export function sliceMerger({ origin, facts }: TaskSetup): MergeSlice {
  const { files } = parseSourceFacts(facts);
  return ({ lines, gone }, before) =>
    mergePartition(before, { origin, items: parseSpill(lines), gone, facts: files });
}

export async function publishContext(
  store: Store,
  { root, origin, settings, isVacant, dryRun }: TaskSetup,
  onChange: PublishContext["onChange"],
): Promise<PublishContext> {
  return await createPublishContext(store, {
    settings,
    locate: ({ origins }) => {
      const file = origins[origin]?.[0];
      return file && { ...file, path: path.join(root, file.path) };
    },
    isVacant,
    dryRun,
    onChange,
  });
}
