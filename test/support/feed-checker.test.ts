import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { checkFeed, checkLinks } from "./feed-checker.js";
import { renderFeed, type TestPackage, testSettings } from "./render-feed.js";

const { baseUrl } = testSettings;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const packages: readonly TestPackage[] = [
  {
    id: "Contoso.Core",
    version: "1.0.0",
    dependencies: { "Contoso.Base": "1.0", Elsewhere: "[2.0]" },
    icon: { path: "icon.png", content: png },
    license: { path: "LICENSE.txt", content: "all yours" },
    readme: { path: "README.md", content: "# Core" },
  },
  { id: "Contoso.Core", version: "1.1.0-beta.1", facts: { listed: false } },
  { id: "Contoso.Base", version: "1.0.0" },
  ...Array.from({ length: 130 }, (_, i) => ({ id: "Contoso.Many", version: `1.0.${i}` })),
];

describe("checkFeed", () => {
  let sound: Store;
  let feed: Store;

  beforeAll(async () => {
    sound = await renderFeed(packages);
  });

  beforeEach(async () => {
    feed = await copyOf(sound);
  });

  it("finds nothing in a sound feed", async () => {
    expect(await checkFeed(feed, baseUrl)).toEqual([]);
  });

  it("finds nothing in a feed without packages", async () => {
    expect(await checkFeed(await renderFeed([]), baseUrl)).toEqual([]);
  });

  it("compares packages with given hashes", async () => {
    const sha512 = new Map([
      ["contoso.core/1.0.0", "b3RoZXI="],
      ["contoso.gone/1.0.0", "b3RoZXI="],
    ]);
    const findings = await checkFeed(feed, baseUrl, { sha512 });
    expect(findings).toContain(
      "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg has another SHA-512 than it must have",
    );
    expect(findings).toContain(
      "v3/flat/contoso.base/1.0.0/contoso.base.1.0.0.nupkg is a package that the feed must not hold",
    );
    expect(findings).toContain("v3/flat/ does not list contoso.gone/1.0.0, which the feed must hold");
  });

  it.each([
    "v3/index.json",
    "v3/flat/contoso.core/index.json",
    "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
    "v3/flat/contoso.core/1.0.0/contoso.core.nuspec",
    "v3/flat/contoso.core/1.0.0/readme",
    "v3/registration/contoso.core/index.json",
    "v3/registration/contoso.core/1.0.0.json",
    "v3/registration/contoso.many/page/1.0.64/1.0.127.json",
    "v3/registration-semver1/contoso.core/index.json",
    "v3/registration-semver1/contoso.many/page/1.0.128/1.0.129.json",
    "v3/search/query.json",
    "v3/search/shards/index.json",
    "v3/search/shards/0/0.json",
  ])("finds that %s is missing", async (path) => {
    expect(await feed.stat(path)).toBeDefined();
    await feed.delete(path);
    expect((await checkFeed(feed, baseUrl)).join("\n")).toContain(path);
  });

  it("finds a missing asset by the document that links to it", async () => {
    for await (const { path } of feed.list("v3/assets/")) await feed.delete(path);
    expect((await checkFeed(feed, baseUrl)).join("\n")).toMatch(/points to v3\/assets\/[0-9a-f]{32}\.png/);
  });

  it.each([
    ["v3/registration/contoso.core/index.json", '"listed":true', '"listed":null', "holds null"],
    ["v3/registration/contoso.core/index.json", '"tags":[]', '"tags":""', "tags are no list"],
    ["v3/registration/contoso.core/index.json", '"range":"[1.0.0, )"', '"range":"1.0"', "range"],
    ["v3/registration/contoso.core/index.json", '"lower":"1.0.0"', '"lower":"1.0"', "lower"],
    ["v3/registration/contoso.many/index.json", '"count":64', '"count":63', "count"],
    ["v3/registration/contoso.many/page/1.0.0/1.0.63.json", '"upper":"1.0.63"', '"upper":"2.0.0"', "upper"],
    ["v3/registration/contoso.core/1.0.0.json", '"listed":true', '"listed":false', "another listed"],
    ["v3/flat/contoso.many/index.json", '"1.0.9","1.0.10"', '"1.0.10","1.0.9"', "after a higher"],
    ["v3/flat/contoso.core/index.json", "1.1.0-beta.1", "1.1.0-BETA.1", "no normalized version"],
    ["v3/flat/contoso.core/1.0.0/contoso.core.nuspec", "Contoso", "Fabrikam", "other bytes"],
    ["v3/search/query.json", '"totalHits":3', '"totalHits":4', "totalHits"],
    ["v3/search/shards/0/0.json", '"version":"1.0.0"', '"version":"2.0.0"', "other versions"],
    ["v3/index.json", "RegistrationsBaseUrl/3.6.0", "RegistrationsBaseUrl", "names a type twice"],
    ["v3/index.json", "registration/", "registration", "without a slash"],
  ])("finds in %s that %s became %s", async (path, from, to, finding) => {
    await edit(feed, path, from, to);
    expect((await checkFeed(feed, baseUrl)).join("\n")).toContain(finding);
  });

  it("finds a file to which nothing leads", async () => {
    await feed.put("v3/flat/contoso.core/0.9.0/contoso.core.nuspec", new Uint8Array());
    expect(await checkFeed(feed, baseUrl)).toEqual([
      "v3/flat/contoso.core/0.9.0/contoso.core.nuspec is extra: no document leads to it",
    ]);
  });
});

describe("checkLinks", () => {
  it("accepts files to which nothing leads yet, also when they lead back there", async () => {
    const feed = await renderFeed(packages);
    await feed.delete("v3/index.json");
    await feed.delete("v3/flat/contoso.core/index.json");
    await feed.delete("v3/search/query.json");
    await feed.delete("v3/registration/contoso.many/index.json");
    expect(await checkLinks(feed, baseUrl)).toEqual([]);
  });

  it("finds a version list that runs ahead of its packages", async () => {
    const feed = await renderFeed(packages);
    await feed.delete("v3/flat/contoso.base/1.0.0/contoso.base.1.0.0.nupkg");
    expect(await checkLinks(feed, baseUrl)).toContain(
      "v3/flat/contoso.base/index.json lists 1.0.0, but v3/flat/contoso.base/1.0.0/contoso.base.1.0.0.nupkg is not there",
    );
  });

  it("finds a document that was cut short when something points to it", async () => {
    const feed = await renderFeed(packages);
    await cutShort(feed, "v3/registration/contoso.base/1.0.0.json");
    await cutShort(feed, "v3/flat/contoso.base/index.json");
    expect(await checkLinks(feed, baseUrl)).toEqual([
      expect.stringContaining("v3/registration/contoso.base/1.0.0.json is no JSON"),
    ]);
  });
});

async function copyOf(store: Store): Promise<Store> {
  const copy = createMemoryStore();
  for await (const { path } of store.list("")) {
    await copy.put(path, (await store.read(path))?.bytes ?? new Uint8Array());
  }
  return copy;
}

async function cutShort(store: Store, path: string): Promise<void> {
  const bytes = (await store.read(path))?.bytes ?? new Uint8Array();
  await store.put(path, bytes.slice(0, bytes.length / 2));
}

async function edit(store: Store, path: string, from: string, to: string): Promise<void> {
  const text = new TextDecoder().decode((await store.read(path))?.bytes);
  expect(text).toContain(from);
  await store.put(path, new TextEncoder().encode(text.replace(from, to)));
}
