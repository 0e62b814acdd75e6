/**
 * The build: a folder of packages becomes a feed. Everything is read and looked at first; then it is written, one
 * partition at a time.
 */
import { loadStateIndex } from "../publish/state-index-store.js";
import { encodeFeedFile, type FeedFile } from "../state/feed-file.js";
import { FEED_FILE } from "../state/layout.js";
import { openFolder } from "../store/fs.js";
import type { Store } from "../store/store.js";
import { readFactsFiles } from "./facts-files.js";
import type { BuildOptions, BuildReport, StoreBuildOptions } from "./options.js";
import { assertApart, isVacant, readFeedFile } from "./output-folder.js";
import { readInput } from "./read-input.js";
import { type ResolvedSources, resolveSources } from "./scan.js";
import { createSpill } from "./spill.js";
import { type BuildWork, runInPlace, type TaskRunner } from "./task-runner.js";
import { createTasks, type TaskSetup } from "./tasks.js";
import { startThreads, threadCount } from "./thread-pool.js";
import { writeFeed } from "./write-feed.js";

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
  const store = openFolder(options.output);
  return await buildWith(store, sources, options, (setup, work) => {
    const threads = threadCount(options, work);
    if (threads === 0) return runInPlace(createTasks(store, setup));
    return startThreads(threads, { setup, output: options.output });
  });
}

/** The same for any store, in place; that it lies apart from the sources is up to the caller. */
export async function buildInto(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
): Promise<BuildReport> {
  return await buildWith(store, sources, options, (setup) => runInPlace(createTasks(store, setup)));
}

async function buildWith(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
  startRunner: (setup: TaskSetup, work: BuildWork) => TaskRunner,
): Promise<BuildReport> {
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
  const start = (work: BuildWork): TaskRunner => (runner = startRunner(setup, work));
  try {
    const input = await readInput({ options, store, setup, spill, startRunner: start }, sources, index);
    if (!setup.dryRun) await saveFeedFile(store, options, feedFile);
    return await writeFeed({ options, store, setup }, input, index);
  } finally {
    await runner?.close();
    spill.dispose();
  }
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
