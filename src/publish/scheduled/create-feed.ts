/**
 * Begins a feed where there is none: an empty store is an empty feed.
 */
import { FeedError } from "../../errors.js";
import { SERVICE_INDEX } from "../../feed/urls.js";
import { encodeFeedFile } from "../../state/feed-file.js";
import { FEED_FILE } from "../../state/layout.js";
import type { PushContext } from "../push/context.js";
import { runScheduled } from "./run.js";

/**
 * @returns whether there was none
 * @throws FeedError `foreign-feed` when a feed is there that nupress has no state of
 */
export async function createFeed(context: PushContext): Promise<boolean> {
  const { store, settings } = context;
  if ((await store.stat(FEED_FILE)) !== undefined) return false;
  if ((await store.stat(SERVICE_INDEX)) !== undefined) throw foreignFeed(store.name);
  const condition = { ifAbsent: true } as const;
  const body = encodeFeedFile(settings);
  await store.put(FEED_FILE, body, { condition, contentType: "application/json" });
  await runScheduled(context, { grace: 0 });
  return true;
}

function foreignFeed(name: string): FeedError {
  return new FeedError(
    "foreign-feed",
    `Cannot publish into "${name}": a feed is there that nupress has no state of ("${FEED_FILE}" is missing)`,
    { hint: "choose an empty place, restore feed-state, or delete the feed that is there" },
  );
}
