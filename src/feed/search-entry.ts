/**
 * What search needs of one package id: the entry in its prebuilt shard. It holds paths below the feed's root rather
 * than addresses, so that a reader resolves them where it found the shard.
 */
import type { LowerId, PackageId } from "../nuget/id.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { isPrerelease } from "../nuget/version.js";
import type { Deprecation, Vulnerability } from "./facts.js";
import { type FeedPackage, type FeedVersion, revisionOf } from "./feed-package.js";
import { iconUrl, licenseUrl, webUrl } from "./links.js";

export interface SearchEntry {
  readonly key: LowerId;
  /** See `FeedPackage.revision`: an entry never replaces one of a higher revision. */
  readonly revision?: number;
  /** Listed versions, ascending; an id without any is found by nobody. */
  readonly versions: readonly SearchVersion[];
  /**
   * The latest listed version under each of the four filters (with or without prereleases, with or without SemVer 2),
   * each once, ascending: an answer shows the texts of the latest version that its filters let through.
   */
  readonly latest: readonly SearchLatest[];
}

export interface SearchVersion {
  /** The full form. */
  readonly version: string;
  readonly isPrerelease?: true;
  readonly isSemVer2?: true;
  readonly published?: string;
}

export interface SearchLatest {
  readonly id: PackageId;
  readonly version: string;
  readonly title?: string;
  readonly description?: string;
  readonly summary?: string;
  readonly authors?: string;
  readonly tags?: readonly string[];
  /** Absent when the nuspec is silent, which means `Dependency`. */
  readonly packageTypes?: readonly string[];
  readonly frameworks?: readonly string[];
  /** An address, or a path below the feed's root. */
  readonly iconUrl?: string;
  readonly licenseUrl?: string;
  readonly licenseExpression?: string;
  readonly projectUrl?: string;
  readonly owners?: readonly string[];
  readonly verified?: true;
  readonly deprecation?: Deprecation;
  readonly vulnerabilities?: readonly Vulnerability[];
}

export function searchEntry(feedPackage: FeedPackage): SearchEntry {
  const listed = feedPackage.versions.filter((version) => version.isListed);
  return {
    key: feedPackage.id,
    ...revisionOf(feedPackage),
    versions: listed.map(searchVersion),
    latest: latestVersions(listed).map(searchLatest),
  };
}

function searchVersion({ record, version, published }: FeedVersion): SearchVersion {
  return {
    version: record.version,
    ...(isPrerelease(version) && { isPrerelease: true as const }),
    ...(record.isSemVer2 && { isSemVer2: true as const }),
    ...(published !== undefined && { published }),
  };
}

function latestVersions(listed: readonly FeedVersion[]): FeedVersion[] {
  const stable = (version: FeedVersion) => !isPrerelease(version.version);
  const semVer1 = (version: FeedVersion) => !version.record.isSemVer2;
  const latest = new Set([
    listed.findLast((version) => stable(version) && semVer1(version)),
    listed.findLast(stable),
    listed.findLast(semVer1),
    listed.at(-1),
  ]);
  return listed.filter((version) => latest.has(version));
}

function searchLatest({ record, facts }: FeedVersion): SearchLatest {
  const { metadata } = record;
  return omitUndefined({
    id: record.id,
    version: record.version,
    title: metadata.title,
    description: metadata.description,
    summary: metadata.summary,
    authors: metadata.authors,
    tags: metadata.tags,
    packageTypes: metadata.packageTypes?.map((type) => type.name),
    frameworks: record.frameworks,
    iconUrl: iconUrl(record, ""),
    licenseUrl: licenseUrl(record, ""),
    licenseExpression: metadata.license?.type === "expression" ? metadata.license.text : undefined,
    projectUrl: webUrl(metadata.projectUrl),
    owners: facts.owners,
    verified: facts.verified === true ? (true as const) : undefined,
    deprecation: facts.deprecation,
    vulnerabilities: facts.vulnerabilities,
  });
}
