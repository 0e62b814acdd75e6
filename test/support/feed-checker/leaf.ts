/**
 * One leaf of a registration page, with its catalog entry and its leaf document (protocol.md §4.6–4.9).
 */
import { parsePackageId } from "../../../src/nuget/id.js";
import { normalizedRange, parseRange } from "../../../src/nuget/range.js";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import type { PackageVersion } from "./flat-container.js";
import type { Inspection } from "./inspection.js";
import { listOf, property, textOf } from "./json.js";
import type { HiveBase } from "./service-index.js";

/** @returns the leaf's version as its path has it */
export async function checkLeaf(
  feed: Inspection,
  hive: HiveBase,
  indexPath: string,
  leaf: unknown,
  wanted: readonly PackageVersion[],
): Promise<string> {
  const entry = property(leaf, "catalogEntry");
  const version = parseVersion(textOf(entry, "version"));
  const lower = version === undefined ? "" : lowerVersion(version);
  const expect = (holds: boolean, what: string) => feed.expect(holds, indexPath, `has ${lower} ${what}`);

  expect(feed.pathOf(textOf(leaf, "registration")) === indexPath, "with another registration");
  const nupkg = textOf(leaf, "packageContent");
  expect(nupkg.endsWith(`/${lower}/${nupkgName(indexPath, lower)}`), "with a wrong packageContent");
  expect(textOf(entry, "packageContent") === nupkg, "with two packageContents");
  expect(typeof property(entry, "listed") === "boolean", "without listed");
  expect(property(entry, "listed") === true || isUnlistedTime(entry), "unlisted, but not published in 1900");
  expect(property(entry, "listed") === false || !isUnlistedTime(entry), "listed, but published in 1900");
  const tags = property(entry, "tags");
  expect(Array.isArray(tags) && tags.every((tag) => typeof tag === "string"), "whose tags are no list");
  const inspected = wanted.find((other) => other.lower === lower)?.inspected;
  expect(textOf(entry, "id") === inspected?.nuspec.id, "with another id than in its package");
  checkDependencies(entry, expect);
  checkAdvisories(hive, entry, expect);
  await checkLeafDocument(feed, leaf);
  return lower;
}

function nupkgName(indexPath: string, lower: string): string {
  const id = indexPath.split("/").at(-2) ?? "";
  return encodeURI(`${id}.${lower}.nupkg`);
}

function isUnlistedTime(entry: unknown): boolean {
  return textOf(entry, "published") === "1900-01-01T00:00:00+00:00";
}

type Expect = (holds: boolean, what: string) => void;

function checkDependencies(entry: unknown, expect: Expect): void {
  for (const group of listOf(entry, "dependencyGroups")) {
    expect(property(group, "targetFramework") !== "", "with an empty target framework");
    expect(!textOf(group, "targetFramework").includes(","), "with a target framework in comma form");
    expect(Array.isArray(property(group, "dependencies")), "with a group without dependencies");
    for (const dependency of listOf(group, "dependencies")) {
      expect(parsePackageId(textOf(dependency, "id")) !== undefined, "with a dependency without id");
      const text = textOf(dependency, "range");
      const range = parseRange(text, { allowFloating: false });
      expect(range !== undefined && normalizedRange(range) === text, `with the range "${text}"`);
    }
  }
}

function checkAdvisories(hive: HiveBase, entry: unknown, expect: Expect): void {
  const advisories = ["deprecation", "vulnerabilities"].map((name) => property(entry, name));
  const isAllowed = hive.includesSemVer2 || advisories.every((advisory) => advisory === undefined);
  expect(isAllowed, "with advisories in a hive that has none");
  for (const vulnerability of listOf(entry, "vulnerabilities")) {
    expect(/^[0-3]$/.test(textOf(vulnerability, "severity")), "with a severity that is no digit as text");
  }
  const deprecation = property(entry, "deprecation");
  expect(deprecation === undefined || listOf(deprecation, "reasons").length > 0, "deprecated without reason");
}

async function checkLeafDocument(feed: Inspection, leaf: unknown): Promise<void> {
  const path = feed.pathOf(textOf(leaf, "@id")) ?? "";
  const document = await feed.readJson(path);
  feed.reach(path);
  feed.expect(property(document, "@id") === property(leaf, "@id"), path, "has another @id than its address");
  for (const name of ["listed", "packageContent", "published"]) {
    const isSame = property(document, name) === property(property(leaf, "catalogEntry"), name);
    feed.expect(isSame, path, `has another ${name} than the page with its leaf`);
  }
  feed.expect(typeof property(document, "catalogEntry") !== "object", path, "has an entry that is an object");
}
