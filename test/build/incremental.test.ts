import { describe, expect, test } from "vitest";
import { sourceMemoryPath } from "../../src/state/layout.js";
import { makePackages, settings, tinyPng } from "../support/packages-fixture.js";

const core = { id: "Contoso.Core", version: "1.0.0" };
const stateOf = (id: string) => expect.stringMatching(`^feed-state/packages/[0-9a-f]{2}\\.jsonl$|${id}`);

describe("a build that follows another", () => {
  test("writes nothing when nothing changed", async () => {
    await using feed = await makePackages(core, { id: "Contoso.Text", version: "2.0.0" });
    await feed.build();
    feed.store.reset();
    const report = await feed.build();
    expect(feed.store.writes).toEqual([]);
    expect(report).toMatchObject({ created: 0, replaced: 0, deleted: 0, bytes: 0 });
    expect(report.kept).toBe(Object.keys(await feed.tree()).length);
  });

  test("writes exactly the paths that one more version changes", async () => {
    await using feed = await makePackages(core, { id: "Contoso.Text", version: "2.0.0" });
    await feed.build();
    feed.store.reset();
    await feed.add({ id: "Contoso.Core", version: "1.1.0-Beta" });
    const report = await feed.build();
    expect([...new Set(feed.store.putPaths())]).toEqual([
      "feed-state/index.json",
      "feed-state/lock",
      stateOf("contoso.core"),
      sourceMemoryPath("folder:packages"),
      "v3/flat/contoso.core/1.1.0-beta/contoso.core.1.1.0-beta.nupkg",
      "v3/flat/contoso.core/1.1.0-beta/contoso.core.nuspec",
      "v3/flat/contoso.core/index.json",
      "v3/registration-semver1/contoso.core/index.json",
      "v3/registration/contoso.core/1.1.0-beta.json",
      "v3/registration/contoso.core/index.json",
      "v3/search/query.json",
      "v3/search/shards/0/0.json",
    ]);
    expect(feed.store.deletedPaths()).toEqual(["feed-state/lock"]);
    expect(report).toMatchObject({ created: 3, replaced: 5, deleted: 0, versions: 3, ids: 2 });
  });

  test("writes only the pages that change of an id with many versions", async () => {
    const versions = Array.from({ length: 200 }, (_, i) => ({ id: "Contoso.Core", version: `1.${i}.0` }));
    await using feed = await makePackages(...versions);
    await feed.build();
    feed.store.reset();
    await feed.add({ id: "Contoso.Core", version: "1.200.0" });
    await feed.build();
    const pages = feed.store.putPaths().filter((path) => path.includes("/page/"));
    expect(pages).toEqual([
      "v3/registration-semver1/contoso.core/page/1.192.0/1.200.0.json",
      "v3/registration/contoso.core/page/1.192.0/1.200.0.json",
    ]);
    expect(feed.store.deletedPaths()).toEqual([
      "feed-state/lock",
      "v3/registration-semver1/contoso.core/page/1.192.0/1.199.0.json",
      "v3/registration/contoso.core/page/1.192.0/1.199.0.json",
    ]);
  });

  test("writes no document when files only have another time", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    feed.store.reset();
    await feed.touch("Contoso.Core.1.0.0.nupkg");
    const report = await feed.build();
    expect(report).toMatchObject({ created: 0, replaced: 0, deleted: 0 });
    expect(feed.store.putPaths().filter((path) => !path.startsWith("feed-state/"))).toEqual([]);
    feed.store.reset();
    await feed.build();
    expect(feed.store.writes).toEqual([]);
  });

  test("takes out of the output what left the input", async () => {
    await using feed = await makePackages(
      core,
      { id: "Contoso.Text", version: "2.0.0" },
      { id: "A", version: "1.0" },
    );
    await feed.build();
    await feed.remove("Contoso.Text.2.0.0.nupkg");
    const report = await feed.build();
    expect(report.deleted).toBe(6);
    expect(Object.keys(await feed.tree()).filter((path) => path.includes("contoso.text"))).toEqual([]);
    feed.store.reset();
    await feed.build();
    expect(feed.store.writes).toEqual([]);
  });

  test("keeps an asset for as long as one id wants it", async () => {
    const icon = { path: "icon.png", content: tinyPng };
    await using feed = await makePackages(
      { id: "A", version: "1.0.0", icon },
      { id: "B", version: "1.0.0", icon },
      { id: "C", version: "1.0.0" },
    );
    const assets = async () => Object.keys(await feed.tree()).filter((path) => path.startsWith("v3/assets/"));
    await feed.build();
    expect(await assets()).toHaveLength(1);
    await feed.remove("A.1.0.0.nupkg");
    await feed.build();
    expect(await assets()).toHaveLength(1);
    await feed.remove("B.1.0.0.nupkg");
    await feed.build({ allowMassRemoval: true });
    expect(await assets()).toEqual([]);
  });

  test("never touches files that it did not write", async () => {
    await using feed = await makePackages(core, { id: "Contoso.Text", version: "2.0.0" });
    const encoder = new TextEncoder();
    await feed.store.put("CNAME", encoder.encode("feed.example.com"));
    await feed.store.put("v3/flat/contoso.text/2.0.0/notes.txt", encoder.encode("mine"));
    await feed.build();
    await feed.remove("Contoso.Text.2.0.0.nupkg");
    await feed.build();
    expect(await feed.tree()).toMatchObject({
      CNAME: "feed.example.com",
      "v3/flat/contoso.text/2.0.0/notes.txt": "mine",
    });
  });

  test.for(["404.html", "v3/flat/contoso.core/index.json", "v3/registration/contoso.core/1.0.0.json"])(
    "refuses to write over a %s that it did not write, however often it is tried",
    async (path) => {
      await using feed = await makePackages(core);
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
    },
  );

  test("takes over a file that already holds what is to be written", async () => {
    await using feed = await makePackages(core);
    await feed.store.put(".nojekyll", new Uint8Array());
    await feed.build();
    feed.store.reset();
    await feed.build();
    expect(feed.store.writes).toEqual([]);
  });

  test("copies no package again when the base URL changes", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    feed.store.reset();
    const moved = { baseUrl: "https://moved.example.com/nuget/", folderFeed: false, staticSearch: 25 };
    await feed.build({ settings: moved });
    const content = feed.store.putPaths().filter((path) => /\.(?:nupkg|nuspec)$|readme$/.test(path));
    expect(content).toEqual([]);
    expect(JSON.stringify(await feed.tree())).not.toContain("feed.example.com");
  });

  test("adds hashes for a folder source to packages that lie there already, and takes them away again", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    await feed.build({
      settings: { baseUrl: "https://feed.example.com/", folderFeed: true, staticSearch: 25 },
    });
    const path = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg.sha512";
    expect((await feed.tree())[path]).toMatch(/^[A-Za-z0-9+/]{86}==$/);
    await feed.build();
    expect(await feed.tree()).not.toHaveProperty([path]);
  });

  test.for([
    ["a dynamic URL", { dynamicUrl: "https://search.example.com/" }],
    ["no search", { staticSearch: 0 }],
  ] as const)("takes the static answer away with %s, and brings it back", async ([, other]) => {
    await using feed = await makePackages(core);
    await feed.build();
    const before = await feed.tree();
    await feed.build({ settings: { ...settings, ...other } });
    expect(await feed.tree()).not.toHaveProperty(["v3/search/query.json"]);
    expect(await feed.tree()).toHaveProperty(["v3/search/shards/index.json"]);
    await feed.build();
    expect(await feed.tree()).toEqual(before);
  });
});
