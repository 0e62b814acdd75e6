/**
 * What publishing from files on this machine has in common, whichever command does it.
 */
import type { FeedSettings } from "../feed/settings.js";
import type { PublishContext } from "../publish/context.js";
import { idSettingsDigest } from "../state/feed-file.js";
import type { OriginFile, StoredRecord } from "../state/id-state.js";
import type { Store } from "../store/store.js";
import { digest } from "./node-hash.js";
import { contentOpener } from "./package-content.js";

/** Writes under way at once. */
const CONCURRENCY = 16;

/** What differs from command to command. */
export interface Publishing extends Pick<PublishContext, "isVacant" | "dryRun" | "onChange" | "signal"> {
  readonly settings: FeedSettings;
  /** The file of a record, absolute; `undefined` when only the feed holds it. */
  readonly locate: (record: StoredRecord) => OriginFile | undefined;
}

export async function createPublishContext(
  store: Store,
  { locate, ...publishing }: Publishing,
): Promise<PublishContext> {
  return {
    ...publishing,
    store,
    settingsDigest: await idSettingsDigest(publishing.settings, digest),
    digest,
    openContent: contentOpener(store, locate),
    concurrency: CONCURRENCY,
  };
}
