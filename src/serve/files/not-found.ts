/**
 * Tells that something is not there: to programs as JSON, to browsers as the feed's own page. Always 404 and never a
 * page with 200, which clients would take for a document (protocol.md §3.2).
 */
import { NOT_FOUND_PAGE } from "../../feed/urls.js";
import type { Store } from "../../store/store.js";
import { prefersHtml } from "../http/accept.js";
import { jsonError } from "../http/json-error.js";
import { ownBytes } from "../http/own-bytes.js";
import { findBaseUrls, type StaticOptions } from "./base-urls.js";
import { mediaType } from "./media-type.js";
import { headersOfPath } from "./path-headers.js";
import { rebaseOf } from "./rebase.js";

export async function answerNotFound(
  store: Store,
  request: Request,
  options: StaticOptions,
): Promise<Response> {
  const headers = { Vary: "Accept", "Cache-Control": "no-cache" };
  const url = new URL(request.url);
  const page = prefersHtml(request.headers.get("Accept")) ? await readPage(store, url, options) : undefined;
  if (page === undefined)
    return jsonError(404, "not-found", `This feed has no ${JSON.stringify(url.pathname)}`, headers);
  const type = { "Content-Type": mediaType(NOT_FOUND_PAGE), "Content-Length": String(page.length) };
  return new Response(ownBytes(page), {
    status: 404,
    headers: { ...headersOfPath(NOT_FOUND_PAGE), ...headers, ...type },
  });
}

async function readPage(store: Store, url: URL, options: StaticOptions): Promise<Uint8Array | undefined> {
  const page = await store.read(NOT_FOUND_PAGE);
  if (page === undefined) return undefined;
  const baseUrls = await findBaseUrls(url, options);
  const rebase = baseUrls && rebaseOf(NOT_FOUND_PAGE, baseUrls);
  return rebase?.(page.bytes) ?? page.bytes;
}
