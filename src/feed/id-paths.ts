/**
 * Tells from a path which id a file belongs to, and whether a feed has such a file at all.
 */

import { type LowerId, lowerId, parsePackageId } from "../nuget/id.js";
import { type LowerVersion, lowerVersion, parseVersion } from "../nuget/version.js";
import type { Digest } from "./digest.js";
import { HIVES } from "./hive.js";
import {
  BADGE_FORMS,
  BADGE_KINDS,
  badgePath,
  idOfSitePath,
  licensePagePath,
  packageAtomPath,
  packagePagePath,
  packageVersionsPath,
  readmePagePath,
} from "./site-urls.js";
import {
  contentFolder,
  type FeedPath,
  hiveFolder,
  idOfPath,
  leafPath,
  nupkgHashPath,
  nupkgPath,
  nuspecPath,
  readmePath,
  registrationIndexPath,
  registrationPagePath,
  versionListPath,
} from "./urls.js";

/** The folders that hold a folder of each id; those of the web site are in `site-urls.ts`. */
export const ID_FOLDERS: readonly string[] = ["v3/flat/", ...HIVES.map(({ folder }) => hiveFolder(folder))];

/** The folders of one id in them, each ending in `/`. */
export function foldersOfId(id: LowerId): string[] {
  return [contentFolder(id), ...HIVES.map(({ folder }) => `${hiveFolder(folder)}${id}/`)];
}

/** Files of the web site that an id has in a folder that it shares with others. */
export function badgePaths(id: LowerId): FeedPath[] {
  return BADGE_KINDS.flatMap((kind) => BADGE_FORMS.map((form) => badgePath(id, kind, form)));
}

/** The id that a path is named by, or in whose folders it lies, if that is an id at all. */
export function ownerOfPath(path: string): LowerId | undefined {
  const text = idOfPath(path) ?? idOfSitePath(path) ?? "";
  const parsed = parsePackageId(text);
  const id = parsed && lowerId(parsed);
  return id === text ? id : undefined;
}

/** Whether a path is one at which a feed keeps files of the id; files that somebody else put beside them have others. */
export function isPathOfId(id: LowerId, path: string): path is FeedPath {
  const [first = "", second = "", third = ""] = path.split("/").slice(3);
  const paths: readonly string[] = [
    versionListPath(id),
    ...ofVersion(first, (version) => [
      nupkgPath(id, version),
      nupkgHashPath(id, version),
      nuspecPath(id, version),
      readmePath(id, version),
    ]),
    ...ofVersion(withoutExtension(first), (version) => [leafPath(id, version)]),
    ...HIVES.flatMap(({ folder }) => [
      registrationIndexPath(folder, id),
      ...ofVersion(second, (lower) =>
        ofVersion(withoutExtension(third), (upper) => [registrationPagePath(folder, id, lower, upper)]),
      ),
    ]),
    ...sitePaths(id, first),
  ];
  return paths.includes(path);
}

/** @param name of a file in one of the folders for readmes and licences */
function sitePaths(id: LowerId, name: string): FeedPath[] {
  const paths = [packagePagePath(id), packageVersionsPath(id), packageAtomPath(id), ...badgePaths(id)];
  const [, text] = /^([0-9a-f]{32})\.html$/.exec(name) ?? [];
  if (text === undefined) return paths;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: it has the form of one
  const digest = text as Digest;
  return [...paths, readmePagePath(id, digest), licensePagePath(id, digest)];
}

function ofVersion(text: string, paths: (version: LowerVersion) => FeedPath[]): FeedPath[] {
  const version = parseVersion(text);
  return version === undefined ? [] : paths(lowerVersion(version));
}

function withoutExtension(name: string): string {
  return name.replace(/\.json$/, "");
}
