/**
 * Begins a feed where there is none: an empty store is an empty feed.
 */
import { FeedError } from "../../errors.js";
import type { Digest } from "../../feed/digest.js";
import { SERVICE_INDEX } from "../../feed/urls.js";
import { encodeFeedFile, feedSettingsDigest } from "../../state/feed-file.js";
import { FEED_FILE, STATE_INDEX } from "../../state/layout.js";
import { decodeStateIndex } from "../../state/state-index.js";
import type { Store } from "../../store/store.js";
import { hasPartitions } from "../partition-store.js";
import type { PushContext } from "../push/context.js";
import { runScheduled } from "./run.js";

/**
 * Begins a feed where there is none. Of one that is there, and of which only the note of its settings is lost, that is made
 * again.
 *
 * @returns whether it began one
 * @throws FeedError `foreign-feed` when a feed is there that nupress has no state of, or one of other settings
 */
export async function createFeed(context: PushContext): Promise<boolean> {
  const { store, settings } = context;
  if ((await store.stat(FEED_FILE)) !== undefined) return false;
  const isThere = (await store.stat(SERVICE_INDEX)) !== undefined;
  if (isThere) await assertOwn(context);
  const condition = { ifAbsent: true } as const;
  const body = encodeFeedFile(settings);
  await store.put(FEED_FILE, body, { condition, contentType: "application/json" });
  if (!isThere) await runScheduled(context, { grace: 0 });
  return !isThere;
}

/** The index of the state knows the settings by a digest, in which the feed's address is: those of another feed differ. */
async function assertOwn({ store, settings, digest }: PushContext): Promise<void> {
  const index = await store.read(STATE_INDEX);
  if (index === undefined && !(await hasPartitions(store))) throw foreignFeed(store);
  const recorded = index && recordedSettings(index.bytes);
  if (recorded === undefined) throw lostSettings(store, "does not tell its settings");
  const isSame = recorded === (await feedSettingsDigest(settings, digest));
  if (!isSame) throw lostSettings(store, "was made with other settings");
}

/** Absent while documents of the whole feed are not finished. */
function recordedSettings(bytes: Uint8Array): Digest | undefined {
  try {
    return decodeStateIndex(bytes).settings;
  } catch (error) {
    if (error instanceof FeedError && error.code === "state-corrupt") return undefined;
    throw error;
  }
}

function foreignFeed({ name }: Store): FeedError {
  return new FeedError(
    "foreign-feed",
    `Cannot publish into "${name}": a feed is there that nupress has no state of ("${FEED_FILE}" is missing)`,
    { hint: "choose an empty place, restore feed-state, or delete the feed that is there" },
  );
}

function lostSettings({ name }: Store, reason: string): FeedError {
  return new FeedError(
    "foreign-feed",
    `Cannot publish into "${name}": "${FEED_FILE}" is missing, and the rest of its state ${reason}`,
    {
      hint:
        "put the file back from a backup, or repair the feed, of a bucket a copy, by nupress verify --repair; with the " +
        "settings and the version of nupress with which the feed was last written the server makes the file again by itself",
    },
  );
}
