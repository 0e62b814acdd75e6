/**
 * The pages and files that a site has once: home, search, what is not found, feeds, style and script.
 */

import { siteAssets } from "../../../templates/assets.generated.js";
import { renderHome } from "../../../templates/home.js";
import { renderListPage } from "../../../templates/list-page.js";
import { renderNotFoundPage } from "../../../templates/not-found-page.js";
import { renderSearchPage } from "../../../templates/search-page.js";
import type { FeedDocument } from "../../feed/document.js";
import { siteDefaults } from "../../feed/site-settings.js";
import {
  CUSTOM_CSS,
  FAVICON,
  FEED_ATOM,
  HOME_PAGE,
  listPath,
  ROBOTS,
  SEARCH_PAGE,
  siteAssetPath,
} from "../../feed/site-urls.js";
import { type FeedPath, NOT_FOUND_PAGE } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { MOST_ENTRIES, renderFeedAtom } from "../../site/atom.js";
import { customCss } from "../../site/custom-css.js";
import { renderFavicon } from "../../site/favicon.js";
import { hasCustomCss, type SiteContext } from "../../site/frame.js";
import { homePage } from "../../site/home.js";
import type { IdList } from "../../site/id-lists.js";
import { idPatterns } from "../../site/id-patterns.js";
import { listPage } from "../../site/list-page.js";
import { notFoundPage } from "../../site/not-found-page.js";
import type { PackageLine } from "../../site/package-line.js";
import { searchPage } from "../../site/search-page.js";
import { renderRobots, renderSitemap } from "../../site/sitemap.js";

const encoder = new TextEncoder();

/** @param lines of all ids with a listed version, in any order */
export function feedPages(context: SiteContext, lines: readonly PackageLine[]): FeedDocument[] {
  const { atom, accentColor } = siteDefaults(context.site, context.baseUrl);
  const recent = mostRecent(lines);
  const overview = {
    packages: lines.length,
    versions: lines.reduce((sum, { listed }) => sum + listed, 0),
    recent,
    patterns: idPatterns(lines.map(({ id }) => id)),
  };
  return [
    ...siteAssets.map(([name, text]) => document(siteAssetPath(name), assetType(name), text)),
    document(FAVICON, "image/svg+xml", renderFavicon({ accentColor })),
    ...(hasCustomCss(context.site) ? [document(CUSTOM_CSS, "text/css", customCss(context.site))] : []),
    document(ROBOTS, "text/plain", renderRobots(context)),
    document(NOT_FOUND_PAGE, "text/html", renderNotFoundPage(notFoundPage(context))),
    document(SEARCH_PAGE, "text/html", renderSearchPage(searchPage(context))),
    ...(atom === "none"
      ? []
      : [document(FEED_ATOM, "application/atom+xml", renderFeedAtom(context, recent))]),
    document(HOME_PAGE, "text/html", renderHome(homePage(context, overview))),
  ];
}

/** @param lineOf the line of each id of the list */
export function listDocument(
  context: SiteContext,
  list: IdList,
  lineOf: (id: LowerId) => PackageLine,
): FeedDocument {
  return document(listPath(list.prefix), "text/html", renderListPage(listPage(context, list, lineOf)));
}

/** @param prefixes of all lists */
export function sitemapDocuments(
  context: SiteContext,
  ids: readonly LowerId[],
  prefixes: readonly string[],
): FeedDocument[] {
  return renderSitemap(context, ids, prefixes).map(({ path, text }) =>
    document(path, "application/xml", text),
  );
}

/** By when their newest version was published, newest first; of equal times by id. */
function mostRecent(lines: readonly PackageLine[]): PackageLine[] {
  const dated = lines.filter(({ newest }) => newest?.published !== undefined);
  return dated.sort(byNewest).slice(0, MOST_ENTRIES);
}

function byNewest(a: PackageLine, b: PackageLine): number {
  const [timeA, timeB] = [a.newest?.published ?? "", b.newest?.published ?? ""];
  if (timeA === timeB) return a.key < b.key ? -1 : 1;
  return timeA > timeB ? -1 : 1;
}

function assetType(name: string): string {
  return name.endsWith(".css") ? "text/css" : "text/javascript";
}

function document(path: FeedPath, contentType: string, text: string): FeedDocument {
  return { path, rank: 4, contentType, body: encoder.encode(text) };
}
