import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { copyOf, edit, flip, makeFeed, replace, told, truncate } from "../support/damaged-feed.js";
import type { PackagesFixture } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const list = "v3/flat/contoso.core/index.json";
const leaf = "v3/registration/contoso.core/1.0.0.json";
const registration = "v3/registration/contoso.core/index.json";
const plainRegistration = "v3/registration-semver1/contoso.core/index.json";
const pages = "v3/registration/contoso.many/index.json";
const page = "v3/registration/contoso.many/page/1.64.0/1.127.0.json";
const answer = "v3/search/query.json";
const shard = "v3/search/shards/0/0.json";

interface Damage {
  readonly what: string;
  readonly damage: (store: Store) => Promise<unknown>;
  /** `kind path`, in the order in which they are told. */
  readonly findings: readonly string[];
}

const damages: readonly Damage[] = [
  {
    what: "the service index is gone",
    damage: (store) => store.delete("v3/index.json"),
    findings: ["document-missing v3/index.json"],
  },
  {
    what: "the service index is a page",
    damage: (store) => replace(store, "v3/index.json", "<!doctype html><title>Sign in</title>"),
    findings: ["document-damaged v3/index.json"],
  },
  {
    what: "the service index is empty",
    damage: (store) => truncate(store, "v3/index.json", 0),
    findings: ["document-damaged v3/index.json"],
  },
  {
    what: "the service index is JSON of something else",
    damage: (store) => replace(store, "v3/index.json", '[{"name": "x"}]'),
    findings: ["document-differs v3/index.json", "service-index-wrong v3/index.json"],
  },
  {
    what: "the service index offers no packages",
    damage: (store) => edit(store, "v3/index.json", (json) => json.replaceAll("PackageBaseAddress", "Other")),
    findings: ["document-differs v3/index.json", "service-index-wrong v3/index.json"],
  },
  {
    what: "the service index leads to another feed",
    damage: (store) => edit(store, "v3/index.json", (json) => json.replaceAll("feed.example", "old.example")),
    findings: ["document-differs v3/index.json", ...Array(4).fill("service-index-wrong v3/index.json")],
  },
  {
    what: "the service index leads to an answer that is not there",
    damage: (store) => edit(store, "v3/index.json", (json) => json.replaceAll("query.json", "all.json")),
    findings: ["document-differs v3/index.json", "link-broken v3/index.json"],
  },
  {
    what: "a version list is gone",
    damage: (store) => store.delete(list),
    findings: [`document-missing ${list}`],
  },
  {
    what: "a version list begins with a byte order mark",
    damage: (store) => edit(store, list, (json) => `\uFEFF${json}`),
    findings: [`document-damaged ${list}`],
  },
  {
    what: "a version list leaves a version out",
    damage: (store) => edit(store, list, (json) => json.replace('"1.1.0",', "")),
    findings: [`document-differs ${list}`, `version-list-wrong ${list}`],
  },
  {
    what: "a version list holds another version",
    damage: (store) => edit(store, list, (json) => json.replace("1.1.0", "1.2.0")),
    findings: [
      `document-differs ${list}`,
      `version-list-wrong ${list}`,
      `registration-wrong ${registration}`,
    ],
  },
  {
    what: "a version list holds what is no version",
    damage: (store) => edit(store, list, (json) => json.replace('"1.1.0"', "null")),
    findings: [`document-differs ${list}`, `version-list-wrong ${list}`],
  },
  {
    what: "a leaf is cut short",
    damage: (store) => truncate(store, leaf, 40),
    findings: [`document-damaged ${leaf}`],
  },
  {
    what: "a leaf leads to a package that is not there",
    damage: (store) => edit(store, leaf, (json) => json.replace(".nupkg", ".zip")),
    findings: [`document-differs ${leaf}`, `link-broken ${leaf}`],
  },
  {
    what: "a leaf is unlisted by hand",
    damage: (store) => edit(store, leaf, (json) => json.replace('"listed":true', '"listed":false')),
    findings: [`document-differs ${leaf}`],
  },
  {
    what: "a registration has no pages",
    damage: (store) => replace(store, registration, '{"count": 0}'),
    findings: [`document-differs ${registration}`, `registration-wrong ${registration}`],
  },
  {
    what: "a registration counts its pages wrongly",
    damage: (store) => edit(store, registration, (json) => json.replace('"count":1', '"count":2')),
    findings: [`document-differs ${registration}`, `registration-wrong ${registration}`],
  },
  {
    what: "an inlined page counts its leaves wrongly",
    damage: (store) => edit(store, registration, (json) => json.replace('"count":3', '"count":4')),
    findings: [`document-differs ${registration}`, `registration-wrong ${registration}`],
  },
  {
    what: "a bound of an inlined page is wrong",
    damage: (store) =>
      edit(store, registration, (json) => json.replace('"lower":"1.0.0"', '"lower":"1.0.1"')),
    findings: [`document-differs ${registration}`, `registration-wrong ${registration}`],
  },
  {
    what: "a bound of a page in the index is wrong",
    damage: (store) => edit(store, pages, (json) => json.replace('"upper":"1.127.0"', '"upper":"1.128.0"')),
    findings: [`document-differs ${pages}`, `registration-wrong ${pages}`],
  },
  {
    what: "a bound of a page is wrong in the page",
    damage: (store) => edit(store, page, (json) => json.replace('"lower":"1.64.0"', '"lower":"1.0.0"')),
    findings: [`document-differs ${page}`, `registration-wrong ${page}`],
  },
  {
    what: "a page lost a leaf",
    damage: (store) => edit(store, page, withoutFirstItem),
    findings: [
      `document-differs ${page}`,
      `registration-wrong ${pages}`,
      `registration-wrong ${pages}`,
      `registration-wrong ${pages}`,
      `registration-wrong ${page}`,
      `registration-wrong ${page}`,
    ],
  },
  {
    what: "a page is gone",
    damage: (store) => store.delete(page),
    findings: [`document-missing ${page}`],
  },
  {
    what: "an index leads to a page that is not there",
    damage: (store) => edit(store, pages, (json) => json.replace("page/1.64.0/1.127.0", "page/1.64.0/1.1.0")),
    findings: [`document-differs ${pages}`, `link-broken ${pages}`],
  },
  {
    what: "the plain hive holds a SemVer 2 version",
    damage: async (store) => {
      const all = await store.read(registration);
      await store.put(plainRegistration, all?.bytes ?? new Uint8Array());
    },
    findings: [`document-differs ${plainRegistration}`],
  },
  {
    what: "the search answer counts wrongly",
    damage: (store) => edit(store, answer, (json) => json.replace('"totalHits":3', '"totalHits":40')),
    findings: [`document-differs ${answer}`, `search-wrong ${answer}`],
  },
  {
    what: "the search answer leads to a version that is not there",
    damage: (store) => edit(store, answer, (json) => json.replaceAll("1.1.0", "1.2.3")),
    findings: [`document-differs ${answer}`, `link-broken ${answer}`, `link-broken ${answer}`],
  },
  {
    what: "the search answer has another order",
    damage: (store) =>
      edit(store, answer, (json) => {
        const { totalHits, data } = JSON.parse(json);
        return JSON.stringify({ totalHits, data: data.toReversed() });
      }),
    findings: [`document-differs ${answer}`],
  },
  {
    what: "the search answer is gone",
    damage: (store) => store.delete(answer),
    findings: [`document-missing ${answer}`],
  },
  {
    what: "a search shard has a flipped bit",
    damage: (store) => flip(store, shard, 100),
    findings: [`document-differs ${shard}`],
  },
  {
    what: "a search shard is gone",
    damage: (store) => store.delete(shard),
    findings: [`document-missing ${shard}`],
  },
  {
    what: "the index of shards names other bits",
    damage: (store) => edit(store, "v3/search/shards/index.json", (json) => json.replace("0", "1")),
    findings: ["document-differs v3/search/shards/index.json"],
  },
  {
    what: "a file for hosts is gone",
    damage: (store) => store.delete(".nojekyll"),
    findings: ["document-missing .nojekyll"],
  },
  {
    what: "the page for missing files is another",
    damage: (store) => replace(store, "404.html", "gone"),
    findings: ["document-differs 404.html"],
  },
];

function withoutFirstItem(json: string): string {
  const document = JSON.parse(json);
  return JSON.stringify({ ...document, items: document.items.slice(1) });
}

test("a feed that was built has nothing wrong", async () => {
  const { findings, counts, isLocked } = await verifyStore(feed.store);
  expect(findings).toEqual([]);
  expect(counts).toMatchObject({ ids: 4, versions: 135 });
  expect(isLocked).toBe(false);
});

describe("verification finds, and a repair mends:", () => {
  test.for(damages)("$what", async ({ damage, findings }) => {
    const store = await copyOf(feed.store);
    await damage(store);
    expect(await told(store)).toEqual(findings);
    expect(await told(store, { repair: true })).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  });
});
