import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { property } from "../../../src/feed/parsed-json.js";
import { recordedSettings } from "../../../src/serve/recorded-settings.js";
import { openFolder } from "../../../src/store/fs.js";
import { checkFeed } from "../../support/feed-checker.js";
import { buildPackage } from "../../support/package-builder.js";
import { type FeedClient, newFeed, usePublishServer } from "../../support/publish-server.js";

const { start, folder } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

/** `id version listed` of every leaf in the registration index. */
async function registered({ json }: FeedClient, id: string): Promise<string[]> {
  const index = await json(`v3/registration/${id}/index.json`);
  const pages = listIn(index, "items");
  const leaves = pages.flatMap((page) => listIn(page, "items"));
  return leaves.map((leaf) => {
    const entry = property(leaf, "catalogEntry");
    return textsOf(entry, "id", "version", "listed");
  });
}

async function found({ json }: FeedClient, q = ""): Promise<string[]> {
  const answer = await json(`v3/search/query?q=${q}&prerelease=true&semVerLevel=2.0.0`);
  return listIn(answer, "data").map((hit) => textsOf(hit, "id", "version"));
}

async function completed({ json }: FeedClient, query: string): Promise<unknown> {
  return property(await json(`v3/search/autocomplete?${query}&prerelease=true&semVerLevel=2.0.0`), "data");
}

function textsOf(value: unknown, ...names: readonly string[]): string {
  return names.map((name) => String(property(value, name))).join(" ");
}

function listIn(value: unknown, name: string): unknown[] {
  const list = property(value, name);
  if (!Array.isArray(list)) throw new Error(`no list ${name} in ${JSON.stringify(value)}`);
  return list;
}

describe("once a push is answered, everybody sees the version", () => {
  test("in the version list, the registration, its leaf, search and completion", async () => {
    const feed = await start();
    expect(await found(feed, "contoso")).toEqual([]);
    for (const version of ["1.0.0", "2.0.0-beta.1"]) {
      expect((await feed.push({ ...core, version })).status).toBe(201);
      const leaf = await feed.json(`v3/registration/contoso.core/${version}.json`);
      expect(property(leaf, "listed")).toBe(true);
      expect(await found(feed, "contoso")).toEqual([`Contoso.Core ${version}`]);
    }
    expect(await feed.versions("contoso.core")).toEqual(["1.0.0", "2.0.0-beta.1"]);
    expect(await registered(feed, "contoso.core")).toEqual([
      "Contoso.Core 1.0.0 true",
      "Contoso.Core 2.0.0-beta.1 true",
    ]);
    expect(await completed(feed, "q=conto")).toEqual(["Contoso.Core"]);
    expect(await completed(feed, "id=contoso.core")).toEqual(["1.0.0", "2.0.0-beta.1"]);
  });

  test("with the bytes that were pushed, and its files", async () => {
    const { ask, push } = await start();
    const bytes = buildPackage({ ...core, readme: { path: "R.md", content: "# Read me" } });
    await push(bytes);
    const place = "v3/flat/contoso.core/1.0.0";
    const sent = await ask(`${place}/contoso.core.1.0.0.nupkg`);
    expect(Buffer.from(await sent.arrayBuffer()).equals(bytes)).toBe(true);
    expect(sent.headers.get("Cache-Control")).toContain("immutable");
    expect(await (await ask(`${place}/contoso.core.nuspec`)).text()).toContain("<id>Contoso.Core</id>");
    expect(await (await ask(`${place}/readme`)).text()).toBe("# Read me");
  });

  test("under the address at which it is asked for", async () => {
    const { ask, push, port } = await start();
    await push(core);
    const text = await (await ask("v3/registration/contoso.core/index.json")).text();
    expect(text).toContain(`"http://localhost:${port}/v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg"`);
    expect(text).not.toContain("feed.example.com");
  });
});

test("an unlisted version can be restored, and is in no answer of search", async () => {
  const feed = await start();
  await feed.push(core);
  await feed.push({ ...core, version: "2.0.0" });
  await feed.ask("v3/publish/Contoso.Core/2.0.0", { method: "DELETE" });
  expect(await feed.versions("contoso.core")).toEqual(["1.0.0", "2.0.0"]);
  expect(await registered(feed, "contoso.core")).toEqual([
    "Contoso.Core 1.0.0 true",
    "Contoso.Core 2.0.0 false",
  ]);
  expect(await found(feed)).toEqual(["Contoso.Core 1.0.0"]);
  await feed.ask("v3/publish/Contoso.Core/1.0.0", { method: "DELETE" });
  expect([await found(feed), await completed(feed, "q=")]).toEqual([[], []]);
  await feed.ask("v3/publish/Contoso.Core/2.0.0", { method: "POST" });
  expect(await found(feed)).toEqual(["Contoso.Core 2.0.0"]);
});

describe("the service index", () => {
  const typesAt = async ({ json }: FeedClient, part: string): Promise<string[]> =>
    listIn(await json("v3/index.json"), "resources")
      .filter((resource) => String(property(resource, "@id")).includes(part))
      .map((resource) => textsOf(resource, "@type", "@id"));

  test("names where to search and to push, at the address at which it is asked for", async () => {
    const feed = await start();
    expect(await typesAt(feed, "v3/publish")).toEqual([`PackagePublish/2.0.0 ${feed.url}v3/publish`]);
    expect(await typesAt(feed, "v3/search/query")).toContain(
      `SearchQueryService/3.5.0 ${feed.url}v3/search/query`,
    );
    expect(await typesAt(feed, "static")).toEqual([]);
  });

  test("names nowhere to push where nothing is taken", async () => {
    await start();
    const feed = await start({ publish: false });
    expect([feed.isPublishing, await typesAt(feed, "publish")]).toEqual([false, []]);
    expect((await feed.push(core)).status).toBe(405);
  });

  test("behind a proxy names the address that clients know", async () => {
    const feed = await start({ publicUrl: "https://nuget.example.com/feed/" });
    expect(await typesAt(feed, "v3/publish")).toEqual([
      "PackagePublish/2.0.0 https://nuget.example.com/feed/v3/publish",
    ]);
  });

  test("answers HEAD without a body", async () => {
    const { ask } = await start();
    const answer = await ask("v3/index.json", { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(answer.headers.get("Content-Type")).toContain("application/json");
  });
});

test("other addresses show files, and nothing of the state", async () => {
  const { ask, push } = await start();
  await push(core);
  expect((await ask("v3/none.json")).status).toBe(404);
  for (const hidden of ["feed-state/feed.json", "feed-state/lock", "feed-state/index.json"])
    expect((await ask(hidden)).status).toBe(404);
});

test("what changed is a sound feed once the server stopped, without anything left of pushes", async () => {
  const { push, ask, close } = await start();
  for (const version of ["1.0.0", "1.1.0", "2.0.0-beta"]) await push({ ...core, version });
  await push({ id: "Contoso.Text", version: "1.0.0", dependencies: { "Contoso.Core": "1.0.0" } });
  await ask("v3/publish/Contoso.Core/1.1.0", { method: "DELETE" });
  await close();
  const store = openFolder(folder());
  expect(await checkFeed(store, newFeed.baseUrl)).toEqual([]);
  const left = [];
  for await (const { path } of store.list("feed-state/staging/")) left.push(path);
  expect(left).toEqual([]);
  await expect(readFile(path.join(folder(), "feed-state/lock"))).rejects.toThrow("ENOENT");
});

test("a feed begins with the settings that it is given", async () => {
  await start();
  expect(await recordedSettings(openFolder(folder()))()).toEqual(newFeed);
});
