/**
 * Tells that something is not there: to programs as JSON, to browsers as the feed's own page. Always 404 and never a
 * page with 200, which clients would take for a document (protocol.md §3.2).
 */
import { NOT_FOUND_PAGE } from "../feed/urls.js";
import type { Store } from "../store/store.js";
import { prefersHtml } from "./accept.js";
import { jsonError } from "./json-error.js";
import { mediaType } from "./media-type.js";
import { ownBytes } from "./own-bytes.js";

export async function answerNotFound(store: Store, request: Request): Promise<Response> {
  const headers = { Vary: "Accept", "Cache-Control": "no-cache" };
  if (prefersHtml(request.headers.get("Accept"))) {
    const page = await store.read(NOT_FOUND_PAGE);
    if (page !== undefined) {
      const type = { "Content-Type": mediaType(NOT_FOUND_PAGE), "Content-Length": String(page.size) };
      return new Response(ownBytes(page.bytes), { status: 404, headers: { ...headers, ...type } });
    }
  }
  const { pathname } = new URL(request.url);
  return jsonError(404, "not-found", `This feed has no ${JSON.stringify(pathname)}`, headers);
}
