import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import {
  bytesOf,
  copyOf,
  edit,
  makeFeed,
  partitionPathOf,
  pathsOf,
  replace,
  told,
} from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const list = "v3/flat/contoso.core/index.json";

describe("files of others", () => {
  const extras = [
    "v3/README.md",
    "v3/flat/contoso.core/0.9.0/contoso.core.0.9.0.nupkg",
    "v3/flat/Contoso.Core/index.json",
    "v3/flat/fabrikam/1.0.0/fabrikam.1.0.0.nupkg",
    "v3/registration/contoso.core/page/1.0.0/1.1.0.json",
    "v3/assets/0123.png",
    "v3/search/shards/1/0.json",
    "feed-state/notes.txt",
    "feed-state/packages/da.jsonl.bak",
  ];

  test.for(extras)("below the feed's own folders are told and never deleted: %s", async (path) => {
    const store = await copyOf(feed.store);
    await replace(store, path, "x");
    expect(await told(store)).toEqual([`file-extra ${path}`]);
    expect(await told(store, { repair: true })).toEqual([`file-extra ${path}`]);
    expect(await bytesOf(store, path)).toEqual(new TextEncoder().encode("x"));
  });

  test.for(["CNAME", "index.html", "v2/index.json", "v3.txt", "sub/v3/index.json"])(
    "elsewhere are nobody's business: %s",
    async (path) => {
      const store = await copyOf(feed.store);
      await replace(store, path, "x");
      expect(await told(store)).toEqual([]);
    },
  );

  test("are never replaced, where the feed wants to write", async () => {
    const store = await copyOf(feed.store);
    const state = partitionPathOf("contoso.core");
    await edit(store, state, (line) => line.replace(`"${list}":`, '"v3/flat/contoso.core/0.9.0/readme":'));
    await replace(store, list, '{"versions":["1.0.0","1.1.0","2.0.0-rc.1"],"by":"me"}');
    const found = [
      "state-outdated feed-state/index.json",
      "output-misrecorded v3/flat/contoso.core/0.9.0/readme",
      `output-misrecorded ${list}`,
      `file-foreign ${list}`,
    ];
    expect(await told(store)).toEqual(found);
    expect(await told(store, { repair: true })).toEqual(found.slice(1));
    expect(new TextDecoder().decode(await bytesOf(store, list))).toMatch("me");
    await store.delete(list);
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test("of the whole feed hold up nothing but that", async () => {
    const store = await copyOf(feed.store);
    await edit(store, "feed-state/index.json", (json) =>
      json.replace('"404.html":', '"v3/search/shards/9/9.json":'),
    );
    await replace(store, "404.html", "mine");
    await store.delete(list);
    const left = await told(store, { repair: true });
    expect(left).toContain("file-foreign 404.html");
    expect(left).not.toContain(`document-missing ${list}`);
    expect(new TextDecoder().decode(await bytesOf(store, "404.html"))).toBe("mine");
  });
});

test("a store that is empty holds no feed", async () => {
  await expect(verifyStore(createMemoryStore())).rejects.toMatchObject({ code: "feed-missing" });
});

test("files that are no feed hold none either", async () => {
  const store = createMemoryStore();
  await replace(store, "package.json", "{}");
  await expect(verifyStore(store)).rejects.toMatchObject({ code: "feed-missing" });
});

test("a feed without packages has nothing wrong", async () => {
  await using empty = await makePackages();
  await empty.build({ allowEmpty: true });
  expect(await told(empty.store)).toEqual([]);
});

test("a lock that lies there is told, but is no finding", async () => {
  const store = await copyOf(feed.store);
  await replace(store, "feed-state/lock", "{}");
  expect(await verifyStore(store)).toMatchObject({ findings: [], isLocked: true });
});

test("a repair of a feed in order writes nothing and takes no lock", async () => {
  feed.store.reset();
  expect(await verifyStore(feed.store, { repair: true })).toMatchObject({ findings: [], repaired: [] });
  expect(feed.store.writes).toEqual([]);
});

test("a repair writes what was wrong and its state, and nothing else", async () => {
  const store = await copyOf(feed.store);
  const before = new Map<string, string>();
  for (const path of await pathsOf(store)) before.set(path, (await store.stat(path))?.etag ?? "");
  await edit(store, list, (json) => json.replace("1.1.0", "1.1.1"));
  const { repaired } = await verifyStore(store, { repair: true });
  expect(repaired).toHaveLength(3);
  const written: string[] = [];
  for (const path of await pathsOf(store)) {
    if ((await store.stat(path))?.etag !== before.get(path)) written.push(path);
  }
  expect(written).toEqual(["feed-state/index.json", partitionPathOf("contoso.core"), list]);
});
