/**
 * Begins a feed where there is none: an empty store is an empty feed.
 */
import { FeedError } from "../../errors.js";
import { SERVICE_INDEX } from "../../feed/urls.js";
import { encodeFeedFile, feedSettingsDigest } from "../../state/feed-file.js";
import { FEED_FILE } from "../../state/layout.js";
import type { Store } from "../../store/store.js";
import type { PushContext } from "../push/context.js";
import { recoverStateIndex } from "../recover/recover-index.js";
import { runScheduled } from "./run.js";

/**
 * Where a feed is there of which only the note of its settings is lost, that is made again.
 *
 * @returns whether there was none
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
  const { index } = await recoverStateIndex(store);
  if (index.settings === undefined) throw foreignFeed(store);
  if (index.settings !== (await feedSettingsDigest(settings, digest))) throw otherSettings(store);
}

function foreignFeed({ name }: Store): FeedError {
  return new FeedError(
    "foreign-feed",
    `Cannot publish into "${name}": a feed is there that nupress has no state of ("${FEED_FILE}" is missing)`,
    { hint: "choose an empty place, restore feed-state, or delete the feed that is there" },
  );
}

function otherSettings({ name }: Store): FeedError {
  return new FeedError(
    "foreign-feed",
    `Cannot publish into "${name}": "${FEED_FILE}" is missing, and the rest of its state was made with other settings`,
    {
      hint:
        "put the file back from a backup, or give the server the settings, and the version of nupress, with which this " +
        "feed was last written: it makes the file again by itself then, and may get others afterwards",
    },
  );
}
