/**
 * Every path and every URL of the web site. Nothing else in the program puts one together.
 *
 * ```
 * index.html                             home
 * 404.html                               what hosts answer with where there is nothing (NOT_FOUND_PAGE in urls.ts)
 * search/index.html                      search; ?q={words}
 * packages/index.html                    start of the lists; with ?id={id}&version={version} goes on to the right page
 * packages/{id}/index.html               page of an id; #{version} shows that version
 * packages/{id}/versions.json            what that page shows of other versions
 * packages/{id}/readme/{digest}.html     each distinct README, rendered
 * packages/{id}/license/{digest}.html    each distinct embedded licence file
 * packages/{id}/atom.xml                 versions of an id
 * all/{prefix}-/index.html               list of the ids that begin with a prefix, see src/site/id-lists.ts
 * atom.xml                               recently published
 * badges/{id}.svg, badges/{id}.json      latest stable version, as a picture and for a badge service
 * badges/pre/{id}.svg, .json             latest version, prereleases too
 * sitemap.xml, sitemap-{n}.xml           pages of the site; the second in parts, see src/site/sitemap.ts
 * robots.txt
 * site/site.css, site.js, theme.js, …    assets, the same for every feed of this version of the program
 * site/custom.css, site/favicon.svg      made of the owner's settings
 * site/used-by/index.json, {bits}/{n}.json   dependents by target id
 * ```
 *
 * A folder is an id in lower case. The only id that would collide with a file beside it is `index.html`: its folder is
 * `index.html-`, which is no id, because ids never end in a hyphen. Badges and lists add an ending to every name, so
 * that no name is another's.
 */
import type { LowerId } from "../nuget/id.js";
import type { LowerVersion } from "../nuget/version.js";
import type { Digest } from "./digest.js";
import { type FeedPath, feedUrl, NOT_FOUND_PAGE } from "./urls.js";

function sitePath(path: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: parsers admit ids only without separators
  return path as FeedPath;
}

export const HOME_PAGE = sitePath("index.html");
export const SEARCH_PAGE = sitePath("search/index.html");
export const PACKAGES_PAGE = sitePath("packages/index.html");
export const FEED_ATOM = sitePath("atom.xml");
export const SITEMAP = sitePath("sitemap.xml");
export const ROBOTS = sitePath("robots.txt");
export const CUSTOM_CSS = sitePath("site/custom.css");
export const FAVICON = sitePath("site/favicon.svg");
export const USED_BY_INDEX = sitePath("site/used-by/index.json");

/** The folders of the site that hold files of ids. */
export const SITE_ID_FOLDERS: readonly string[] = ["packages/", "badges/"];
/** The folders in which nothing but the site has files. */
export const SITE_FOLDERS: readonly string[] = [...SITE_ID_FOLDERS, "site/", "all/"];

/** An asset by its file name, such as `site.css`. */
export function siteAssetPath(name: string): FeedPath {
  return sitePath(`site/${name}`);
}

/** The folder of an id's pages, ending in `/`. */
export function packageFolder(id: LowerId): FeedPath {
  return sitePath(`packages/${id === "index.html" ? `${id}-` : id}/`);
}

export function packagePagePath(id: LowerId): FeedPath {
  return sitePath(`${packageFolder(id)}index.html`);
}

export function packageVersionsPath(id: LowerId): FeedPath {
  return sitePath(`${packageFolder(id)}versions.json`);
}

export function readmePagePath(id: LowerId, digest: Digest): FeedPath {
  return sitePath(`${packageFolder(id)}readme/${digest}.html`);
}

export function licensePagePath(id: LowerId, digest: Digest): FeedPath {
  return sitePath(`${packageFolder(id)}license/${digest}.html`);
}

export function packageAtomPath(id: LowerId): FeedPath {
  return sitePath(`${packageFolder(id)}atom.xml`);
}

/**
 * The list of a prefix that is not empty. The hyphen keeps apart what Windows takes for a device (`con`) or drops (a dot
 * at the end).
 */
export function listPath(prefix: string): FeedPath {
  return sitePath(prefix === "" ? PACKAGES_PAGE : `all/${prefix}-/index.html`);
}

export type BadgeKind = "stable" | "prerelease";
export const BADGE_KINDS: readonly BadgeKind[] = ["stable", "prerelease"];

export type BadgeForm = "svg" | "json";
export const BADGE_FORMS: readonly BadgeForm[] = ["svg", "json"];

export function badgePath(id: LowerId, kind: BadgeKind, form: BadgeForm): FeedPath {
  return sitePath(`badges/${kind === "prerelease" ? "pre/" : ""}${id}.${form}`);
}

/** Part `n` of a sitemap in parts. */
export function sitemapPartPath(n: number): FeedPath {
  return sitePath(`sitemap-${n}.xml`);
}

/** What the site has once, outside of `site/`. */
export const ROOT_PAGES: readonly FeedPath[] = [
  HOME_PAGE,
  SEARCH_PAGE,
  PACKAGES_PAGE,
  FEED_ATOM,
  ROBOTS,
  SITEMAP,
  NOT_FOUND_PAGE,
];

/** Whether a path is that of a file that the site has once, or of one that is made of all ids. */
export function isFeedSitePath(path: string): path is FeedPath {
  return (
    ROOT_PAGES.some((page) => page === path) ||
    isSitemapPath(path) ||
    /^all\/[^/]+\/index\.html$/.test(path) ||
    /^site\/(?:[^/]+\.(?:css|js|svg)|used-by\/(?:index|\d+\/\d+)\.json)$/.test(path)
  );
}

export function isSitemapPath(path: string): boolean {
  return /^sitemap(?:-\d+)?\.xml$/.test(path);
}

/** Shard `n` of `2^bits` of the dependents, spread as the search shards are (`feed/digest.ts`). */
export function usedByShardPath(bits: number, n: number): FeedPath {
  return sitePath(`site/used-by/${bits}/${n}.json`);
}

/** The public address of a page: that of its folder, as static hosts serve it. */
export function pageUrl(baseUrl: string, page: FeedPath): string {
  return feedUrl(baseUrl, pageAddress(page));
}

/** The link to a page, or to another file of the site, from a page whose way to the root is `root` (such as `../`). */
export function pageHref(root: string, page: FeedPath): string {
  return feedUrl(root, pageAddress(page));
}

function pageAddress(page: FeedPath): string {
  return page.replace(/(^|\/)index\.html$/, "$1");
}

/** The link to an id's page; with a version, to what it shows of that version. */
export function packageHref(root: string, id: LowerId, version?: LowerVersion): string {
  return pageHref(root, packagePagePath(id)) + (version === undefined ? "" : `#${version}`);
}

/** The template of details pages (protocol.md §9): any casing of the id and any spelling of the version leads there. */
export const DETAILS_TEMPLATE = "packages/?id={id}&version={version}";

/** The way from a page to the root of the feed, as the beginning of a link: `./` or so many `../`. */
export function rootFrom(page: FeedPath): string {
  return "../".repeat(page.split("/").length - 1) || "./";
}

/** The folder name of an id below `packages/` or `badges/` in a path of the site; `undefined` for what is the feed's. */
export function idOfSitePath(path: string): string | undefined {
  const [, folder] = /^packages\/([^/]+)\/./.exec(path) ?? [];
  if (folder !== undefined) return folder === "index.html-" ? "index.html" : folder;
  return /^badges\/(?:pre\/)?([^/]+)\.(?:svg|json)$/.exec(path)?.[1];
}
