import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { breakLease } from "../../src/publish/lease.js";
import type { Store } from "../../src/store/store.js";
import { countingStore } from "../support/counting-store.js";
import {
  bytesOf,
  copyOf,
  partitionPathOf,
  pathsOf,
  replace,
  told,
  truncate,
} from "../support/damaged-feed.js";
import { type Failure, failingStore } from "../support/failing-store.js";
import { checkFeed, checkLinks } from "../support/feed-checker.js";
import { type PackagesFixture, settings } from "../support/packages-fixture.js";
import { makeSiteFeed, siteSettings } from "../support/site-feed.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeSiteFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const core = partitionPathOf("contoso.core");
const index = "feed-state/index.json";
const lines = "feed-state/lists/packages.jsonl";

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
}

const damages: readonly Damage[] = [
  { what: "a partition that is gone", damage: (store) => store.delete(core) },
  { what: "a partition that is cut short", damage: (store) => truncate(store, core, 100) },
  { what: "an index that is gone", damage: (store) => store.delete(index) },
  { what: "an index that is a page", damage: (store) => replace(store, index, "<html>") },
  { what: "settings that are gone", damage: (store) => store.delete("feed-state/feed.json") },
  { what: "lines of packages that are gone", damage: (store) => store.delete(lines) },
  { what: "lines of packages that are cut short", damage: (store) => truncate(store, lines, 60) },
  {
    what: "everything but the settings gone",
    damage: async (store) => {
      for (const path of await pathsOf(store))
        if (path.startsWith("feed-state/") && path !== "feed-state/feed.json") await store.delete(path);
    },
  },
];

describe("a build of a feed with a site mends", () => {
  test.for(damages)("$what", async ({ damage }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    await feed.build({}, store);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });

  test.for(damages)("$what, with other settings than before", async ({ damage }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    const other = { ...siteSettings, site: { title: "Fabrikam" } };
    await feed.build({ settings: other }, store);
    expect(await checkFeed(store, settings.baseUrl)).toEqual([]);
    expect(await told(store)).toEqual([]);
  });

  test.for(damages)("$what, and takes the whole site away when it is to have none", async ({ damage }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    await feed.build({ settings }, store);
    const left = (await pathsOf(store)).filter((path) => !/^(?:v3|feed-state)\//.test(path));
    expect(left).toEqual([".nojekyll", "404.html"]);
    expect(await told(store)).toEqual([]);
  });
});

test("an id whose records are lost keeps its pages for as long as the feed has its packages", async () => {
  const store = await copyOf(feed.store);
  await truncate(store, core, 40);
  const file = "Contoso.Core.1.0.0.nupkg";
  const page = await bytesOf(store, "packages/contoso.core/index.html");
  await using other = await makeSiteFeed();
  await other.remove(file);
  await other.build({}, store);
  expect(await bytesOf(store, "packages/contoso.core/index.html")).toEqual(page);
  expect(await told(store)).toEqual([]);
});

const ways: readonly Failure["how"][] = ["fail", "crash", "crash-after", "crash-within"];

test.for(ways)("a build that mends and stops at any write (%s) is finished by the next", async (how) => {
  const damage = async (): Promise<Store> => {
    const store = await copyOf(feed.store);
    await truncate(store, core, 100);
    await truncate(store, index, 100);
    return store;
  };
  const counted = countingStore(await damage());
  await feed.build({}, counted);
  expect(counted.writes.length).toBeGreaterThan(30);
  // Each way has its share of the writes.
  for (let at = 1 + ways.indexOf(how); at <= counted.writes.length; at += ways.length) {
    const store = await damage();
    await feed.build({}, failingStore(store, { at, how })).catch(() => {});
    await breakLease(store);
    expect(await checkLinks(store, settings.baseUrl), `links after write ${at}`).toEqual([]);
    await feed.build({}, store);
    expect(await feed.tree(store), `stopped at write ${at}`).toEqual(await feed.tree());
    expect(await told(store), `stopped at write ${at}`).toEqual([]);
  }
});
