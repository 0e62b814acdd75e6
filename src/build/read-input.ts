/**
 * The reading half of a build: looks at sources and state, and lets the guards see what would come of it. Writes
 * nothing.
 */
import type { Digest } from "../feed/digest.js";
import { encodeJson } from "../feed/json.js";
import { type LowerId, lowerId } from "../nuget/id.js";
import { mapLimit } from "../publish/map-limit.js";
import { partitionReader } from "../publish/partition-store.js";
import { feedSettingsDigest, idSettingsDigest } from "../state/feed-file.js";
import type { StoredRecord } from "../state/id-state.js";
import { PARTITIONS, type PartitionNumber } from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import type { Etag, Store } from "../store/store.js";
import { parseSourceFacts } from "./facts-files.js";
import { type GuardedInput, guardInput } from "./guards.js";
import { readKnownFiles } from "./known-files.js";
import type { FileToRead } from "./match.js";
import { keptProblems, type StateMender } from "./mend-state.js";
import { mendedStore } from "./mended-store.js";
import { digest } from "./node-hash.js";
import type { Problem, StoreBuildOptions } from "./options.js";
import { type ResolvedSources, scanSources } from "./scan.js";
import type { SourceFiles } from "./source-files.js";
import { bringsOnlyNewVersions, bringsOnlyTimes, type Spill } from "./spill.js";
import { type Survey, surveyState } from "./survey.js";
import type { BuildWork, TaskRunner } from "./task-runner.js";
import { type MergePreview, type PartitionSlice, sliceMerger, type TaskSetup } from "./tasks.js";
import { createFactsCheck, type FactsCheck } from "./unknown-facts.js";

/** Files that one task inspects. */
const BATCH = 64;

export interface ReadContext {
  readonly options: StoreBuildOptions;
  readonly store: Store;
  readonly setup: TaskSetup;
  readonly spill: Spill;
  readonly mender: StateMender;
  /** Told as soon as there is some work, to get ready for it. */
  readonly expectWork: (work: BuildWork) => void;
  /** In threads where they are worth it. */
  readonly startRunner: (work: BuildWork) => TaskRunner;
}

/** Everything that is known before the first write. */
export interface BuildInput {
  readonly packages: number;
  readonly problems: readonly Problem[];
  /** Rows of the partitions as they are stored. */
  readonly rows: ReadonlyMap<PartitionNumber, PartitionRow>;
  /** Partitions with something to do. */
  readonly pending: readonly PartitionNumber[];
  readonly slice: (partition: PartitionNumber) => PartitionSlice;
  readonly runner: TaskRunner;
  /** Of the state that was read, by path. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** What each partition held of the source. */
  readonly sources: ReadonlyMap<PartitionNumber, SourceFiles>;
  /** See {@link readKnownFiles}. */
  readonly circumstances: Digest;
}

/** @throws FeedError when the guards refuse the input */
export async function readInput(
  context: ReadContext,
  sources: ResolvedSources,
  index: StateIndex,
): Promise<BuildInput> {
  const { options, store, setup, spill, mender } = context;
  const facts = parseSourceFacts(setup.facts);
  const factsCheck = createFactsCheck(facts.byHand);
  const circumstances = await circumstancesDigest(setup);
  const expectFiles = (files: number): void => context.expectWork({ files, versions: 0 });
  const isNew = index.rows.length === 0;
  const scan = await scanSources(sources, (done) => {
    if (isNew) expectFiles(done);
    options.onProgress?.({ phase: "scan", done });
  });
  const survey = await surveyState({
    store,
    origin: setup.origin,
    files: scan.files,
    facts,
    index,
    settings: await idSettingsDigest(setup.settings, digest),
    isIndexCurrent: index.settings === (await feedSettingsDigest(setup.settings, digest)),
    knownFiles: await readKnownFiles(store, setup.origin, circumstances),
    recentIds: setup.settings.staticSearch,
    onPartition: (ids) => {
      factsCheck.note(factsCheck.namedVersions([...ids].map(([id, { records }]) => [id, records] as const)));
    },
    mender,
    onForeseen: expectFiles,
  });
  const runner = context.startRunner({ files: survey.toRead.length, versions: pendingVersions(survey) });
  const found = await inspect(context, runner, survey.toRead);
  const pending = PARTITIONS.filter((partition) => survey.needWork.has(partition) || spill.has(partition));
  const slice = (partition: PartitionNumber): PartitionSlice => ({
    partition,
    isStored: survey.rows.has(partition),
    lines: spill.read(partition),
    gone: survey.gone.get(partition) ?? [],
  });
  const mended = new Set(mender.partitions().map(({ partition }) => partition));
  const merged = await previewMerges(runner, pending, factsCheck, (partition) => {
    const one = slice(partition);
    return needsNoPreview(one, setup, mended) ? undefined : one;
  });
  const unknown = await factsCheck.problems(async () => await idNames(context, pending, slice));
  const state = [...mender.problems(), ...keptProblems(merged.kept)];
  const problems = [...state, ...scan.problems, ...facts.problems, ...found, ...unknown];
  guardInput({ ...merged, problems, packages: scan.files.length, known: survey.known }, options);
  return {
    packages: scan.files.length,
    problems,
    rows: survey.rows,
    pending,
    slice,
    runner,
    etags: survey.etags,
    sources: survey.sources,
    circumstances,
  };
}

