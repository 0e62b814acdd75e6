/**
 * The static search answer and the prebuilt search (protocol.md §5.2, §5.5).
 */
import { idHash } from "../../../src/feed/digest.js";
import type { LowerId } from "../../../src/nuget/id.js";
import { isPrerelease, parseVersion } from "../../../src/nuget/version.js";
import type { FeedVersions } from "./flat-container.js";
import type { Inspection } from "./inspection.js";
import { listOf, property, textOf } from "./json.js";
import type { HiveBase, ServiceIndex } from "./service-index.js";

const shardIndex = "v3/search/shards/index.json";

export async function checkSearch(
  feed: Inspection,
  index: ServiceIndex,
  versions: FeedVersions,
): Promise<void> {
  const listed = new Map<string, readonly string[]>();
  for (const id of versions.keys()) listed.set(id, await listedVersions(feed, index.hives[0], id));
  if (index.searchAnswer !== undefined) await checkAnswer(feed, index.searchAnswer, listed);
  await checkShards(feed, listed);
}

/** Full versions of the listed leaves, ascending, as the registrations have them. */
async function listedVersions(feed: Inspection, hive: HiveBase | undefined, id: string): Promise<string[]> {
  const found: string[] = [];
  const index = await feed.readJson(`${hive?.folder ?? ""}${id}/index.json`);
  for (const page of listOf(index, "items")) {
    const path = feed.pathOf(textOf(page, "@id")) ?? "";
    const leaves = property(page, "items") === undefined ? await feed.readJson(path) : page;
    const entries = listOf(leaves, "items").map((leaf) => property(leaf, "catalogEntry"));
    const listed = entries.filter((entry) => property(entry, "listed") === true);
    found.push(...listed.map((entry) => textOf(entry, "version")));
  }
  return found;
}

type Listed = ReadonlyMap<string, readonly string[]>;

async function checkAnswer(feed: Inspection, path: string, listed: Listed): Promise<void> {
  const answer = await feed.readJson(path);
  feed.reach(path);
  const items = listOf(answer, "data");
  feed.expect(property(answer, "totalHits") === items.length, path, "has totalHits other than its items");
  const ids = items.map((item) => textOf(item, "id").toLowerCase());
  feed.expect(new Set(ids).size === ids.length, path, "has an id twice");
  for (const item of items) checkItem(feed, path, item, listed);
}

function checkItem(feed: Inspection, path: string, item: unknown, listed: Listed): void {
  const id = textOf(item, "id");
  const versions = listOf(item, "versions").map((version) => textOf(version, "version"));
  const wanted = listed.get(id.toLowerCase()) ?? [];
  const expect = (holds: boolean, what: string) => feed.expect(holds, path, `has ${id} ${what}`);
  expect(versions.length > 0 && versions.join() === wanted.join(), "with other versions than are listed");
  const stable = wanted.filter((text) => !isPrereleaseText(text));
  expect(
    textOf(item, "version") === (stable.at(-1) ?? wanted.at(-1)),
    "with another version than its latest",
  );
  expect(typeof property(item, "totalDownloads") === "number", "without totalDownloads");
  expect(Array.isArray(property(item, "tags")), "whose tags are no list");
  expect(listOf(item, "packageTypes").length > 0, "without packageTypes");
  for (const version of listOf(item, "versions")) {
    expect(typeof property(version, "downloads") === "number", "with a version without downloads");
    expect(feed.pathOf(textOf(version, "@id")) !== undefined, "with a version without @id");
  }
  for (const vulnerability of listOf(item, "vulnerabilities")) {
    expect(typeof property(vulnerability, "severity") === "number", "with a severity that is no number");
  }
}

function isPrereleaseText(text: string): boolean {
  const version = parseVersion(text);
  return version !== undefined && isPrerelease(version);
}

async function checkShards(feed: Inspection, listed: Listed): Promise<void> {
  const bits = property(await feed.readJson(shardIndex), "bits");
  feed.reach(shardIndex);
  if (typeof bits !== "number") return feed.find(shardIndex, "has no bits");
  const found: string[] = [];
  for (let n = 0; n < 2 ** bits; n++) {
    const path = `v3/search/shards/${bits}/${n}.json`;
    const entries = listOf(await feed.readJson(path), "entries");
    feed.reach(path);
    for (const entry of entries) checkEntry(feed, path, entry, listed);
    const keys = entries.map((entry) => textOf(entry, "key"));
    feed.expect(keys.join() === keys.toSorted().join(), path, "is not sorted by key");
    const strays = keys.filter((key) => shardOf(key, bits) !== n);
    feed.expect(strays.length === 0, path, `holds ${strays.join(", ")} of other shards`);
    found.push(...keys);
  }
  const [have, want] = [found, [...listed.keys()]].map((ids) => ids.toSorted().join(", "));
  feed.expect(have === want, shardIndex, `leads to entries of ${have ?? ""} instead of ${want ?? ""}`);
}

function shardOf(key: string, bits: number): number {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true for sound feeds, and harmless for others
  return Math.floor(idHash(key as LowerId) / 2 ** (32 - bits));
}

function checkEntry(feed: Inspection, path: string, entry: unknown, listed: Listed): void {
  const key = textOf(entry, "key");
  const versions = listOf(entry, "versions").map((version) => textOf(version, "version"));
  const isSame = versions.join() === (listed.get(key) ?? []).join();
  feed.expect(isSame, path, `has ${key} with other versions than are listed`);
  for (const latest of listOf(entry, "latest")) {
    const text = textOf(latest, "version");
    feed.expect(versions.includes(text), path, `has ${key} with the stray version ${text}`);
    const links = ["iconUrl", "licenseUrl"].map((name) => textOf(latest, name));
    for (const link of links.filter((link) => link !== "" && !/^https?:/.test(link))) {
      feed.expect(feed.has(link), path, `points to ${link}, which is not there`);
    }
  }
}
