/**
 * The build: a folder of packages becomes a feed. Everything is read and looked at first; then it is written, one
 * partition at a time.
 */
import { lowerId } from "../nuget/id.js";
import { loadPartition } from "../publish/partition-store.js";
import { loadStateIndex } from "../publish/state-index-store.js";
import { encodeFeedFile, type FeedFile, feedSettingsDigest, idSettingsDigest } from "../state/feed-file.js";
import type { OriginName } from "../state/id-state.js";
import { FEED_FILE, PARTITIONS, type PartitionNumber } from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import { openFolder } from "../store/fs.js";
import type { Store } from "../store/store.js";
import { type AssetCensus, createAssetCensus } from "./asset-census.js";
import { createChangeLog } from "./change-log.js";
import { readFactsFiles } from "./facts-files.js";
import { guardInput } from "./guards.js";
import { inspectSources } from "./inspect-sources.js";
import { type MergedPartition, mergePartition } from "./merge-partition.js";
import { digest } from "./node-hash.js";
import type { BuildOptions, BuildPhase, BuildReport, Problem } from "./options.js";
import { lookAhead } from "./outlook.js";
import { assertApart, isVacant, readFeedFile } from "./output-folder.js";
import { contentOpener } from "./package-content.js";
import { publishFeed } from "./publish-feed.js";
import { type ResolvedSources, resolveSources, scanSources } from "./scan.js";
import { createSpill, type Spill } from "./spill.js";
import { surveyState } from "./survey.js";
import { createFactsWitness } from "./unknown-facts.js";

export type StoreBuildOptions = Omit<BuildOptions, "output">;

/** Writes under way at once. */
const CONCURRENCY = 16;

/**
 * Builds the feed of the sources into the output folder, writing only what differs from what is there.
 *
 * @throws RefusedBuildError when the input must not become a feed; nothing was written then
 * @throws FeedError for wrong options, a damaged state, and failures of the output; the feed that was there before is
 * still whole then
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  const sources = await resolveSources(options.sources);
  await assertApart(
    options.output,
    sources.patterns.map(({ folder }) => folder),
  );
  return await buildInto(openFolder(options.output), sources, options);
}

/** The same for any store; that it lies apart from the sources is up to the caller. */
export async function buildInto(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
): Promise<BuildReport> {
  const spill = createSpill();
  try {
    const feedFile = await readFeedFile(store);
    const index = await loadStateIndex(store);
    const input = await readInput({ options, store, spill, sources, index });
    return await writeFeed({ options, store, sources, index, feedFile, input });
  } finally {
    spill.dispose();
  }
}

/** Everything that is known before the first write. */
interface BuildInput {
  readonly packages: number;
  readonly problems: readonly Problem[];
  readonly rows: Awaited<ReturnType<typeof surveyState>>["rows"];
  readonly assets: AssetCensus;
  readonly pending: readonly PartitionNumber[];
  readonly merge: (partition: PartitionNumber) => Promise<MergedPartition>;
}

interface ReadOptions {
  readonly options: StoreBuildOptions;
  readonly store: Store;
  readonly spill: Spill;
  readonly sources: ResolvedSources;
  readonly index: StateIndex;
}

