/**
 * One reading of sources and state, and the build that follows from it.
 */
import { needsFold } from "../publish/fold.js";
import { loadStateIndex } from "../publish/state-index-store.js";
import { encodeFeedFile, type FeedFile, feedSettingsDigest } from "../state/feed-file.js";
import { FEED_FILE } from "../state/layout.js";
import type { StateIndex } from "../state/state-index.js";
import type { Store } from "../store/store.js";
import { readFactsFiles } from "./facts-files.js";
import { digest } from "./node-hash.js";
import type { BuildReport, StoreBuildOptions } from "./options.js";
import { isVacant, readFeedFile } from "./output-folder.js";
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

/** Starts threads for this much work; `undefined` when they are not worth it. */
export type StartRunner = (setup: TaskSetup, work: BuildWork) => TaskRunner | undefined;

/** @throws FeedError when the guards refuse the input, or the output is no feed of ours */
export async function prepareBuild(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
  startRunner: StartRunner,
): Promise<PreparedBuild> {
  const feedFile = await readFeedFile(store);
  const index = await loadStateIndex(store);
  const setup: TaskSetup = {
    root: sources.root,
    origin: `folder:${options.sourceName ?? "packages"}`,
    settings: options.settings,
    facts: await readFactsFiles(sources.patterns.map(({ folder }) => folder)),
    isVacant: await isVacant(store),
    dryRun: options.dryRun === true,
  };
  const spill = createSpill();
  let runner: TaskRunner | undefined;
  const close = async (): Promise<void> => {
    await runner?.close();
    spill.dispose();
  };
  const start = (work: BuildWork): TaskRunner =>
    (runner = startRunner(setup, work) ?? runInPlace(createTasks(store, setup)));
  try {
    const input = await readInput({ options, store, setup, spill, startRunner: start }, sources, index);
    const isSameFile = feedFile !== undefined && isEqual(feedFile, options);
    return {
      needsWrites: !setup.dryRun && (!isSameFile || (await hasWork(input, index, options))),
      isCurrent: async () => await holdsEtags(store, input.etags),
      write: async () => {
        if (!setup.dryRun && !isSameFile) await saveFeedFile(store, options);
        return await writeFeed({ options, store, setup }, input, index);
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
  let found = 0;
  for await (const { path, etag } of store.list("feed-state/packages/")) {
    if (etags.get(path) !== etag) return false;
    found++;
  }
  return found === etags.size;
}

function isEqual({ settings }: FeedFile, options: StoreBuildOptions): boolean {
  return JSON.stringify(settings) === JSON.stringify(options.settings);
}

/** Written first: it says that what lies in this folder is ours. */
async function saveFeedFile(store: Store, { settings }: StoreBuildOptions): Promise<void> {
  await store.put(FEED_FILE, encodeFeedFile(settings), { contentType: "application/json" });
}
