/**
 * The build: a folder of packages becomes a feed. Everything is read and looked at first; then it is written, one
 * partition at a time.
 */
import { openFolder } from "../store/fs.js";
import type { Store } from "../store/store.js";
import { type BuildThreads, createBuildThreads, noThreads } from "./build-threads.js";
import {
  createLockUntil,
  type HeldLock,
  type LockUntil,
  type LockUse,
  lockedStore,
  takeLock,
} from "./lock.js";
import type { BuildOptions, BuildReport, StoreBuildOptions } from "./options.js";
import { assertApart } from "./output-folder.js";
import { prepareBuild } from "./prepare.js";
import { type ResolvedSources, resolveSources } from "./scan.js";

/**
 * Builds the feed of the sources into the output folder, writing only what differs from what is there.
 *
 * @throws RefusedBuildError when the input must not become a feed; nothing was written then
 * @throws FeedError for wrong options, a damaged state, another writer, and failures of the output; the feed that was
 * there before is still whole then
 */
export async function build(options: BuildOptions): Promise<BuildReport> {
  return await buildFolder(options, undefined);
}

/** The same for who holds the lock of the output. */
export async function buildUnderLock(options: BuildOptions, held: LockUse): Promise<BuildReport> {
  return await buildFolder(options, held);
}

async function buildFolder(options: BuildOptions, held: LockUse | undefined): Promise<BuildReport> {
  const sources = await resolveSources(options.sources);
  await assertApart(
    options.output,
    sources.patterns.filter(({ isDeep }) => isDeep).map(({ folder }) => folder),
  );
  const createThreads: CreateThreads = (until) => createBuildThreads(options, until);
  return await buildWith(openFolder(options.output), sources, options, createThreads, held);
}

type CreateThreads = (until: LockUntil) => BuildThreads;

/** The same for any store, in place; that it lies apart from the sources is up to the caller. */
export async function buildInto(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
): Promise<BuildReport> {
  return await buildWith(store, sources, options, () => noThreads);
}

/**
 * Reads first and takes the lock only when there is something to write. Where somebody else wrote in between, everything
 * is read again, now under the lock.
 */
async function buildWith(
  store: Store,
  sources: ResolvedSources,
  options: StoreBuildOptions,
  createThreads: CreateThreads,
  held?: LockUse,
): Promise<BuildReport> {
  const until = held?.until ?? createLockUntil();
  let lock: HeldLock | undefined;
  const locked = lockedStore(store, held ?? { until, renew: async () => await lock?.renew() });
  try {
    for (;;) {
      const run = await prepareBuild(locked, sources, options, createThreads(until));
      try {
        if (!run.needsWrites) return await run.write();
        const isFirst = lock === undefined && held === undefined;
        if (held === undefined) lock ??= await takeLock(store, until, options);
        if (isFirst && !(await run.isCurrent())) continue;
        const report = await run.write();
        await lock?.assertHeld();
        return report;
      } finally {
        await run.close();
      }
    }
  } finally {
    await lock?.release();
  }
}
