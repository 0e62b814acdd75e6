import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyOf, edit, replace } from "./damaged-feed.js";
import { checkFeed, checkLinks } from "./feed-checker.js";
import { type PackagesFixture, settings } from "./packages-fixture.js";
import { makeSiteFeed } from "./site-feed.js";

const { baseUrl } = settings;
const page = "packages/contoso.core/index.html";

let sound: PackagesFixture;

beforeAll(async () => {
  sound = await makeSiteFeed();
});
afterAll(async () => {
  await sound[Symbol.asyncDispose]();
});

describe("checkFeed of a feed with a site", () => {
  test("finds nothing when it is sound", async () => {
    expect(await checkFeed(sound.store, baseUrl)).toEqual([]);
    expect(await checkLinks(sound.store, baseUrl)).toEqual([]);
  });

  test.for([
    page,
    "packages/contoso.core/versions.json",
    "packages/contoso.core/atom.xml",
    "packages/index.html",
    "index.html",
    "atom.xml",
    "site/site.js",
    "site/search-worker.js",
    "site/custom.css",
    "site/used-by/0/0.json",
  ])("finds that %s is missing", async (path) => {
    const feed = await copyOf(sound.store);
    await feed.delete(path);
    expect((await checkFeed(feed, baseUrl)).join("\n")).toContain(path);
  });

  test.for(["readme", "license"])("finds that the page of a %s is missing", async (kind) => {
    const feed = await copyOf(sound.store);
    for await (const { path } of feed.list(`packages/contoso.core/${kind}/`)) await feed.delete(path);
    expect((await checkFeed(feed, baseUrl)).join("\n")).toContain(`names packages/contoso.core/${kind}/`);
  });

  test.for(["packages/x/index.html", "badges/x.svg", "all/x-/index.html", "site/old.js", "packages/A.txt"])(
    "finds that nothing leads to %s",
    async (path) => {
      const feed = await copyOf(sound.store);
      await replace(feed, path, "x");
      expect((await checkFeed(feed, baseUrl)).join("\n")).toContain(`${path} is extra`);
    },
  );

  test("finds a link that leads nowhere", async () => {
    const feed = await copyOf(sound.store);
    await edit(feed, page, (html) => html.replace("contoso.core.1.0.0.nupkg", "contoso.core.1.0.zip"));
    const finding = expect.stringContaining(
      `${page} points to v3/flat/contoso.core/1.0.0/contoso.core.1.0.zip`,
    );
    expect(await checkFeed(feed, baseUrl)).toEqual([finding]);
    expect(await checkLinks(feed, baseUrl)).toEqual([finding]);
  });
});

describe("checkLinks of a feed with a site", () => {
  test("accepts pages of ids around which the site is not there yet", async () => {
    const feed = await copyOf(sound.store);
    for (const path of ["index.html", "atom.xml", "packages/index.html", "site/site.css", "sitemap.xml"])
      await feed.delete(path);
    await feed.delete("packages/contoso.text/index.html");
    expect(await checkLinks(feed, baseUrl)).toEqual([]);
  });

  test("finds a list that runs ahead of the pages of its ids", async () => {
    const feed = await copyOf(sound.store);
    await feed.delete("packages/contoso.text/index.html");
    const found = (await checkLinks(feed, baseUrl)).join("\n");
    for (const path of ["index.html", "packages/index.html", "sitemap.xml", "atom.xml"])
      expect(found).toContain(`${path} points to packages/contoso.text/index.html`);
  });
});
