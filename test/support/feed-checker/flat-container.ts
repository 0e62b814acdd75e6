/**
 * The flat container: version lists, packages, and what comes out of packages (protocol.md §3).
 */
import { createHash } from "node:crypto";
import { bytesSource } from "../../../src/nuget/byte-source.js";
import { type InspectedPackage, inspectPackage } from "../../../src/nuget/inspect.js";
import { compareVersions, lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import type { Inspection } from "./inspection.js";
import { listOf } from "./json.js";
import type { ServiceIndex } from "./service-index.js";

/** What the packages themselves say, ascending by version within an id. */
export type FeedVersions = ReadonlyMap<string, readonly PackageVersion[]>;

export interface PackageVersion {
  readonly lower: string;
  /** Of the package file; absent when it cannot be read. */
  readonly inspected?: InspectedPackage;
}

/** @param hashes the packages that must be there, and no others; not checked when absent */
export async function checkFlatContainer(
  feed: Inspection,
  { flat }: ServiceIndex,
  hashes: ReadonlyMap<string, string> | undefined,
): Promise<FeedVersions> {
  const versions = new Map<string, readonly PackageVersion[]>();
  for (const id of foldersBelow(feed, flat)) versions.set(id, await checkId(feed, flat, id, hashes));
  const present = [...versions].flatMap(([id, list]) => list.map(({ lower }) => `${id}/${lower}`));
  for (const key of hashes?.keys() ?? []) {
    feed.expect(present.includes(key), flat, `does not list ${key}, which the feed must hold`);
  }
  return versions;
}

function foldersBelow(feed: Inspection, folder: string): string[] {
  const below = feed.paths().filter((path) => path.startsWith(folder));
  return [...new Set(below.map((path) => path.slice(folder.length).split("/")[0] ?? ""))];
}

async function checkId(
  feed: Inspection,
  flat: string,
  id: string,
  hashes: ReadonlyMap<string, string> | undefined,
): Promise<PackageVersion[]> {
  const path = `${flat}${id}/index.json`;
  const list = listOf(await feed.readJson(path), "versions").map(String);
  feed.reach(path);
  feed.expect(list.length > 0, path, "lists no version");
  checkOrder(feed, path, list);
  const versions: PackageVersion[] = [];
  for (const lower of list)
    versions.push(await checkVersion(feed, `${flat}${id}/${lower}/`, id, lower, hashes));
  return versions;
}

function checkOrder(feed: Inspection, path: string, list: readonly string[]): void {
  const parsed = list.map(parseVersion);
  for (const [i, version] of parsed.entries()) {
    if (version === undefined || lowerVersion(version) !== list[i]) {
      feed.find(path, `lists "${list[i] ?? ""}", which is no normalized version in lower case`);
      return;
    }
    const before = parsed[i - 1];
    const isAscending = before === undefined || compareVersions(before, version) <= 0;
    feed.expect(isAscending, path, `lists ${list[i] ?? ""} after a higher version`);
  }
  feed.expect(new Set(list).size === list.length, path, "lists a version twice");
}

async function checkVersion(
  feed: Inspection,
  folder: string,
  id: string,
  lower: string,
  hashes: ReadonlyMap<string, string> | undefined,
): Promise<PackageVersion> {
  const path = `${folder}${id}.${lower}.nupkg`;
  const bytes = await feed.readBytes(path);
  feed.reach(path);
  if (bytes === undefined) {
    feed.find(path, "is not there");
    return { lower };
  }
  const sha512 = createHash("sha512").update(bytes).digest("base64");
  const wanted = hashes?.get(`${id}/${lower}`);
  feed.expect(hashes === undefined || wanted !== undefined, path, "is a package that the feed must not hold");
  feed.expect(wanted === undefined || wanted === sha512, path, "has another SHA-512 than it must have");
  await checkBytes(feed, `${path}.sha512`, new TextEncoder().encode(sha512), "optional");
  const inspected = await inspectPackage(bytesSource(bytes));
  const identity = `${inspected.nuspec.id.toLowerCase()}/${lowerVersion(inspected.nuspec.version)}`;
  feed.expect(identity === `${id}/${lower}`, path, `holds ${identity}`);
  await checkBytes(feed, `${folder}${id}.nuspec`, inspected.nuspecBytes, "required");
  await checkBytes(feed, `${folder}readme`, inspected.readme?.bytes, "required");
  return { lower, inspected };
}

/** The file must hold just these bytes, and must not be there when there are none. */
async function checkBytes(
  feed: Inspection,
  path: string,
  wanted: Uint8Array | undefined,
  need: "required" | "optional",
): Promise<void> {
  const bytes = await feed.readBytes(path);
  if (wanted === undefined) return feed.expect(bytes === undefined, path, "does not come out of the package");
  if (bytes === undefined) return feed.expect(need === "optional", path, "is not there");
  feed.reach(path);
  feed.expect(Buffer.from(bytes).equals(wanted), path, "holds other bytes than the package");
}
