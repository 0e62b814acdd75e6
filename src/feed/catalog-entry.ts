/**
 * The `catalogEntry` of a registration leaf (protocol.md §4.7, §4.8). Missing text is left out: `null` makes clients
 * drop the version or crash.
 */

import { isUnsupported, parseFramework, shortFolderName } from "../nuget/framework.js";
import type { LowerId } from "../nuget/id.js";
import { lowerId } from "../nuget/id.js";
import type { Dependency, DependencyGroup } from "../nuget/nuspec-model.js";
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
    range: dependency.range,
    registration: feedUrl(settings.baseUrl, registrationIndexPath(hive.folder, id)),
  };
}

/**
 * As the nuspec has it, except for the comma form (`.NETFramework,Version=v4.5`): Paket cannot read that and takes the
 * dependencies of every group then.
 */
function frameworkText(text: string | undefined): string | undefined {
  if (text === undefined || !text.includes(",")) return text;
  const framework = parseFramework(text);
  return framework === undefined || isUnsupported(framework) ? text : shortFolderName(framework);
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
