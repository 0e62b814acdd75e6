/**
 * Tells from a path which id a file belongs to, and whether a feed has such a file at all.
 */
import { type LowerId, lowerId, parsePackageId } from "../nuget/id.js";
import { type LowerVersion, lowerVersion, parseVersion } from "../nuget/version.js";
import { HIVES } from "./hive.js";
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

/** The folders that hold a folder of each id. */
export const ID_FOLDERS: readonly string[] = ["v3/flat/", ...HIVES.map(({ folder }) => hiveFolder(folder))];

/** The folders of one id, each ending in `/`. */
export function foldersOfId(id: LowerId): string[] {
  return [contentFolder(id), ...HIVES.map(({ folder }) => `${hiveFolder(folder)}${id}/`)];
}

/** The id in whose folders a path lies, if that is an id at all. */
export function ownerOfPath(path: string): LowerId | undefined {
  const text = idOfPath(path) ?? "";
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
  ];
  return paths.includes(path);
}

function ofVersion(text: string, paths: (version: LowerVersion) => FeedPath[]): FeedPath[] {
  const version = parseVersion(text);
  return version === undefined ? [] : paths(lowerVersion(version));
}

function withoutExtension(name: string): string {
  return name.replace(/\.json$/, "");
}
