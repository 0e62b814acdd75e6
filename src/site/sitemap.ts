/**
 * What search engines are told: which pages there are (sitemaps.org), and where to look (robots.txt).
 */
import { idHashPrefix } from "../feed/digest.js";
import { siteDefaults } from "../feed/site-settings.js";
import {
  HOME_PAGE,
  listPath,
  packagePagePath,
  pageUrl,
  SITEMAP,
  sitemapPartPath,
} from "../feed/site-urls.js";
import { type FeedPath, feedUrl } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import type { SiteContext } from "./frame.js";
import { escapeXml } from "./xml.js";

/** A sitemap may hold 50,000 addresses; a part is written again whenever an id comes, so parts are smaller. */
const IDS_PER_PART = 10_000;

export interface SitemapFile {
  readonly path: FeedPath;
  readonly text: string;
}

/**
 * The sitemap, in parts by the ids' hashes where a feed is large, so that a new id changes one part. It holds no times:
 * a new version would change it.
 *
 * @param prefixes of all lists
 */
export function renderSitemap(
  { baseUrl }: SiteContext,
  ids: readonly LowerId[],
  prefixes: readonly string[],
): SitemapFile[] {
  const feedPages = [HOME_PAGE, ...prefixes.map(listPath)];
  const bits = Math.max(0, Math.ceil(Math.log2(ids.length / IDS_PER_PART)));
  const pages = (paths: readonly FeedPath[]): string => urlSet(paths.map((path) => pageUrl(baseUrl, path)));
  if (bits === 0) return [{ path: SITEMAP, text: pages([...feedPages, ...ids.map(packagePagePath)]) }];
  const parts = Array.from({ length: 2 ** bits }, (): LowerId[] => []);
  for (const id of ids) parts[idHashPrefix(id, bits)]?.push(id);
  const files = [feedPages, ...parts.map((part) => part.map(packagePagePath))].map((paths, n) => ({
    path: sitemapPartPath(n),
    text: pages(paths),
  }));
  return [...files, { path: SITEMAP, text: sitemapIndex(files.map(({ path }) => feedUrl(baseUrl, path))) }];
}

const NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9";

function urlSet(urls: readonly string[]): string {
  return document("urlset", "url", urls);
}

function sitemapIndex(urls: readonly string[]): string {
  return document("sitemapindex", "sitemap", urls);
}

function document(root: string, item: string, urls: readonly string[]): string {
  const items = urls.map((url) => `<${item}><loc>${escapeXml(url)}</loc></${item}>\n`).join("");
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="${NAMESPACE}">\n${items}</${root}>\n`;
}

/**
 * Pages are for everybody, what clients read is for nobody's index. Search engines look for this file at a host's root only;
 * elsewhere it does no harm.
 */
export function renderRobots({ baseUrl, site }: SiteContext): string {
  const root = new URL(baseUrl).pathname;
  if (siteDefaults(site, baseUrl).isPrivate) return `User-agent: *\nDisallow: ${root}\n`;
  return `User-agent: *\nDisallow: ${root}v3/\nDisallow: ${root}feed-state/\nAllow: ${root}v3/assets/\n\nSitemap: ${feedUrl(baseUrl, SITEMAP)}\n`;
}
