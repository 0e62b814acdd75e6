/**
 * The settings with which a feed was built, as its state tells.
 */
import type { FeedSettings } from "../feed/settings.js";
import { decodeFeedFile } from "../state/feed-file.js";
import { FEED_FILE } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";

/**
 * Makes a function that reads the settings again whenever the state has changed, so that a feed may be built anew while
 * it is shown. It answers `undefined` where there is no feed.
 */
export function recordedSettings(store: Store): () => Promise<FeedSettings | undefined> {
  let known: { readonly etag: Etag; readonly settings: FeedSettings } | undefined;
  return async () => {
    const info = await store.stat(FEED_FILE);
    if (info?.etag === known?.etag) return known?.settings;
    const object = await store.read(FEED_FILE);
    known = object && { etag: object.etag, settings: decodeFeedFile(object.bytes).settings };
    return known?.settings;
  };
}
