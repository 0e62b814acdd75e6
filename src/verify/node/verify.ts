/**
 * Verifies the feed in a folder, with threads where they are worth it, and repairs it under its lock.
 */
import { availableParallelism } from "node:os";
import { letSignalsIn } from "../../build/let-signals-in.js";
import { startThreads } from "../../build/thread-pool.js";
import { LOCK_FILE, PARTITIONS, partitionPath } from "../../state/layout.js";
import { openFolder } from "../../store/fs.js";
import type { Store } from "../../store/store.js";
import type { VerifyContext } from "../context.js";
import { type FeedReader, storeReader } from "../feed-reader.js";
import { findingKey, sortedFindings, type VerifyReport } from "../report.js";
import { type PartitionRunner, runInPlace } from "../runner.js";
import { type Verification, verifyFeed } from "../verify.js";
import { folderReader } from "./folder-reader.js";
import type { StoreVerifyOptions, VerifyOptions } from "./options.js";
import { repairUnderLock } from "./repair.js";
import { type VerifyTaskTypes, type VerifyThreadSetup, verifyContext } from "./tasks.js";

/** Below this many bytes of state, starting threads takes longer than they save; about 600 versions. */
const WORTH_THREADS = 1024 * 1024;
/** More threads than this only wait for the disk. */
const MOST_THREADS = 8;

/**
 * Checks a feed as a stranger would and against its own state: every document, link, package and search entry, and
 * whether anything lies around that belongs to nothing.
 *
 * @throws FeedError `feed-missing` when there is no feed, `state-newer` when a later version of nupress wrote it, and
 * for a repair `locked` and failures of the store
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const { folder, signal } = options;
  const reader = folderReader(folder);
  const context = verifyContext(reader, signal);
  const threads = options.threads ?? (await threadCount(reader));
  if (threads === 0) return await verifyWith(openFolder(folder), context, runBlocking(context), options);
  const setup: VerifyThreadSetup = { folder };
  const started = startThreads(threads, new URL("./verify-worker.js", import.meta.url));
  try {
    const pool = started.setUp<VerifyTaskTypes>(setup);
    const runner: PartitionRunner = {
      width: pool.width,
      run: async (check) => await pool.run("check", check),
    };
    return await verifyWith(openFolder(folder), context, runner, options);
  } finally {
    await started.close();
  }
}

/** The same for a feed in any store, in place. */
export async function verifyStore(store: Store, options: StoreVerifyOptions = {}): Promise<VerifyReport> {
  const context = verifyContext(storeReader(store), options.signal);
  return await verifyWith(store, context, runInPlace(context), options);
}

/** Reads of a folder block. */
function runBlocking(context: VerifyContext): PartitionRunner {
  const runner = runInPlace(context);
  return {
    ...runner,
    run: async (check) => {
      await letSignalsIn();
      return await runner.run(check);
    },
  };
}

async function threadCount(reader: FeedReader): Promise<number> {
  let bytes = 0;
  for (const partition of PARTITIONS) bytes += (await reader.size(partitionPath(partition))) ?? 0;
  return bytes < WORTH_THREADS ? 0 : Math.min(availableParallelism(), MOST_THREADS);
}

async function verifyWith(
  store: Store,
  context: VerifyContext,
  runner: PartitionRunner,
  options: StoreVerifyOptions,
): Promise<VerifyReport> {
  const { onProgress, signal } = options;
  const plan = { isQuick: options.quick === true, runner, ...(onProgress && { onProgress }) };
  const look = async (): Promise<Verification> => {
    const found = await verifyFeed(context, plan);
    // One that came while threads worked may not have been heard yet.
    await letSignalsIn();
    signal?.throwIfAborted();
    return found;
  };
  if (options.repair !== true) return await report(context, await look());
  const { before, after } = await repairUnderLock(store, context, options, look);
  const left = new Set(after.findings.map(findingKey));
  const repaired = before.findings.filter((finding) => !left.has(findingKey(finding)));
  return { ...(await report(context, after)), repaired: sortedFindings(repaired) };
}

async function report(
  { reader }: VerifyContext,
  { findings, counts, setAside }: Verification,
): Promise<VerifyReport> {
  return {
    findings: sortedFindings(findings),
    counts,
    setAside,
    isLocked: (await reader.size(LOCK_FILE)) !== undefined,
  };
}
