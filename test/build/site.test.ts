import path from "node:path";
import { describe, expect, test } from "vitest";
import { addTo } from "../../src/build/add.js";
import { listPath, usedByShardPath } from "../../src/feed/site-urls.js";
import { usedByBits, usedByShardOf } from "../../src/site/used-by.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { told } from "../support/damaged-feed.js";
import { checkFeed } from "../support/feed-checker.js";
import { type PackagesFixture, settings } from "../support/packages-fixture.js";
import { testId } from "../support/records.js";
import { makeSiteFeed, makeSitePackages, siteSettings } from "../support/site-feed.js";

const everybody = /^(?:feed-state|v3)\//;

/** What the next build writes of the site, and deletes of it. */
async function changes(
  feed: PackagesFixture,
  options: Parameters<PackagesFixture["build"]>[0] = {},
): Promise<{ put: string[]; deleted: string[] }> {
  feed.store.reset();
  await feed.build(options);
  const ofSite = (paths: readonly string[]) => [...new Set(paths)].filter((path) => !everybody.test(path));
  return { put: ofSite(feed.store.putPaths()), deleted: ofSite(feed.store.deletedPaths()) };
}

describe("a build of a feed with a site", () => {
  test("writes a feed that is sound, and nothing when nothing changed", async () => {
    await using feed = await makeSiteFeed();
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
    feed.store.reset();
    const report = await feed.build();
    expect(feed.store.writes).toEqual([]);
    expect(report.kept).toBe(Object.keys(await feed.tree()).length);
  });

  test("takes all of it away when it is turned off, and adds it when it is turned on again", async () => {
    await using feed = await makeSiteFeed();
    const sited = await feed.tree();
    const store = createMemoryStore();
    await feed.build({ settings }, store);
    const plain = await feed.tree(store);
    await feed.build({ settings });
    expect(await feed.tree()).toEqual(plain);
    expect(await feed.store.read("feed-state/lists/packages.jsonl")).toBeUndefined();
    expect(await told(feed.store)).toEqual([]);
    await feed.build();
    expect(await feed.tree()).toEqual(sited);
    expect(await told(feed.store)).toEqual([]);
  });

  test("takes away what the owner no longer wants", async () => {
    await using feed = await makeSiteFeed();
    const { deleted } = await changes(feed, { settings: { ...settings, site: { atom: "feed" } } });
    const ids = ["contoso.core", "contoso.old", "contoso.text"];
    const badges = ids.flatMap((id) => ["json", "svg"].map((form) => `${id}.${form}`));
    expect(deleted).toEqual([
      ...badges.map((name) => `badges/${name}`),
      ...badges.map((name) => `badges/pre/${name}`),
      ...ids.map((id) => `packages/${id}/atom.xml`),
      "site/custom.css",
    ]);
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });

  test("rewrites its addresses when the base URL changes", async () => {
    await using feed = await makeSiteFeed();
    const moved = { ...siteSettings, baseUrl: "https://moved.example.com/nuget/" };
    await feed.build({ settings: moved });
    expect(JSON.stringify(await feed.tree())).not.toContain("feed.example.com");
    expect(await checkFeed(feed.store, moved.baseUrl)).toEqual([]);
    expect(await told(feed.store)).toEqual([]);
  });

  test("writes every page again when its owner says something else, but nothing that clients read", async () => {
    await using feed = await makeSiteFeed();
    feed.store.reset();
    await feed.build({ settings: { ...siteSettings, site: { ...siteSettings.site, title: "Fabrikam" } } });
    expect(feed.store.putPaths().filter((path) => path.startsWith("v3/"))).toEqual([]);
    const pages = Object.entries(await feed.tree()).filter(([path]) => path.endsWith(".html"));
    expect(pages.filter(([, html]) => !html.includes("Fabrikam")).map(([path]) => path)).toEqual([]);
  });

  test.for([
    "index.html",
    "packages/contoso.core/index.html",
    "packages/contoso.core/versions.json",
    "packages/index.html",
    "site/site.css",
    "site/used-by/0/0.json",
    "badges/contoso.core.svg",
  ])("refuses to write over a %s that it did not write, however often it is tried", async (path) => {
    await using feed = await makeSitePackages(core);
    await feed.store.put(path, new TextEncoder().encode("mine"));
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(feed.build()).rejects.toMatchObject({
        code: "foreign-file",
        message: expect.stringContaining(`"${path}"`),
      });
    }
    expect((await feed.tree())[path]).toBe("mine");
    await feed.store.delete(path);
    await feed.build();
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });

  test("writes the page of a licence again when another package that has it spells the id otherwise", async () => {
    const license = { path: "LICENSE.txt", content: "Do as you please." };
    await using feed = await makeSitePackages({ ...core, license });
    await feed.build();
    await feed.add({ id: "contoso.CORE", version: "0.9.0", license });
    await feed.build();
    const clean = createMemoryStore();
    await feed.build({}, clean);
    expect(await feed.tree()).toEqual(await feed.tree(clean));
  });

  test("is added to as it would be built", async () => {
    await using feed = await makeSiteFeed();
    await using other = await makeSitePackages({ id: "Contoso.New", version: "1.0.0", ...readme("# New") });
    const now = new Date("2024-01-02T03:04:06Z");
    await addTo(feed.store, { packages: [path.join(other.folder, "Contoso.New.1.0.0.nupkg")], now });
    const added = await feed.tree();
    await feed.add({ id: "Contoso.New", version: "1.0.0", ...readme("# New") });
    const clean = createMemoryStore();
    await feed.build({}, clean);
    expect(added).toEqual(await feed.tree(clean));
  });

  test("takes over pages that already hold what is to be written", async () => {
    await using feed = await makeSiteFeed();
    const tree = await feed.tree();
    const store = createMemoryStore();
    for (const [path, text] of Object.entries(tree))
      if (!everybody.test(path)) await store.put(path, new TextEncoder().encode(text));
    await feed.build({}, store);
    expect(await feed.tree(store)).toEqual(tree);
  });
});

