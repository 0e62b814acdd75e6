/**
 * Makes a whole feed in a memory store straight from packages: every document that `src/feed` renders, without state,
 * plan or folder. For tests of rendering.
 */
import { createHash } from "node:crypto";
import { digest } from "../../src/build/node-hash.js";
import { contentFiles } from "../../src/feed/content.js";
import type { FeedDocument } from "../../src/feed/document.js";
import type { Facts } from "../../src/feed/facts.js";
import { type FeedPackage, feedPackage } from "../../src/feed/feed-package.js";
import { renderVersionList } from "../../src/feed/flat-container.js";
import { HIVES } from "../../src/feed/hive.js";
import { makeRecord, type PackageRecord } from "../../src/feed/record.js";
import { renderLeaves, renderRegistration } from "../../src/feed/registration.js";
import { renderSearchAnswer } from "../../src/feed/search-answer.js";
import { searchEntry } from "../../src/feed/search-entry.js";
import { renderShard, renderShardIndex, shardBits, shardLine, shardOf } from "../../src/feed/search-shard.js";
import { renderServiceIndex } from "../../src/feed/service-index.js";
import { type FeedSettings, hasStaticSearch } from "../../src/feed/settings.js";
import { bytesSource } from "../../src/nuget/byte-source.js";
import { lowerId } from "../../src/nuget/id.js";
import { type InspectedPackage, inspectPackage } from "../../src/nuget/inspect.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";

export const testSettings: FeedSettings = {
  baseUrl: "https://feed.example.com/",
  folderFeed: false,
  staticSearch: 25,
};

export interface TestPackage extends PackageOptions {
  readonly facts?: Facts;
}

/** The record of one package, as a build would make it. */
export async function recordOf({ facts, ...options }: TestPackage): Promise<PackageRecord> {
  return (await readPackage(options, facts)).record;
}

/** The documents of one id, by path. */
export function idDocumentsOf(
  feedPackage: FeedPackage,
  settings: FeedSettings = testSettings,
): ReadonlyMap<string, unknown> {
  return new Map(renderId(feedPackage, settings).map(({ path, body }) => [path, parse(body)]));
}

/** A whole feed of these packages. */
export async function renderFeed(
  packages: readonly TestPackage[],
  settings: FeedSettings = testSettings,
): Promise<Store> {
  const store = createMemoryStore();
  const read = await Promise.all(packages.map(({ facts, ...options }) => readPackage(options, facts)));
  const ids = [...new Set(read.map(({ record }) => lowerId(record.id)))];
  const feedPackages = ids.map((id) =>
    feedPackage(
      id,
      read.filter(({ record }) => lowerId(record.id) === id).map(({ record }) => record),
    ),
  );
  for (const feedPackage of feedPackages) {
    for (const version of feedPackage.versions) {
      const source = read.find(({ record }) => record === version.record);
      if (source === undefined) continue;
      for (const { path, content } of contentFiles(feedPackage.id, version, settings)) {
        await store.put(path, contentOf(source)[content] ?? new Uint8Array());
      }
    }
  }
  const documents = [
    ...feedPackages.flatMap((feedPackage) => renderId(feedPackage, settings)),
    ...renderFeedWide(feedPackages, settings),
  ];
  for (const { path, body } of documents) await store.put(path, body);
  return store;
}

interface ReadPackage {
  readonly bytes: Uint8Array;
  readonly inspected: InspectedPackage;
  readonly record: PackageRecord;
}

async function readPackage(options: PackageOptions, facts: Facts | undefined): Promise<ReadPackage> {
  const bytes = buildPackage(options);
  const inspected = await inspectPackage(bytesSource(bytes));
  const sha512 = createHash("sha512").update(bytes).digest("base64");
  const record = await makeRecord(inspected, { size: bytes.length, sha512 }, digest);
  return { bytes, inspected, record: { ...record, ...(facts && { facts: { input: facts } }) } };
}

function contentOf({ bytes, inspected, record }: ReadPackage) {
  return {
    nupkg: bytes,
    sha512: new TextEncoder().encode(record.sha512),
    nuspec: inspected.nuspecBytes,
    readme: inspected.readme?.bytes,
    icon: inspected.icon?.bytes,
    license: inspected.license?.bytes,
  };
}

function renderId(feedPackage: FeedPackage, settings: FeedSettings): FeedDocument[] {
  return [
    ...renderLeaves(feedPackage, settings),
    ...HIVES.flatMap((hive) => renderRegistration(hive, feedPackage, settings)),
    renderVersionList(feedPackage),
  ];
}

function renderFeedWide(feedPackages: readonly FeedPackage[], settings: FeedSettings): FeedDocument[] {
  const entries = feedPackages.map(searchEntry);
  const bits = shardBits(feedPackages.length);
  const shards = Array.from({ length: 2 ** bits }, (_, n) => {
    const own = entries.filter(({ key }) => shardOf(key, bits) === n);
    return renderShard(bits, n, new Map(own.map((entry) => [entry.key, shardLine(entry)])));
  });
  return [
    ...shards,
    renderShardIndex(bits),
    ...(hasStaticSearch(settings) ? [renderSearchAnswer(entries, settings.baseUrl)] : []),
    renderServiceIndex(settings),
  ];
}

function parse(body: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}
