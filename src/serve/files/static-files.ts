/**
 * From a request to a file of the feed: files by their path, `index.html` for folders.
 */
import { feedUrl } from "../../feed/urls.js";
import type { Store } from "../../store/store.js";
import type { KeepAlive } from "../http/request-origin.js";
import { findBaseUrls, type StaticOptions } from "./base-urls.js";
import { isCompressible, mediaType } from "./media-type.js";
import { answerNotFound } from "./not-found.js";
import { findPageAddress } from "./page-address.js";
import { isPackageContent } from "./path-kind.js";
import { indexPage, parseRequestPath, type RequestedPath } from "./request-path.js";
import { answerFile } from "./static-file.js";

/** Keeps answers that never change. */
export interface ContentCache {
  match(request: Request): Promise<Response | undefined>;
  /** Takes a copy. */
  keep(request: Request, response: Response): Promise<void>;
}

export interface KeptAnswers {
  readonly cache: ContentCache;
  readonly keepAlive: KeepAlive;
}

/**
 * Answers GET and HEAD.
 *
 * @param kept is asked for whole files that came out of packages, and for nothing else
 */
export async function answerRequest(
  store: Store,
  request: Request,
  options: StaticOptions,
  kept?: KeptAnswers,
): Promise<Response> {
  if (kept === undefined || !mayBeKept(request, options))
    return await answerUncached(store, request, options);
  const known = await kept.cache.match(request);
  if (known !== undefined) return known;
  const response = await answerUncached(store, request, options);
  if (response.status === 200) kept.keepAlive(kept.cache.keep(request, response));
  return response;
}

function mayBeKept({ method, url, headers }: Request, { mountPath = "/" }: StaticOptions): boolean {
  const path = parseRequestPath(new URL(url).pathname, mountPath)?.path ?? "";
  const isWhole = !headers.has("Range") && !headers.has("If-None-Match");
  // What is sent compressed to some is not the same for all.
  return method === "GET" && isWhole && isPackageContent(path) && !isCompressible(mediaType(path));
}

async function answerUncached(store: Store, request: Request, options: StaticOptions): Promise<Response> {
  const url = new URL(request.url);
  const { mountPath = "/" } = options;
  const requested = parseRequestPath(url.pathname, mountPath);
  if (requested === undefined) return answerNotFound(store, request, options);
  const baseUrls = await findBaseUrls(url, options);
  const { contentMayChange = false } = options;
  for (const path of candidates(requested)) {
    const asked = { request, path, contentMayChange, ...(baseUrls && { baseUrls }) };
    const response = await answerFile(store, asked);
    if (response !== undefined) return response;
  }
  const address = await findPageAddress(store, requested);
  if (address === undefined) return answerNotFound(store, request, options);
  // Behind a proxy the path that clients ask for may be another.
  return redirect(feedUrl(options.publicUrl ?? mountPath, address), url.search);
}

/** Paket adds a slash to the address of the search resource, so a file may be asked for like a folder. */
function candidates({ path, isFolder }: RequestedPath): readonly string[] {
  if (!isFolder) return path === "" ? [] : [path];
  return path === "" ? [indexPage(path)] : [indexPage(path), path];
}

/** Relative addresses in a page count from its folder, so it must be asked for with its slash. */
function redirect(address: string, search: string): Response {
  const location = address.replace(/[?#]/g, encodeURIComponent);
  return new Response(null, {
    status: 301,
    headers: { Location: location + search, "Cache-Control": "no-cache" },
  });
}