/** Reads sources and state, and lets the guards look at what would come of it. */
async function readInput({ options, store, spill, sources, index }: ReadOptions): Promise<BuildInput> {
  const { settings, signal } = options;
  const origin = originOf(options);
  const facts = await readFactsFiles(sources.patterns.map(({ folder }) => folder));
  const assets = createAssetCensus();
  const witness = createFactsWitness(facts.byHand);
  const scan = await scanSources(sources, (done) => options.onProgress?.({ phase: "scan", done }));
  const survey = await surveyState({
    store,
    origin,
    files: scan.files,
    facts,
    index,
    settings: await idSettingsDigest(settings, digest),
    isIndexCurrent: index.settings === (await feedSettingsDigest(settings, digest)),
    recentIds: settings.staticSearch,
    onPartition: (partition, ids) => {
      witness.see(ids);
      assets.count(partition, ids);
    },
  });
  const found = await inspectSources(survey.toRead, spill, {
    root: sources.root,
    onRead: counter(options, "inspect", survey.toRead.length),
    ...(signal && { signal }),
  });
  const merge = async (partition: PartitionNumber): Promise<MergedPartition> => {
    const { ids } = await loadPartition(store, partition, digest);
    const items = spill.read(partition);
    return await mergePartition(ids, {
      origin,
      items,
      gone: survey.gone.get(partition) ?? [],
      facts: facts.files,
      digest,
    });
  };
  const pending = PARTITIONS.filter((partition) => survey.needWork.has(partition) || spill.has(partition));
  const outlook = await lookAhead(pending, merge, witness.see);
  const unknown = await witness.problems(async () => await idNames(store, pending, merge));
  const problems = [...scan.problems, ...facts.problems, ...found, ...unknown];
  guardInput({ ...outlook, problems, packages: scan.files.length, known: survey.known }, options);
  return { packages: scan.files.length, problems, rows: survey.rows, assets, pending, merge };
}

interface WriteOptions {
  readonly options: StoreBuildOptions;
  readonly store: Store;
  readonly sources: ResolvedSources;
  readonly index: StateIndex;
  readonly feedFile: FeedFile | undefined;
  readonly input: BuildInput;
}

async function writeFeed({
  options,
  store,
  sources,
  index,
  feedFile,
  input,
}: WriteOptions): Promise<BuildReport> {
  const { settings, signal } = options;
  const dryRun = options.dryRun === true;
  const changes = createChangeLog(dryRun);
  const context = {
    store,
    settings,
    settingsDigest: await idSettingsDigest(settings, digest),
    digest,
    openContent: contentOpener(sources.root, originOf(options), store),
    concurrency: CONCURRENCY,
    isVacant: await isVacant(store),
    dryRun,
    onChange: changes.add,
    ...(signal && { signal }),
  };
  if (!dryRun) await saveFeedFile(store, options, feedFile);
  const { rows, outputs } = await publishFeed(context, {
    ...input,
    index,
    onProgress: (step) => options.onProgress?.(step),
  });
  const counts = changes.counts();
  const files = sum(rows, "outputs") + Object.keys(outputs).length + input.assets.total();
  return {
    packages: input.packages,
    versions: sum(rows, "versions"),
    ids: sum(rows, "ids"),
    undated: sum(rows, "undated"),
    ...counts,
    kept: files - counts.created - counts.replaced,
    problems: input.problems,
  };
}

function sum(rows: readonly PartitionRow[], key: "outputs" | "versions" | "ids" | "undated"): number {
  return rows.reduce((total, row) => total + row[key], 0);
}

function originOf({ sourceName }: StoreBuildOptions): OriginName {
  return `folder:${sourceName ?? "packages"}`;
}

/** Written first: it says that what lies in this folder is ours. */
async function saveFeedFile(
  store: Store,
  { settings }: StoreBuildOptions,
  before: FeedFile | undefined,
): Promise<void> {
  if (before !== undefined && JSON.stringify(before.settings) === JSON.stringify(settings)) return;
  await store.put(FEED_FILE, encodeFeedFile(settings), { contentType: "application/json" });
}

function counter({ onProgress }: StoreBuildOptions, phase: BuildPhase, total: number): () => void {
  let done = 0;
  return () => onProgress?.({ phase, done: ++done, total });
}

/** All ids of the feed as written, to find the one that a misspelt name may mean. */
async function idNames(
  store: Store,
  pending: readonly PartitionNumber[],
  merge: BuildInput["merge"],
): Promise<string[]> {
  const names = new Map<string, string>();
  for (const partition of PARTITIONS) {
    const { ids } = pending.includes(partition)
      ? await merge(partition)
      : await loadPartition(store, partition, digest);
    for (const { records } of ids.values()) for (const { id } of records) names.set(lowerId(id), id);
  }
  return [...names.values()];
}
