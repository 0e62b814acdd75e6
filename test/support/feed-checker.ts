/**
 * Walks a built feed as a stranger would, from its service index on, and tells everything that is wrong with it. It
 * shares no code with what renders feeds except package ids, versions, ranges and the reading of packages.
 */
import type { Store } from "../../src/store/store.js";
import { checkAssets, checkNothingExtra } from "./feed-checker/files.js";
import { checkFlatContainer } from "./feed-checker/flat-container.js";
import { createInspection, type Inspection } from "./feed-checker/inspection.js";
import { isObject, linksAheadOf, linksOf, property } from "./feed-checker/json.js";
import { checkHive } from "./feed-checker/registration.js";
import { checkSearch } from "./feed-checker/search.js";
import { readServiceIndex } from "./feed-checker/service-index.js";
import { checkSite, checkSiteLinks } from "./feed-checker/site.js";
import { recordedHashes } from "./feed-checker/state.js";

export interface CheckFeedOptions {
  /**
   * Base64 SHA-512 of every package that the feed must hold, and of no other, by `{lower id}/{lower version}`. Without
   * it the hashes in the feed's own state count.
   */
  readonly sha512?: ReadonlyMap<string, string>;
}

/**
 * Checks a feed that is complete: every document parses and holds no null, every link below the base URL leads to a
 * file, version lists, hives, pages, leaves, search and packages agree, and nothing else lies below `v3/`;
 * where there is a web site, its pages too, and nothing else lies in its folders.
 *
 * @param baseUrl the public address of the store's root, ending in `/`
 * @returns one finding per line, each beginning with the path that it is about; none for a sound feed
 */
export async function checkFeed(
  store: Store,
  baseUrl: string,
  options: CheckFeedOptions = {},
): Promise<string[]> {
  const feed = await createInspection(store, baseUrl);
  const index = await readServiceIndex(feed);
  if (index === undefined) return feed.findings();
  const hashes = options.sha512 ?? (await recordedHashes(store));
  const versions = await checkFlatContainer(feed, index, hashes);
  for (const hive of index.hives) await checkHive(feed, hive, versions);
  await checkSearch(feed, index, versions);
  await followLinks(feed, linksOf);
  await checkAssets(feed);
  checkNothingExtra(feed);
  await checkSite(feed, versions.keys());
  return feed.findings();
}

/**
 * Checks what must hold at any moment, also in the middle of a build and after a crash: what a document points to is
 * there, and whole. A new document that was cut short is passed over for as long as nothing points to it, and so are
 * links back, from a leaf to its index say.
 *
 * @returns findings as {@link checkFeed}
 */
export async function checkLinks(store: Store, baseUrl: string): Promise<string[]> {
  const feed = await createInspection(store, baseUrl);
  await followLinks(feed, linksAheadOf);
  await checkSiteLinks(feed);
  return feed.findings();
}

async function followLinks(feed: Inspection, linksIn: (document: unknown) => string[]): Promise<void> {
  for (const path of feed.paths().filter((path) => path.startsWith("v3/") && path.endsWith(".json"))) {
    const document = await feed.peekJson(path);
    for (const link of linksIn(document)) await checkLink(feed, path, link);
    checkVersionList(feed, path, document);
  }
}

/** Addresses of folders and templates lead to no file by themselves; a dynamic part is no file at all. */
async function checkLink(feed: Inspection, path: string, link: string): Promise<void> {
  const target = feed.pathOf(link);
  if (target === undefined || target.endsWith("/") || target.includes("{")) return;
  if (path === "v3/index.json" && !target.endsWith(".json")) return;
  if (!feed.has(target)) feed.find(path, `points to ${target}, which is not there`);
  else if (target.endsWith(".json")) await feed.readJson(target);
}

/** Clients make the addresses of packages and nuspecs from version lists. */
function checkVersionList(feed: Inspection, path: string, document: unknown): void {
  const versions = isObject(document) ? property(document, "versions") : undefined;
  const folder = /^v3\/flat\/([^/]+)\/index\.json$/.exec(path);
  if (folder === null || !Array.isArray(versions)) return;
  const [, id = ""] = folder;
  for (const version of versions.map(String)) {
    for (const file of [`${id}.${version}.nupkg`, `${id}.nuspec`]) {
      const target = `v3/flat/${id}/${version}/${file}`;
      if (!feed.has(target)) feed.find(path, `lists ${version}, but ${target} is not there`);
    }
  }
}
