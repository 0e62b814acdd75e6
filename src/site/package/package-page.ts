/**
 * The page of a package id: one version as it was chosen for readers who did not choose, and the list of all.
 */
import type { FeedPackage, FeedVersion } from "../../feed/feed-package.js";
import { siteDefaults } from "../../feed/site-settings.js";
import { packageAtomPath, packagePagePath, packageVersionsPath, pageHref } from "../../feed/site-urls.js";
import { feedUrl } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { PackageEntry } from "../../nuget/inspect.js";
import { omitUndefined } from "../../nuget/omit-undefined.js";
import { type LowerVersion, normalizedVersion } from "../../nuget/version.js";
import { type Frame, frameOf, type SiteContext } from "../frame.js";
import type { RenderedReadme } from "../readme/render-readme.js";
import { type FileTree, fileTree } from "./file-tree.js";
import { type NewestListed, newestListed, shownVersion } from "./shown-versions.js";
import { sourceCodeData } from "./source-code-data.js";
import { versionDetails } from "./version-details.js";
import { newerThan, type VersionModel, versionModel } from "./version-model.js";
import { MOST_ROWS, type VersionGroup, versionGroups } from "./version-rows.js";

/** What the page shows that records do not hold. */
export interface PackageContent {
  /** Of the version that the page shows, see {@link pageVersions}. */
  readonly readme?: RenderedReadme;
  /** The files of the newest stable and the newest prerelease version. */
  readonly files: readonly VersionFiles[];
}

export interface VersionFiles {
  readonly version: LowerVersion;
  readonly entries: readonly PackageEntry[];
}

export interface PackagePage {
  readonly frame: Frame;
  readonly key: LowerId;
  readonly shown: VersionModel;
  readonly readme?: RenderedReadme;
  /** How many versions there are. */
  readonly versions: number;
  /** The newest of them, descending. */
  readonly groups: readonly VersionGroup[];
  /** How many of them are not in `groups`. */
  readonly moreVersions: number;
  readonly versionsHref: string;
  readonly files: readonly ShownFiles[];
  /** A link to the Atom feed of the id. */
  readonly atom?: string;
  /** Structured data (schema.org). */
  readonly data: object;
}

export interface ShownFiles {
  /** Normalized. */
  readonly version: string;
  readonly lower: LowerVersion;
  readonly tree: FileTree;
}

/** The versions whose packages the page needs. */
export interface PageVersions extends NewestListed {
  /** For its readme. */
  readonly shown: FeedVersion;
}

/** @returns `undefined` for an id without versions */
export function pageVersions({ versions }: FeedPackage): PageVersions | undefined {
  const descending = versions.toReversed();
  const shown = shownVersion(descending);
  return shown && { ...newestListed(descending), shown };
}

/** @returns `undefined` for an id without versions */
export function packagePage(
  context: SiteContext,
  feedPackage: FeedPackage,
  content: PackageContent,
): PackagePage | undefined {
  const { shown } = pageVersions(feedPackage) ?? {};
  if (shown === undefined) return undefined;
  const key = feedPackage.id;
  const frame = frameOf(context, packagePagePath(key));
  const newest = feedPackage.versions.slice(-MOST_ROWS).toReversed().map(versionDetails);
  const details = versionDetails(shown);
  const model = versionModel(details, newerThan(details, newest), frame);
  const versions = feedPackage.versions.length;
  return omitUndefined({
    frame,
    key,
    shown: model,
    readme: content.readme,
    versions,
    groups: versionGroups(newest, frame.root),
    moreVersions: versions - newest.length,
    versionsHref: pageHref(frame.root, packageVersionsPath(key)),
    files: content.files.flatMap((files) => shownFiles(files, feedPackage)),
    atom: hasAtom(context) ? feedUrl(frame.root, packageAtomPath(key)) : undefined,
    data: sourceCodeData(details, model, frame),
  });
}

function hasAtom({ site, baseUrl }: SiteContext): boolean {
  return siteDefaults(site, baseUrl).atom === "all";
}

function shownFiles({ version: lower, entries }: VersionFiles, { versions }: FeedPackage): ShownFiles[] {
  const version = versions.find((candidate) => candidate.lower === lower)?.version;
  return version === undefined
    ? []
    : [{ version: normalizedVersion(version), lower, tree: fileTree(entries) }];
}