/** Of what decides, beside files and state, whether a partition has work to do. */
async function circumstancesDigest({ settings, facts }: TaskSetup): Promise<Digest> {
  return await digest(encodeJson([await idSettingsDigest(settings, digest), facts]));
}

function pendingVersions({ needWork, rows }: Survey): number {
  return [...needWork].reduce((sum, partition) => sum + (rows.get(partition)?.versions ?? 0), 0);
}

async function inspect(
  { options, spill }: ReadContext,
  runner: TaskRunner,
  files: readonly FileToRead[],
): Promise<Problem[]> {
  const batches = Array.from({ length: Math.ceil(files.length / BATCH) }, (_, n) =>
    files.slice(n * BATCH, (n + 1) * BATCH),
  );
  let done = 0;
  const found = await mapLimit(batches, runner.width, async (batch) => {
    options.signal?.throwIfAborted();
    const { problems, lines } = await runner.run("inspect", batch);
    spill.add(lines);
    done += batch.length;
    options.onProgress?.({ phase: "inspect", done, total: files.length });
    return problems;
  });
  return found.flat();
}

/**
 * Whether no merge of a partition can find anything: there is nothing to compare with, and nothing was said of a version;
 * or at most files have other times, and the survey has seen all versions already.
 */
function needsNoPreview(
  { partition, isStored, lines, gone }: PartitionSlice,
  { facts }: TaskSetup,
  mended: ReadonlySet<PartitionNumber>,
): boolean {
  if (!isStored) return facts.length === 0 && bringsOnlyNewVersions(lines);
  return gone.length === 0 && !mended.has(partition) && bringsOnlyTimes(lines);
}

/**
 * Each partition is merged once before anything is written, and forgotten again.
 *
 * @param slice of a partition; `undefined` where no merge can find anything
 */
async function previewMerges(
  runner: TaskRunner,
  partitions: readonly PartitionNumber[],
  factsCheck: FactsCheck,
  slice: (partition: PartitionNumber) => PartitionSlice | undefined,
): Promise<Pick<GuardedInput, "conflicts" | "withdrawn"> & Pick<MergePreview, "kept">> {
  const previews = await mapLimit(partitions, runner.width, async (partition) => {
    const one = slice(partition);
    if (one === undefined) return [];
    const preview = await runner.run("previewMerge", one);
    factsCheck.note(preview.named);
    return [preview];
  });
  const found = previews.flat();
  return {
    conflicts: found.flatMap(({ conflicts }) => conflicts),
    withdrawn: found.reduce((sum, { withdrawn }) => sum + withdrawn, 0),
    kept: found.flatMap(({ kept }) => kept),
  };
}

/** All ids of the feed as written, to find the one that a misspelt name may mean. */
async function idNames(
  { store, setup, mender }: ReadContext,
  pending: readonly PartitionNumber[],
  slice: BuildInput["slice"],
): Promise<string[]> {
  const merge = sliceMerger(setup);
  const load = partitionReader({ store: mendedStore(store, mender.partitions()) });
  const names = new Map<LowerId, string>();
  for (const partition of PARTITIONS) {
    const before = await load(partition);
    const { changed } = pending.includes(partition)
      ? merge(slice(partition), before)
      : { changed: new Map<LowerId, readonly StoredRecord[]>() };
    for (const [id, { records }] of before) if (!changed.has(id)) note(names, records);
    for (const records of changed.values()) note(names, records);
  }
  return [...names.values()];
}

function note(names: Map<LowerId, string>, records: readonly StoredRecord[]): void {
  for (const { id } of records) names.set(lowerId(id), id);
}
