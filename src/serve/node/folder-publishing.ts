/**
 * Publishing into a folder: this process holds its lock for as long as it runs, so that it alone writes, and does by itself
 * what single changes leave to a bulk command.
 */
import { createLockUntil, type LockUse, lockedStore, takeLock } from "../../build/lock.js";
import { createHash, digest } from "../../build/node-hash.js";
import { assertStorable } from "../../build/read-package.js";
import { FeedError } from "../../errors.js";
import type { FeedSettings } from "../../feed/settings.js";
import { hourlyAuditLog } from "../../publish/audit.js";
import type { OverwritePolicy, PushContext } from "../../publish/push/context.js";
import { createFeed } from "../../publish/scheduled/create-feed.js";
import { runScheduled, type ScheduledOptions } from "../../publish/scheduled/run.js";
import type { IdState } from "../../state/id-state.js";
import { FEED_FILE, partitionOf } from "../../state/layout.js";
import type { Store } from "../../store/store.js";
import {
  DEFAULT_LARGEST_BODY,
  DEFAULT_PARALLEL,
  DEFAULT_STALL,
  type Deletion,
  type Publishing,
} from "../publishing/publishing.js";
import { createPushContext } from "../publishing/push-context.js";
import { createPushLimit } from "../publishing/push-limit.js";
import { recordedSettings } from "../recorded-settings.js";
import { createSchedule } from "./schedule.js";
import { createTurns, type Turns } from "./turns.js";

export interface PublishSettings {
  /** Default `never`. */
  readonly overwrite?: OverwritePolicy;
  /** Default `unlist`. */
  readonly deletion?: Deletion;
  /** Bytes of a whole push; default 250 MiB. */
  readonly largestBody?: number;
  /** With which a feed begins where there is none. */
  readonly newFeed?: FeedSettings;
}

export interface FolderPublishingOptions extends PublishSettings {
  /** How long to wait for another writer of the folder, in seconds; default not at all. */
  readonly lockTimeout?: number;
  readonly isOpenWithoutKeys: boolean;
  readonly onChanged: (state: IdState) => void;
  readonly onError: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

export interface FolderPublishing {
  readonly publishing: Publishing;
  /** Rejects once the lock was lost to somebody else: nothing more is written then. */
  readonly assertHeld: () => Promise<void>;
  /** For other bulk commands on the same folder. */
  readonly turns: Turns;
  /** For whoever writes beside pushes, in a turn of their own. */
  readonly lock: LockUse;
  /** Lets changes under way end, does what they left, and gives the lock back. */
  readonly close: () => Promise<void>;
}

/** Writes of one change under way at once. */
const CONCURRENCY = 16;

/**
 * Takes the lock, begins a feed where there is none, and finishes what a process that died has left.
 *
 * @throws FeedError `locked` when somebody else writes to the folder, `feed-missing`, `foreign-feed`, `state-corrupt`
 */
export async function openFolderPublishing(
  store: Store,
  options: FolderPublishingOptions,
): Promise<FolderPublishing> {
  const until = createLockUntil();
  const lock = await takeLock(store, until, options);
  const use: LockUse = { until, renew: lock.renew, lost: serverLockLost };
  const locked = lockedStore(store, use);
  const assertHeld = async (): Promise<void> => {
    if (!(await lock.isHeld())) throw serverLockLost(store);
  };
  try {
    const beginning = contextSource(locked, options, options.newFeed);
    const contextOfFeed = contextSource(locked, options);
    // Renewing finds out as well, but much later than somebody else may begin to write, or after the folder was replaced.
    const context = async (): Promise<PushContext> => {
      await assertHeld();
      return await contextOfFeed();
    };
    const turns = createTurns();
    const runBulk = async (times: Pick<ScheduledOptions, "longestPush"> = {}): Promise<boolean> => {
      const { problems } = await turns.alone(
        async () => await runScheduled(await context(), { grace: 0, ...times }),
      );
      for (const problem of problems) options.onError(problem);
      return problems.length === 0;
    };
    await createFeed(await beginning());
    // Nobody pushes yet: whatever lies in the staging area was left behind.
    const isDone = await runBulk({ longestPush: 0 });
    const schedule = createSchedule({ run: runBulk, onError: options.onError });
    if (!isDone) schedule.touch();
    return {
      publishing: publishingOf(options, context, turns, locked, schedule.touch),
      assertHeld,
      turns,
      lock: use,
      close: async () => {
        await schedule.close();
        await turns.alone(async () => {});
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

function publishingOf(
  {
    deletion = "unlist",
    largestBody = DEFAULT_LARGEST_BODY,
    isOpenWithoutKeys,
    onChanged,
  }: FolderPublishingOptions,
  context: () => Promise<PushContext>,
  turns: Turns,
  store: Store,
  touch: () => void,
): Publishing {
  return {
    context,
    run: async (change, id) => {
      try {
        // Two changes of one partition would only make each other try again.
        return await turns.shared(change, partitionOf(id));
      } catch (error) {
        // It may have been accepted before it failed: what is left of it is done soon.
        touch();
        throw error;
      }
    },
    onChanged: (state) => {
      onChanged(state);
      touch();
    },
    audit: hourlyAuditLog(store),
    deletion,
    limit: createPushLimit(DEFAULT_PARALLEL),
    largestBody,
    stall: DEFAULT_STALL,
    isOpenWithoutKeys,
  };
}

/**
 * The feed may be built anew with other settings while it is served.
 *
 * @param newFeed settings where there is no feed
 */
function contextSource(
  store: Store,
  { overwrite = "never" }: FolderPublishingOptions,
  newFeed?: FeedSettings,
): () => Promise<PushContext> {
  const readSettings = recordedSettings(store);
  return async () => {
    const settings = (await readSettings()) ?? newFeed;
    if (settings === undefined) throw feedGone(store);
    return await createPushContext(store, {
      settings,
      overwrite,
      digest,
      createHash,
      concurrency: CONCURRENCY,
      refuseRecord: assertStorable,
    });
  };
}

/** With other settings than those of the feed that was here, all of its documents would be made again wrongly. */
function feedGone(store: Store): FeedError {
  return new FeedError("feed-missing", `Cannot change the feed in "${store.name}": "${FEED_FILE}" is gone`, {
    hint: "put the folder back, or run nupress verify --repair",
  });
}

/** What bulk commands advise for a lost lock is of no use to who runs a server. */
function serverLockLost(store: Store): FeedError {
  return new FeedError(
    "lock-lost",
    `Cannot change the feed in "${store.name}": the lock of this server was taken away`,
    {
      hint: "it goes on showing the feed, and takes no changes; end whoever else writes there, and start it again",
    },
  );
}
