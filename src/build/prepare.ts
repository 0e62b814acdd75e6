/**
 * One reading of sources and state, and the build that follows from it.
 */
import { needsFold } from "../publish/fold.js";
import { partitionEtags } from "../publish/partition-store.js";
import { recoverStateIndex } from "../publish/recover/recover-index.js";
import { encodeFeedFile, type FeedFile, feedSettingsDigest } from "../state/feed-file.js";
import { FEED_FILE } from "../state/layout.js";
import type { StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";
import type { BuildThreads } from "./build-threads.js";
import { readFactsFiles } from "./facts-files.js";
import { rememberFiles } from "./known-files.js";
import { createStateMender } from "./mend-state.js";
import { mendedStore } from "./mended-store.js";
import { createHash, digest } from "./node-hash.js";
import type { BuildReport, StoreBuildOptions } from "./options.js";
import { isVacant, recoverFeedFile, refuseOwnPages } from "./output-folder.js";
import { type BuildInput, readInput } from "./read-input.js";
import type { ResolvedSources } from "./scan.js";
import { createSpill } from "./spill.js";
import { type BuildWork, runInPlace, type TaskRunner } from "./task-runner.js";
import { createTasks, type TaskSetup } from "./tasks.js";
import { writeFeed } from "./write-feed.js";

export interface PreparedBuild {
  readonly needsWrites: boolean;
  /** Whether nobody wrote to the state since it was read. */
  readonly isCurrent: () => Promise<boolean>;
  readonly write: () => Promise<BuildReport>;
  readonly close: () => Promise<void>;
}

/**
 * @param threads are closed with what is returned
 * @throws FeedError when the guards refuse the input, or the output is no feed of ours
 */
export async function prepareBuild(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
  threads: BuildThreads,
): Promise<PreparedBuild> {
  const { file: feedFile, damage: feedDamage } = await recoverFeedFile(store);
  const { index, damage: indexDamage } = await recoverStateIndex(store);
  const baseUrl = (feedFile ?? options).settings.baseUrl;
  const mender = await createStateMender(
    { store, baseUrl, createHash, digest, ...(options.signal && { signal: options.signal }) },
    [feedDamage, indexDamage].filter((damage) => damage !== undefined),
  );
  await refuseOwnPages(store, options.settings, index);
  const setup: TaskSetup = {
    root: sources.root,
    origin: `folder:${options.sourceName ?? "packages"}`,
    settings: options.settings,
    facts: await readFactsFiles(sources.patterns.map(({ folder }) => folder)),
    isVacant: await isVacant(store),
    dryRun: options.dryRun === true,
    mended: [],
  };
  const spill = createSpill();
  const close = async (): Promise<void> => {
    await threads.close();
    spill.dispose();
  };
  const startRunner = (work: BuildWork): TaskRunner => {
    const mended = { ...setup, mended: mender.partitions() };
    return threads.setUp(mended, work) ?? runInPlace(createTasks(store, mended));
  };
  try {
    const context = { options, store, setup, spill, mender, startRunner, expectWork: threads.expect };
    const input = await readInput(context, sources, index);
    const isSameFile = feedFile !== undefined && isEqual(feedFile, options);
    const needsWrites = !setup.dryRun && (!isSameFile || (await hasWork(input, index, options)));
    return {
      needsWrites,
      isCurrent: async () => await holdsEtags(store, input.etags),
      write: async () => {
        if (!setup.dryRun) await mender.setAside();
        if (!setup.dryRun && !isSameFile) await saveFeedFile(store, options);
        const view = mendedStore(store, mender.partitions());
        const { report, sources } = await writeFeed({ options, store: view, setup }, input, index);
        if (needsWrites) await rememberFiles(store, setup.origin, input.circumstances, sources);
        return report;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function hasWork(
  input: BuildInput,
  index: StateIndex,
  { settings }: StoreBuildOptions,
): Promise<boolean> {
  if (input.pending.length > 0 || index.obsolete !== undefined) return true;
  return needsFold(index, [...input.rows.values()], await feedSettingsDigest(settings, digest));
}

async function holdsEtags(store: Store, etags: BuildInput["etags"]): Promise<boolean> {
  const now = await partitionEtags(store);
  return now.size === etags.size && [...now].every(([path, etag]) => etags.get(path) === etag);
}

function isEqual({ settings }: FeedFile, options: StoreBuildOptions): boolean {
  return JSON.stringify(settings) === JSON.stringify(options.settings);
}

/** Written first: it says that what lies in this folder is ours. */
async function saveFeedFile(store: Store, { settings }: StoreBuildOptions): Promise<void> {
  await store.put(FEED_FILE, encodeFeedFile(settings), { contentType: "application/json" });
}
