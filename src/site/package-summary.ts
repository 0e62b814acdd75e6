/**
 * What pages of the whole feed show of a package id. They are folds over these summaries, so a summary is small.
 */
import type { FeedPackage, FeedVersion } from "../feed/feed-package.js";
import { iconUrl } from "../feed/links.js";
import type { LowerId, PackageId } from "../nuget/id.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { isPrerelease, type LowerVersion, normalizedVersion } from "../nuget/version.js";
import { clipText } from "./clip-text.js";

export interface PackageSummary {
  readonly key: LowerId;
  /** As written in the latest version. */
  readonly id: PackageId;
  /** The latest: the highest listed stable version, else the highest listed prerelease. */
  readonly latest: SummaryVersion;
  /** The listed version that was published last; absent when nobody knows when any of them was. */
  readonly newest?: SummaryVersion;
  /** One line, at most {@link SUMMARY_LENGTH} characters. */
  readonly description?: string;
  readonly authors?: string;
  /** An https address, or a path below the feed's root. */
  readonly icon?: string;
  /** Absent when the nuspec is silent, which means `Dependency`. */
  readonly packageTypes?: readonly string[];
  readonly isDeprecated?: true;
  readonly isVulnerable?: true;
}

export interface SummaryVersion {
  /** Normalized. */
  readonly version: string;
  readonly lower: LowerVersion;
  readonly isPrerelease?: true;
  /** In the form of `Facts.published`. */
  readonly published?: string;
}

export const SUMMARY_LENGTH = 200;
const AUTHORS_LENGTH = 80;
const MOST_TYPES = 4;

/** @returns `undefined` for an id without a listed version: no list shows it */
export function packageSummary({ id: key, versions }: FeedPackage): PackageSummary | undefined {
  const listed = versions.filter(({ isListed }) => isListed);
  const latest = listed.findLast(({ version }) => !isPrerelease(version)) ?? listed.at(-1);
  if (latest === undefined) return undefined;
  const { record, facts } = latest;
  const { description, authors, packageTypes } = record.metadata;
  return omitUndefined({
    key,
    id: record.id,
    latest: summaryVersion(latest),
    newest: newestOf(listed),
    description: description && clipText(description, SUMMARY_LENGTH),
    authors: authors && clipText(authors, AUTHORS_LENGTH),
    icon: shownIcon(iconUrl(record, "")),
    packageTypes: packageTypes?.slice(0, MOST_TYPES).map(({ name }) => name),
    isDeprecated: facts.deprecation && (true as const),
    isVulnerable: facts.vulnerabilities?.length ? (true as const) : undefined,
  });
}

/** Pages load no image over plain http. */
function shownIcon(url: string | undefined): string | undefined {
  return url?.toLowerCase().startsWith("http:") ? undefined : url;
}

/** Versions are ascending, so of equal times the higher version wins. */
function newestOf(listed: readonly FeedVersion[]): SummaryVersion | undefined {
  const dated = listed.filter(({ published }) => published !== undefined);
  if (dated.length === 0) return undefined;
  return summaryVersion(dated.reduce((a, b) => (timeOf(b) >= timeOf(a) ? b : a)));
}

function timeOf({ published = "" }: FeedVersion): string {
  return published;
}

function summaryVersion({ version, lower, published }: FeedVersion): SummaryVersion {
  return omitUndefined({
    version: normalizedVersion(version),
    lower,
    isPrerelease: isPrerelease(version) ? (true as const) : undefined,
    published,
  });
}
