/**
 * From a request to a file of the feed: files by their path, `index.html` for folders.
 */
import { feedUrl } from "../feed/urls.js";
import type { Store } from "../store/store.js";
import { findBaseUrls, type StaticOptions } from "./base-urls.js";
import { answerNotFound } from "./not-found.js";
import { findPageAddress } from "./page-address.js";
import { indexPage, parseRequestPath, type RequestedPath } from "./request-path.js";
import { answerFile } from "./static-file.js";

/** Answers GET and HEAD. */
export async function answerRequest(
  store: Store,
  request: Request,
  options: StaticOptions,
): Promise<Response> {
  const url = new URL(request.url);
  const { mountPath = "/" } = options;
  const requested = parseRequestPath(url.pathname, mountPath);
  if (requested === undefined) return answerNotFound(store, request, options);
  const baseUrls = await findBaseUrls(url, options);
  for (const path of candidates(requested)) {
    const response = await answerFile(store, { request, path, ...(baseUrls && { baseUrls }) });
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
