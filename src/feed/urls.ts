/**
 * Every path and every URL of a feed. Nothing else in the program puts a path together.
 *
 * ```
 * v3/index.json                                   service index
 * v3/flat/{id}/index.json                         version list
 * v3/flat/{id}/{version}/{id}.{version}.nupkg     package; also {id}.nuspec, readme, and .nupkg.sha512
 * v3/assets/{hash}.{ext}                          icons and licence files by content
 * v3/registration/{id}/index.json                 hive with SemVer 2; also page/{lower}/{upper}.json
 * v3/registration/{id}/{version}.json             leaves, shared by both hives
 * v3/registration-semver1/{id}/index.json         hive without SemVer 2; also pages
 * v3/search/query.json                            static search answer
 * v3/search/shards/index.json, {bits}/{n}.json    prebuilt search
 * feed-state/…                                    state, see src/state/layout.ts
 * ```
 */
import type { LowerId } from "../nuget/id.js";
import type { LowerVersion } from "../nuget/version.js";

declare const feedPathBrand: unique symbol;

/** A path below the feed's root: lower case, separated by `/`, made here or in `state/layout.ts` only. */
export type FeedPath = string & { readonly [feedPathBrand]: true };

/** The folder of a registration hive. */
export type HiveFolder = "registration" | "registration-semver1";

function feedPath(path: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: parsers admit ids and versions only without separators
  return path as FeedPath;
}

export const SERVICE_INDEX = feedPath("v3/index.json");
export const FLAT_CONTAINER = feedPath("v3/flat/");
export const SEARCH_ANSWER = feedPath("v3/search/query.json");
export const SHARD_INDEX = feedPath("v3/search/shards/index.json");
export const NOT_FOUND_PAGE = feedPath("404.html");
/** Tells GitHub Pages to serve the files as they are. */
export const NO_JEKYLL = feedPath(".nojekyll");
/** Template of the readme address (protocol.md §9.3); the braces stay as they are in JSON. */
export const README_TEMPLATE = "v3/flat/{lower_id}/{lower_version}/readme";

export function hiveFolder(hive: HiveFolder): FeedPath {
  return feedPath(`v3/${hive}/`);
}

/** The folder of an id in the flat container. */
export function contentFolder(id: LowerId): FeedPath {
  return feedPath(`v3/flat/${id}/`);
}

export function versionListPath(id: LowerId): FeedPath {
  return feedPath(`v3/flat/${id}/index.json`);
}

export function nupkgPath(id: LowerId, version: LowerVersion): FeedPath {
  return feedPath(`v3/flat/${id}/${version}/${id}.${version}.nupkg`);
}

export function nupkgHashPath(id: LowerId, version: LowerVersion): FeedPath {
  return feedPath(`v3/flat/${id}/${version}/${id}.${version}.nupkg.sha512`);
}

export function nuspecPath(id: LowerId, version: LowerVersion): FeedPath {
  return feedPath(`v3/flat/${id}/${version}/${id}.nuspec`);
}

export function readmePath(id: LowerId, version: LowerVersion): FeedPath {
  return feedPath(`v3/flat/${id}/${version}/readme`);
}

/** `name` is `{hash}.{ext}`, as a record holds it. */
export function assetPath(name: string): FeedPath {
  return feedPath(`v3/assets/${name}`);
}

export function isAssetPath(path: string): boolean {
  return path.startsWith("v3/assets/");
}

export function registrationIndexPath(hive: HiveFolder, id: LowerId): FeedPath {
  return feedPath(`v3/${hive}/${id}/index.json`);
}

export function registrationPagePath(
  hive: HiveFolder,
  id: LowerId,
  lower: LowerVersion,
  upper: LowerVersion,
): FeedPath {
  return feedPath(`v3/${hive}/${id}/page/${lower}/${upper}.json`);
}

/** Leaves lie in the hive with SemVer 2 and serve both hives. */
export function leafPath(id: LowerId, version: LowerVersion): FeedPath {
  return feedPath(`v3/registration/${id}/${version}.json`);
}

/** Shard `n` of `2^bits`. */
export function shardPath(bits: number, n: number): FeedPath {
  return feedPath(`v3/search/shards/${bits}/${n}.json`);
}

/** What stays as it is when it is encoded, as nearly all paths do. */
const plainPath = /^[\w./+-]*$/;

/** The public address of a path. Ids may hold letters beyond ASCII, which are percent-encoded as UTF-8. */
export function feedUrl(baseUrl: string, path: string): string {
  return baseUrl + (plainPath.test(path) ? path : encodeURI(path));
}

/** The address of a template: its braces must reach the client as they are (protocol.md §9.3). */
export function templateUrl(baseUrl: string, template: string): string {
  return baseUrl + template;
}

/**
 * The path below the feed's root that an address leads to, without its fragment.
 *
 * @returns `undefined` for addresses elsewhere
 */
export function pathOfUrl(baseUrl: string, url: string): string | undefined {
  if (!url.startsWith(baseUrl)) return undefined;
  const path = url.slice(baseUrl.length).replace(/[#?].*$/s, "");
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** The id in whose folders a path lies; `undefined` for assets and for what belongs to the whole feed. */
export function idOfPath(path: string): string | undefined {
  return /^v3\/(?:flat|registration|registration-semver1)\/([^/]+)\/./.exec(path)?.[1];
}

export function isShardPath(path: string): boolean {
  return /^v3\/search\/shards\/\d+\/\d+\.json$/.test(path);
}
