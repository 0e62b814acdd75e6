/**
 * A registration hive: index, pages and leaves of every id (protocol.md §4).
 */
import { normalizedVersion, parseVersion } from "../../../src/nuget/version.js";
import type { FeedVersions, PackageVersion } from "./flat-container.js";
import type { Inspection } from "./inspection.js";
import { isObject, listOf, property, textOf } from "./json.js";
import { checkLeaf } from "./leaf.js";
import type { HiveBase } from "./service-index.js";

const leavesPerPage = 64;
const mostInlined = 127;

export async function checkHive(feed: Inspection, hive: HiveBase, versions: FeedVersions): Promise<void> {
  for (const [id, all] of versions) {
    const path = `${hive.folder}${id}/index.json`;
    const wanted = all.filter(
      ({ inspected }) => hive.includesSemVer2 || inspected?.nuspec.isSemVer2 !== true,
    );
    if (wanted.length > 0) await checkIndex(feed, hive, path, wanted);
    else feed.expect(!feed.has(path), path, "is there, although the hive has no version of it");
  }
}

async function checkIndex(
  feed: Inspection,
  hive: HiveBase,
  path: string,
  wanted: readonly PackageVersion[],
): Promise<void> {
  const index = await feed.readJson(path);
  feed.reach(path);
  const pages = listOf(index, "items");
  feed.expect(feed.pathOf(textOf(index, "@id")) === path, path, "has another @id than its address");
  feed.expect(property(index, "count") === pages.length, path, "counts its pages wrongly");
  const isInlined = wanted.length <= mostInlined;
  const found: string[] = [];
  for (const page of pages) {
    feed.expect((property(page, "items") !== undefined) === isInlined, path, "inlines pages wrongly");
    const leaves = await readPage(feed, path, page);
    checkPage(feed, path, page, leaves);
    for (const leaf of leaves) found.push(await checkLeaf(feed, hive, path, leaf, wanted));
  }
  const list = wanted.map(({ lower }) => lower);
  const isEqual = JSON.stringify(found) === JSON.stringify(list);
  feed.expect(isEqual, path, `holds the versions ${found.join(", ")} instead of ${list.join(", ")}`);
}

/** The leaves of a page, from the index or from a document of its own. */
async function readPage(feed: Inspection, indexPath: string, page: unknown): Promise<readonly unknown[]> {
  if (property(page, "items") !== undefined) return listOf(page, "items");
  const path = feed.pathOf(textOf(page, "@id")) ?? "";
  const document = await feed.readJson(path);
  feed.reach(path);
  for (const name of ["@id", "count", "lower", "upper"]) {
    const isSame = property(document, name) === property(page, name);
    feed.expect(isSame, path, `has another ${name} than its index says`);
  }
  feed.expect(feed.pathOf(textOf(document, "parent")) === indexPath, path, "has no parent");
  feed.expect(path === path.toLowerCase(), path, "is not in lower case");
  return listOf(document, "items");
}

function checkPage(feed: Inspection, path: string, page: unknown, leaves: readonly unknown[]): void {
  const isSized = leaves.length > 0 && leaves.length <= leavesPerPage;
  feed.expect(isSized, path, `has a page of ${leaves.length} leaves`);
  feed.expect(property(page, "count") === leaves.length, path, "counts the leaves of a page wrongly");
  feed.expect(isObject(page) && textOf(page, "@id") !== "", path, "has a page without @id");
  const [lower, upper] = [leaves[0], leaves.at(-1)].map((leaf) => {
    const version = parseVersion(textOf(property(leaf, "catalogEntry"), "version"));
    return version && normalizedVersion(version);
  });
  feed.expect(property(page, "lower") === lower, path, `has a page whose lower is not ${String(lower)}`);
  feed.expect(property(page, "upper") === upper, path, `has a page whose upper is not ${String(upper)}`);
}
