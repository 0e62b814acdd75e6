/**
 * All that a package's page shows of one version. The browser makes the same from `versions.json` when a reader goes to
 * another version, so this holds nothing that needs a package, a record or the feed.
 */

import { licensePagePath, pageHref, readmePagePath } from "../../feed/site-urls.js";
import { feedUrl, nupkgPath, nuspecPath } from "../../feed/urls.js";
import { type LowerId, lowerId } from "../../nuget/id.js";
import { omitUndefined } from "../../nuget/omit-undefined.js";
import type { LowerVersion } from "../../nuget/version.js";
import { type Mark, marksOf } from "../marks.js";
import { byteSize } from "./byte-size.js";
import { dependencyGroups, type ShownGroup } from "./dependency-groups.js";
import { type FrameworkFamily, frameworkSupport } from "./framework-support.js";
import { iconHref } from "./icon-href.js";
import { type Installation, installation } from "./install.js";
import { type LicensePart, licenseParts } from "./license.js";
import type { LongText } from "./long-text.js";
import { type NewerVersion, type Notice, noticesOf } from "./notices.js";
import type { SourceRepository, VersionDetails } from "./version-details.js";
import { isPrereleaseText, lowerText } from "./version-text.js";

export interface VersionModel {
  readonly id: string;
  readonly title?: string;
  /** The full form. */
  readonly version: string;
  readonly lower: LowerVersion;
  readonly marks: readonly Mark[];
  /** A link to the image. */
  readonly icon?: string;
  readonly notices: readonly Notice[];
  readonly description?: LongText;
  readonly releaseNotes?: LongText;
  readonly installation: Installation;
  readonly dependencies: readonly ShownGroup[];
  readonly moreDependencies: number;
  readonly frameworks: readonly FrameworkFamily[];
  readonly license?: ShownLicense;
  readonly requiresAcceptance: boolean;
  readonly authors?: string;
  readonly owners: readonly string[];
  readonly copyright?: string;
  readonly tags: readonly ShownTag[];
  readonly moreTags: number;
  readonly projectUrl?: string;
  readonly repository?: SourceRepository;
  /** `2024-05-01` */
  readonly published?: string;
  readonly size: string;
  readonly sha512: string;
  readonly downloadHref: string;
  readonly nuspecHref: string;
  readonly signature?: "author" | "repository";
  readonly hasSymbols: boolean;
  readonly minClientVersion?: string;
  /** The page that holds this version's readme. */
  readonly readmeHref?: string;
}

export type ShownLicense =
  | { readonly kind: "expression"; readonly parts: readonly LicensePart[] }
  | { readonly kind: "link"; readonly text: string; readonly href: string };

export interface ShownTag {
  readonly text: string;
  /** A search for it in this feed. */
  readonly href: string;
}

/** What is the same for all versions on a page. */
export interface PagePlace {
  /** The way from the page to the feed's root. */
  readonly root: string;
  /** The public address of the service index. */
  readonly source: string;
}

/** @param newer see {@link newerThan} */
export function versionModel(
  details: VersionDetails,
  newer: NewerVersion | undefined,
  { root, source }: PagePlace,
): VersionModel {
  const key = lowerId(details.id);
  const lower = lowerText(details.version);
  return omitUndefined({
    id: details.id,
    title: details.title,
    version: details.version,
    lower,
    marks: versionMarks(details),
    icon: details.icon === undefined ? undefined : iconHref(root, details.icon),
    notices: noticesOf(details, newer, root),
    description: details.description,
    releaseNotes: details.releaseNotes,
    installation: installation(details, source),
    dependencies: dependencyGroups(details, root),
    moreDependencies: details.moreDependencies ?? 0,
    frameworks: frameworkSupport(details.frameworks ?? [], isOnlyTool(details)),
    license: shownLicense(details, key, root),
    requiresAcceptance: details.requiresAcceptance === true,
    authors: details.authors,
    owners: details.owners ?? [],
    copyright: details.copyright,
    tags: (details.tags ?? []).map((text) => ({ text, href: tagHref(root, text) })),
    moreTags: details.moreTags ?? 0,
    projectUrl: details.projectUrl,
    repository: details.repository,
    published: details.published?.slice(0, 10),
    size: byteSize(details.size),
    sha512: details.sha512,
    downloadHref: feedUrl(root, nupkgPath(key, lower)),
    nuspecHref: feedUrl(root, nuspecPath(key, lower)),
    signature: details.signature,
    hasSymbols: details.hasSymbols === true,
    minClientVersion: details.minClientVersion,
    readmeHref: details.readme && pageHref(root, readmePagePath(key, details.readme)),
  });
}

export function versionMarks(details: VersionDetails): Mark[] {
  return marksOf({
    isPrerelease: isPrereleaseText(details.version),
    isDeprecated: details.deprecation !== undefined,
    isVulnerable: (details.vulnerabilities?.length ?? 0) > 0,
    isUnlisted: details.isUnlisted,
    packageTypes: details.packageTypes,
  });
}

/**
 * The version to point readers of `details` to: the newest listed stable one where it is newer, else the newest listed
 * prerelease.
 *
 * @param versions descending; at least the newest
 */
export function newerThan(
  details: VersionDetails,
  versions: readonly VersionDetails[],
): NewerVersion | undefined {
  const own = versions.findIndex(({ version }) => version === details.version);
  const newer = versions.slice(0, own === -1 ? versions.length : own);
  const listed = newer.filter(({ isUnlisted }) => isUnlisted === undefined);
  const found = listed.find(({ version }) => !isPrereleaseText(version)) ?? listed[0];
  return found && { version: found.version, lower: lowerText(found.version) };
}

function isOnlyTool({ packageTypes = [] }: VersionDetails): boolean {
  return packageTypes.length > 0 && packageTypes.every((type) => type.toLowerCase() === "dotnettool");
}

function shownLicense({ license }: VersionDetails, id: LowerId, root: string): ShownLicense | undefined {
  if (license === undefined) return undefined;
  if (license.kind === "expression") return { kind: "expression", parts: licenseParts(license.text) };
  if (license.kind === "link") return { kind: "link", text: "Licence text", href: license.url };
  return { kind: "link", text: license.name, href: pageHref(root, licensePagePath(id, license.digest)) };
}

/** The search understands `tags:…`. */
function tagHref(root: string, tag: string): string {
  return `${root}search/?q=${encodeURIComponent(`tags:${tag}`)}`;
}
