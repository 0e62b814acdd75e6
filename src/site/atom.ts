/**
 * Atom feeds (RFC 4287): what was published lately, in the whole feed or of one id. Their times come from the packages, so
 * that a feed changes only when something was published.
 */
import type { FeedPackage, FeedVersion } from "../feed/feed-package.js";
import { siteDefaults } from "../feed/site-settings.js";
import {
  FEED_ATOM,
  HOME_PAGE,
  packageAtomPath,
  packageHref,
  packagePagePath,
  pageUrl,
} from "../feed/site-urls.js";
import { type FeedPath, feedUrl } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { type LowerVersion, normalizedVersion } from "../nuget/version.js";
import { clipText } from "./clip-text.js";
import type { SiteContext } from "./frame.js";
import type { PackageSummary } from "./package-summary.js";
import { escapeXml } from "./xml.js";

/** How many entries a feed holds at most. */
export const MOST_ENTRIES = 50;
const SUMMARY_LENGTH = 500;

interface Entry {
  readonly key: LowerId;
  readonly lower: LowerVersion;
  /** `Contoso.Core 1.0.0` */
  readonly title: string;
  readonly published: string;
  readonly authors: string | undefined;
  readonly summary: string | undefined;
}

interface Feed {
  readonly path: FeedPath;
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly page: FeedPath;
  /** Newest first. */
  readonly entries: readonly Entry[];
}

/** @param recent newest first; ids whose time nobody knows are left out, because an entry must have one */
export function renderFeedAtom(context: SiteContext, recent: readonly PackageSummary[]): string {
  const { title, description } = siteDefaults(context.site, context.baseUrl);
  const entries = recent.flatMap(({ key, id, newest, authors, description }): Entry[] => {
    if (newest?.published === undefined) return [];
    const { version, lower, published } = newest;
    return [{ key, lower, title: `${id} ${version}`, published, authors, summary: description }];
  });
  return renderAtom(context, { path: FEED_ATOM, title, subtitle: description, page: HOME_PAGE, entries });
}

/** The listed versions of an id whose time is known. */
export function renderPackageAtom(context: SiteContext, feedPackage: FeedPackage): string {
  const { id, versions } = feedPackage;
  const entries = versions
    .filter(({ isListed }) => isListed)
    .flatMap((version) => versionEntry(id, version))
    .toReversed()
    .sort((a, b) => (a.published === b.published ? 0 : a.published > b.published ? -1 : 1));
  return renderAtom(context, {
    path: packageAtomPath(id),
    title: versions.at(-1)?.record.id ?? id,
    subtitle: undefined,
    page: packagePagePath(id),
    entries,
  });
}

function versionEntry(key: LowerId, { record, version, lower, published }: FeedVersion): Entry[] {
  if (published === undefined) return [];
  const { authors, description } = record.metadata;
  const title = `${record.id} ${normalizedVersion(version)}`;
  return [{ key, lower, title, published, authors, summary: description }];
}

/** A feed must say when it changed; one without entries never did. */
const NEVER = "1970-01-01T00:00:00Z";

function renderAtom(context: SiteContext, feed: Feed): string {
  const { baseUrl } = context;
  const site = siteDefaults(context.site, baseUrl);
  const [self, page] = [feedUrl(baseUrl, feed.path), pageUrl(baseUrl, feed.page)].map(escapeXml);
  const entries = feed.entries.slice(0, MOST_ENTRIES);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${escapeXml(site.language)}">
<id>${self}</id>
<title>${escapeXml(feed.title)}</title>
${element("subtitle", feed.subtitle)}<updated>${entries[0]?.published ?? NEVER}</updated>
<author><name>${escapeXml(site.title)}</name></author>
<link rel="self" type="application/atom+xml" href="${self}"/>
<link rel="alternate" type="text/html" href="${page}"/>
<generator>nupress</generator>
${entries.map((entry) => renderEntry(entry, baseUrl)).join("")}</feed>
`;
}

/** The address of a version never changes and is no other's, so it is the entry's id as well. */
function renderEntry({ key, lower, title, published, authors, summary }: Entry, baseUrl: string): string {
  const url = escapeXml(packageHref(baseUrl, key, lower));
  const author =
    authors === undefined ? "" : `<author><name>${escapeXml(clipText(authors, 200))}</name></author>\n`;
  return `<entry>
<id>${url}</id>
<title>${escapeXml(title)}</title>
<updated>${published}</updated>
<published>${published}</published>
<link rel="alternate" type="text/html" href="${url}"/>
${author}${element("summary", summary && clipText(summary, SUMMARY_LENGTH))}</entry>
`;
}

function element(name: string, text: string | undefined): string {
  return text === undefined || text === "" ? "" : `<${name}>${escapeXml(text)}</${name}>\n`;
}
