/**
 * From a request to a file of the feed: files by their path, `index.html` for folders.
 */
import { feedUrl } from "../feed/urls.js";
import type { Store } from "../store/store.js";
import { answerNotFound } from "./not-found.js";
import type { BaseUrls } from "./representation.js";
import { parseRequestPath, type RequestedPath } from "./request-path.js";
import { answerFile } from "./static-file.js";

/** How a feed is shown. */
export interface StaticOptions {
  /**
   * The address for which the feed was built, ending in `/`. Generated documents are sent with the address under
   * which they are asked for in its place; without it they are sent as they are.
   */
  readonly feedBaseUrl?: string | (() => Promise<string | undefined>);
  /** Path under which the feed is shown, starting and ending in `/`. Default `/`. */
  readonly mountPath?: string;
  /** The address under which clients see the mount path, ending in `/`. Default: the one that they ask for. */
  readonly publicUrl?: string;
}

/** Answers GET and HEAD. */
export async function answerRequest(
  store: Store,
  request: Request,
  options: StaticOptions,
): Promise<Response> {
  const url = new URL(request.url);
  const { mountPath = "/" } = options;
  const requested = parseRequestPath(url.pathname, mountPath);
  if (requested === undefined) return answerNotFound(store, request);
  const baseUrls = await findBaseUrls(url, options);
  const answer = (path: string): Promise<Response | undefined> =>
    answerFile(store, { request, path, ...(baseUrls && { baseUrls }) });
  for (const path of candidates(requested)) {
    const response = await answer(path);
    if (response !== undefined) return response;
  }
  if (!requested.isFolder && (await store.stat(indexPage(requested.path))) !== undefined) {
    return redirectToFolder(mountPath, requested.path, url.search);
  }
  return answerNotFound(store, request);
}

/** Paket adds a slash to the address of the search resource, so a file may be asked for like a folder. */
function candidates({ path, isFolder }: RequestedPath): readonly string[] {
  if (!isFolder) return path === "" ? [] : [path];
  return path === "" ? [indexPage(path)] : [indexPage(path), path];
}

function indexPage(folder: string): string {
  return folder === "" ? "index.html" : `${folder}/index.html`;
}

/** Relative addresses in the page count from the folder, so it must be asked for with its slash. */
function redirectToFolder(mountPath: string, path: string, search: string): Response {
  const folder = path === "" ? mountPath : `${feedUrl(mountPath, path)}/`;
  return new Response(null, {
    status: 301,
    headers: { Location: folder + search, "Cache-Control": "no-cache" },
  });
}

async function findBaseUrls(
  url: URL,
  { feedBaseUrl, mountPath = "/", publicUrl }: StaticOptions,
): Promise<BaseUrls | undefined> {
  const recorded = typeof feedBaseUrl === "function" ? await feedBaseUrl() : feedBaseUrl;
  return recorded === undefined ? undefined : { recorded, served: publicUrl ?? url.origin + mountPath };
}
