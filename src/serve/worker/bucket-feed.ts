/**
 * The feed of a bucket: how it is begun, changed, and brought up to date by the clock.
 */
import { objectAuditLog } from "../../publish/audit.js";
import type { PushContext } from "../../publish/push/context.js";
import { createFeed } from "../../publish/scheduled/create-feed.js";
import { runScheduled, type ScheduledReport } from "../../publish/scheduled/run.js";
import { decodeFeedFile, encodeFeedFile } from "../../state/feed-file.js";
import type { IdState } from "../../state/id-state.js";
import { FEED_FILE } from "../../state/layout.js";
import type { Store } from "../../store/store.js";
import { DEFAULT_STALL, type Publishing } from "../publishing/publishing.js";
import { createPushContext, wait } from "../publishing/push-context.js";
import { withBulkLock } from "./bulk-lock.js";
import type { WorkerSettings } from "./environment.js";
import { createHash, digest } from "./hash.js";
import { createIsolateLimit } from "./isolate-limit.js";

/** A request of a worker has six connections, and what is streamed from one object to another takes two. */
const CONCURRENCY = 3;

/** An isolate has 128 MB of memory, and a push holds a part of 8 MiB. */
const PARALLEL = { parallel: 4, waiting: 100 };

/** Readers that follow a link from a document of before are there by then. */
const GRACE = 10 * 60_000;

export interface BucketFeed {
  readonly publishing: Publishing;
  /** The scheduled run; `undefined` where another bulk command is under way. */
  readonly runScheduled: () => Promise<ScheduledReport | undefined>;
}

export interface BucketFeedOptions {
  readonly settings: WorkerSettings;
  readonly onChanged: (state: IdState) => void;
}

export function openBucketFeed(store: Store, { settings, onChanged }: BucketFeedOptions): BucketFeed {
  const contextOf = async (store: Store): Promise<PushContext> =>
    await createPushContext(store, {
      settings: settings.feed,
      overwrite: settings.overwrite,
      digest,
      createHash,
      concurrency: CONCURRENCY,
      isShared: true,
    });
  let isBegun = false;
  const begin = async (): Promise<void> => {
    if (isBegun) return;
    const standing = await store.read(FEED_FILE);
    // A state of a newer format must not be touched: a worker may be put back to an older version.
    if (standing !== undefined) decodeFeedFile(standing.bytes);
    // While another isolate begins it nobody waits: pushes need nothing of it. Should that one die, the next push looks again.
    isBegun =
      standing !== undefined ||
      (await withBulkLock(store, async (locked) => void (await createFeed(await contextOf(locked)))));
  };
  return {
    publishing: {
      context: async () => {
        await begin();
        return await contextOf(store);
      },
      run: async (change) => await change(),
      onChanged,
      audit: objectAuditLog(store, () => crypto.randomUUID()),
      deletion: settings.deletion,
      limit: createIsolateLimit({ ...PARALLEL, now: () => Date.now(), random: Math.random, wait }),
      largestBody: settings.largestBody,
      stall: DEFAULT_STALL,
      isOpenWithoutKeys: false,
    },
    runScheduled: async () => {
      let report: ScheduledReport | undefined;
      await withBulkLock(store, async (locked) => {
        const context = await contextOf(locked);
        if (!(await createFeed(context))) await adoptSettings(context);
        report = await runScheduled(context, { grace: GRACE });
      });
      return report;
    },
  };
}

/** Variables that changed since the last run: everything is made again with them. */
async function adoptSettings({ store, settings }: PushContext): Promise<void> {
  const standing = await store.read(FEED_FILE);
  if (standing === undefined) return;
  // A state of a newer format must not be touched.
  const recorded = decodeFeedFile(standing.bytes);
  if (JSON.stringify(recorded.settings) === JSON.stringify(settings)) return;
  const condition = { ifMatch: standing.etag };
  await store.put(FEED_FILE, encodeFeedFile(settings), { condition, contentType: "application/json" });
}
