/**
 * Keeps files that never change in the cache of the data centre, so that they need no read of the bucket.
 */
import type { ContentCache } from "../files/static-files.js";

/** Cloudflare's addition to the web's caches. */
declare const caches: {
  readonly default: {
    match(request: Request): Promise<Response | undefined>;
    put(request: Request, response: Response): Promise<void>;
  };
};

export const contentCache: ContentCache = {
  match: async (request) => {
    const kept = await caches.default.match(keyOf(request));
    // Headers of what was kept cannot be changed.
    return kept && new Response(kept.body, kept);
  },
  // A file that could not be kept is read again the next time.
  keep: async (request, response) =>
    await caches.default.put(keyOf(request), response.clone()).catch(() => undefined),
};

/** Without headers: none of them changes what such a file holds. */
function keyOf({ url }: Request): Request {
  const { origin, pathname } = new URL(url);
  return new Request(origin + pathname);
}