const core = { id: "Contoso.Core", version: "1.0.0" };
const readme = (text: string) => ({ readme: { path: "README.md", content: text } });
const readmePage = expect.stringMatching(/^packages\/contoso\.core\/readme\/[0-9a-f]{32}\.html$/);
const pageOf = (id: string): [string, string, string] => [
  `packages/${id}/atom.xml`,
  `packages/${id}/index.html`,
  `packages/${id}/versions.json`,
];
/** Newest first, and how many there are: what every change of a package touches. */
const recent = ["atom.xml", "index.html"];

interface Step {
  readonly what: string;
  readonly change: (feed: PackagesFixture) => Promise<void>;
  readonly put: readonly unknown[];
  readonly deleted?: readonly unknown[];
}

/**
 * @param list that shows the ids
 * @param shardOf the shard of what depends on an id
 */
function steps(list: string, shardOf: (id: string) => string): readonly Step[] {
  const dependencies = { "Contoso.Text": "1.0.0" };
  const more = { ...dependencies, "Other.Feed": "1.0.0" };
  const [ownAtom, ownPage, ownVersions] = pageOf("contoso.core");
  return [
    {
      what: "a version like the one before",
      change: (feed) => feed.add({ ...core, version: "1.1.0", ...readme("# Core"), dependencies }),
      put: [...recent, ownAtom, ownPage, ownVersions],
    },
    {
      what: "a version with another readme",
      change: (feed) => feed.add({ ...core, version: "1.2.0", ...readme("# Other"), dependencies }),
      put: [...recent, ownAtom, ownPage, readmePage, ownVersions],
    },
    {
      what: "a version with another description",
      change: (feed) => feed.add({ ...core, version: "1.3.0", description: "Other", dependencies }),
      put: [...recent, list, ownAtom, ownPage, ownVersions].sort(),
    },
    {
      what: "a version that depends on one more id",
      change: (feed) => feed.add({ ...core, version: "1.4.0", description: "Other", dependencies: more }),
      put: [...recent, ownAtom, ownPage, ownVersions, shardOf("other.feed")],
    },
    {
      what: "an older version",
      change: (feed) => feed.add({ ...core, version: "0.9.0", entryTime: "2019-01-01T00:00:00Z" }),
      put: ["index.html", ownAtom, ownPage, ownVersions],
    },
    {
      what: "a new id",
      change: (feed) => feed.add({ id: "Contoso.New", version: "1.0.0", dependencies: more }),
      put: [
        ...new Set([
          ...recent,
          list,
          ...pageOf("contoso.new"),
          "sitemap.xml",
          ...["contoso.new", "contoso.text", "other.feed"].map(shardOf),
        ]),
      ].sort(),
    },
    {
      what: "an id that leaves",
      change: (feed) => feed.remove("Contoso.New.1.0.0.nupkg"),
      put: [
        ...new Set([
          ...recent,
          list,
          "sitemap.xml",
          ...["contoso.new", "contoso.text", "other.feed"].map(shardOf),
        ]),
      ].sort(),
      deleted: pageOf("contoso.new"),
    },
    {
      what: "an id that is unlisted: those who depend on it still find it",
      change: (feed) => feed.facts({ "Contoso.Text": { "*": { listed: false } } }),
      put: [...recent, list, ...pageOf("contoso.text"), "sitemap.xml"].sort(),
    },
    {
      what: "a version that leaves with its readme",
      change: (feed) => feed.remove("Contoso.Core.1.2.0.nupkg"),
      put: ["index.html", ownAtom, ownPage, ownVersions],
      deleted: [readmePage],
    },
  ];
}

describe("of the site, one change writes", () => {
  // The lists and shards of the larger feed are divided.
  test.for([
    [0, listPath("")],
    [260, listPath("c")],
  ] as const)("the same files whether %i other packages are there or not", async ([others, list]) => {
    const bits = usedByBits(others + 2);
    const shardOf = (id: string) => usedByShardPath(bits, usedByShardOf(testId(id), bits));
    const entryTime = "2024-01-02T00:00:00Z";
    await using feed = await makeSitePackages(
      { ...core, ...readme("# Core"), dependencies: { "Contoso.Text": "1.0.0" }, entryTime },
      { id: "Contoso.Text", version: "1.0.0", entryTime },
    );
    for (let i = 0; i < others; i++)
      await feed.add({ id: `Fabrikam.N${i}`, version: "1.0.0", entryTime: "2020-01-01T00:00:00Z" });
    const options = { settings: { ...settings, site: {} } };
    await feed.build(options);
    for (const { what, change, put, deleted = [] } of steps(list, shardOf)) {
      await change(feed);
      expect(await changes(feed, options), what).toEqual({ put, deleted });
    }
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });
});
