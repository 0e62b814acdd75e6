/**
 * The address for which a feed was built, as its state tells.
 */
import { decodeFeedFile } from "../state/feed-file.js";
import { FEED_FILE } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";

/**
 * Makes a function that reads the address again whenever the state has changed, so that a feed may be built anew while
 * it is shown. It answers `undefined` where there is no feed.
 */
export function recordedBaseUrl(store: Store): () => Promise<string | undefined> {
  let known: { readonly etag: Etag; readonly baseUrl: string } | undefined;
  return async () => {
    const info = await store.stat(FEED_FILE);
    if (info?.etag === known?.etag) return known?.baseUrl;
    const object = await store.read(FEED_FILE);
    known = object && { etag: object.etag, baseUrl: decodeFeedFile(object.bytes).settings.baseUrl };
    return known?.baseUrl;
  };
}
