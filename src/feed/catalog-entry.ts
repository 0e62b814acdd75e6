/**
 * The `catalogEntry` of a registration leaf (protocol.md §4.7, §4.8). Missing text is left out: `null` makes clients
 * drop the version or crash.
 */

import { parseFramework, sameFramework, shortFolderName } from "../nuget/framework.js";
import type { LowerId } from "../nuget/id.js";
import { lowerId } from "../nuget/id.js";
import type { Dependency, DependencyGroup } from "../nuget/nuspec-model.js";
import { normalizedRange, parseRange } from "../nuget/range.js";
import type { Deprecation, Vulnerability } from "./facts.js";
import type { FeedVersion } from "./feed-package.js";
import type { Hive } from "./hive.js";
import { iconUrl, licenseUrl, webUrl } from "./links.js";
import { publishedText } from "./published.js";
import type { FeedSettings } from "./settings.js";
import { feedUrl, leafPath, nupkgPath, registrationIndexPath } from "./urls.js";

/** The feed has no catalog, so the leaf's address stands for that of a catalog leaf. */
export function catalogEntry(hive: Hive, id: LowerId, version: FeedVersion, settings: FeedSettings): object {
  const { record, facts } = version;
  const { metadata } = record;
  const url = feedUrl(settings.baseUrl, leafPath(id, version.lower));
  return {
    "@id": url,
    "@type": "PackageDetails",
    authors: metadata.authors,
    dependencyGroups: metadata.dependencyGroups?.map((group) => dependencyGroup(group, url, hive, settings)),
    deprecation:
      hive.includesAdvisories && facts.deprecation ? deprecation(facts.deprecation, url) : undefined,
    description: metadata.description,
    iconUrl: iconUrl(record, settings.baseUrl),
    id: record.id,
    language: metadata.language,
    licenseExpression: metadata.license?.type === "expression" ? metadata.license.text : undefined,
    licenseUrl: licenseUrl(record, settings.baseUrl),
    listed: version.isListed,
    minClientVersion: metadata.minClientVersion,
    packageContent: feedUrl(settings.baseUrl, nupkgPath(id, version.lower)),
    projectUrl: webUrl(metadata.projectUrl),
    published: publishedText(version),
    requireLicenseAcceptance: metadata.requireLicenseAcceptance ?? false,
    summary: metadata.summary,
    tags: metadata.tags ?? [],
    title: metadata.title,
    version: record.version,
    vulnerabilities: hive.includesAdvisories ? vulnerabilities(facts.vulnerabilities) : undefined,
  };
}

function dependencyGroup(
  group: DependencyGroup,
  entryUrl: string,
  hive: Hive,
  settings: FeedSettings,
): object {
  const framework = frameworkText(group.targetFramework);
  const groupUrl = `${entryUrl}#dependencygroup${framework === undefined ? "" : `/${encodeURI(framework.toLowerCase())}`}`;
  return {
    "@id": groupUrl,
    "@type": "PackageDependencyGroup",
    dependencies: group.dependencies.map((dependency) =>
      dependencyObject(dependency, groupUrl, hive, settings),
    ),
    targetFramework: framework,
  };
}

function dependencyObject(
  dependency: Dependency,
  groupUrl: string,
  hive: Hive,
  settings: FeedSettings,
): object {
  const id = lowerId(dependency.id);
  return {
    "@id": `${groupUrl}/${encodeURI(id)}`,
    "@type": "PackageDependency",
    id: dependency.id,
    range: withoutStar(dependency.range),
    registration: feedUrl(settings.baseUrl, registrationIndexPath(hive.folder, id)),
  };
}

/** Nuspecs hold floating ranges (`[1.*, )`) at times, registrations never: the star's lowest version stays. */
function withoutStar(text: string): string {
  const range = text.includes("*") ? parseRange(text) : undefined;
  if (range === undefined) return text;
  const { float: _, ...interval } = range;
  return normalizedRange(interval);
}

/**
 * As the nuspec has it, except for the comma form (`.NETFramework,Version=v4.5`): Paket cannot read that and takes the
 * dependencies of every group then. A framework that has no short name keeps it nevertheless.
 */
function frameworkText(text: string | undefined): string | undefined {
  const framework = text?.includes(",") === true ? parseFramework(text) : undefined;
  if (framework === undefined) return text;
  const short = shortFolderName(framework);
  const same = parseFramework(short);
  return same !== undefined && sameFramework(same, framework) ? short : text;
}

function deprecation(fact: Deprecation, entryUrl: string): object {
  const alternate = fact.alternatePackage;
  return {
    "@id": `${entryUrl}#deprecation`,
    "@type": "deprecation",
    alternatePackage: alternate && {
      "@id": `${entryUrl}#deprecation/alternatePackage`,
      "@type": "alternatePackage",
      id: alternate.id,
      range: alternate.range ?? "*",
    },
    message: fact.message,
    reasons: fact.reasons,
  };
}

/** Severity is text here and a number in search answers (protocol.md §4.8, §5.2). */
function vulnerabilities(facts: readonly Vulnerability[] | undefined): object[] | undefined {
  if (facts === undefined || facts.length === 0) return undefined;
  return facts.map(({ advisoryUrl, severity }) => ({
    "@type": "Vulnerability",
    advisoryUrl,
    severity: String(severity),
  }));
}
