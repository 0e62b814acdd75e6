/**
 * Registration indexes, pages and leaves (protocol.md §4): the metadata of all versions of one id, in two hives that
 * differ only in data.
 */
import { lowerVersion, normalizedVersion } from "../nuget/version.js";
import { catalogEntry } from "./catalog-entry.js";
import { type FeedDocument, jsonDocument } from "./document.js";
import { type FeedPackage, type FeedVersion, revisionOf } from "./feed-package.js";
import type { Hive } from "./hive.js";
import { publishedText } from "./published.js";
import type { FeedSettings } from "./settings.js";
import { feedUrl, leafPath, nupkgPath, registrationIndexPath, registrationPagePath } from "./urls.js";

const LEAVES_PER_PAGE = 64;
/** With more leaves the index only names its pages (protocol.md §4.3). */
const MOST_INLINED_LEAVES = 127;

interface Page {
  readonly "@id": string;
  readonly "@type": "catalog:CatalogPage";
  readonly count: number;
  readonly lower: string;
  readonly upper: string;
  readonly parent?: string;
  readonly items?: readonly object[];
}

/** The index and, from 128 versions on, the pages of an id; nothing when the hive leaves out all its versions. */
export function renderRegistration(
  hive: Hive,
  feedPackage: FeedPackage,
  settings: FeedSettings,
): FeedDocument[] {
  const versions = feedPackage.versions.filter(({ record }) => hive.includesSemVer2 || !record.isSemVer2);
  if (versions.length === 0) return [];
  const pages = chunk(versions, LEAVES_PER_PAGE);
  const isInlined = versions.length <= MOST_INLINED_LEAVES;
  const context = { hive, feedPackage, settings };
  return [
    ...(isInlined ? [] : pages.map((page) => renderPage(context, page))),
    renderIndex(
      context,
      pages.map((page) => (isInlined ? inlinedPage(context, page) : pageReference(context, page))),
    ),
  ];
}

/** The leaves of all versions; both hives refer to them. */
export function renderLeaves({ id, versions }: FeedPackage, { baseUrl }: FeedSettings): FeedDocument[] {
  return versions.map((version) =>
    jsonDocument(leafPath(id, version.lower), 1, {
      "@id": feedUrl(baseUrl, leafPath(id, version.lower)),
      "@type": ["Package", "http://schema.nuget.org/catalog#Permalink"],
      ...revisionOf(version.record),
      listed: version.isListed,
      packageContent: feedUrl(baseUrl, nupkgPath(id, version.lower)),
      published: publishedText(version),
      registration: feedUrl(baseUrl, registrationIndexPath("registration", id)),
    }),
  );
}

interface Context {
  readonly hive: Hive;
  readonly feedPackage: FeedPackage;
  readonly settings: FeedSettings;
}

function renderIndex(context: Context, pages: readonly Page[]): FeedDocument {
  const { feedPackage } = context;
  return jsonDocument(registrationIndexPath(context.hive.folder, feedPackage.id), 3, {
    "@id": indexUrl(context),
    "@type": ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
    ...revisionOf(feedPackage),
    count: pages.length,
    items: pages,
  });
}

function renderPage(context: Context, versions: readonly FeedVersion[]): FeedDocument {
  return jsonDocument(pagePath(context, versions), 2, {
    ...pageReference(context, versions),
    ...revisionOf(context.feedPackage),
    parent: indexUrl(context),
    items: versions.map((version) => leaf(context, version)),
  });
}

function inlinedPage(context: Context, versions: readonly FeedVersion[]): Page {
  const bounds = pageBounds(versions);
  return {
    "@id": `${indexUrl(context)}#page/${encodeURI(`${bounds.lower}/${bounds.upper}`)}`,
    "@type": "catalog:CatalogPage",
    count: versions.length,
    ...bounds,
    parent: indexUrl(context),
    items: versions.map((version) => leaf(context, version)),
  };
}

function pageReference(context: Context, versions: readonly FeedVersion[]): Page {
  return {
    "@id": feedUrl(context.settings.baseUrl, pagePath(context, versions)),
    "@type": "catalog:CatalogPage",
    count: versions.length,
    ...pageBounds(versions),
  };
}

function leaf(context: Context, version: FeedVersion): object {
  const { baseUrl } = context.settings;
  const { id } = context.feedPackage;
  return {
    "@id": feedUrl(baseUrl, leafPath(id, version.lower)),
    "@type": "Package",
    catalogEntry: catalogEntry(context.hive, id, version, context.settings),
    packageContent: feedUrl(baseUrl, nupkgPath(id, version.lower)),
    registration: indexUrl(context),
  };
}

function indexUrl({ hive, feedPackage, settings }: Context): string {
  return feedUrl(settings.baseUrl, registrationIndexPath(hive.folder, feedPackage.id));
}

function pagePath({ hive, feedPackage }: Context, versions: readonly FeedVersion[]) {
  const { first, last } = ends(versions);
  return registrationPagePath(
    hive.folder,
    feedPackage.id,
    lowerVersion(first.version),
    lowerVersion(last.version),
  );
}

/** Clients parse the bounds always, and look a version up by them (protocol.md §4.5, §12.4). */
function pageBounds(versions: readonly FeedVersion[]): { lower: string; upper: string } {
  const { first, last } = ends(versions);
  return { lower: normalizedVersion(first.version), upper: normalizedVersion(last.version) };
}

function ends(versions: readonly FeedVersion[]): { first: FeedVersion; last: FeedVersion } {
  const first = versions[0];
  const last = versions.at(-1);
  if (first === undefined || last === undefined) throw new Error("a registration page holds no version");
  return { first, last };
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
