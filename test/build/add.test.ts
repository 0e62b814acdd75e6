import path from "node:path";
import { describe, expect, test } from "vitest";
import { addTo } from "../../src/build/add.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { checkFeed } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";

const core = { id: "Contoso.Core", version: "1.0.0" };
const now = new Date("2026-05-01T10:00:00.250Z");

async function add(feed: PackagesFixture, other: PackagesFixture, ...files: readonly string[]) {
  const packages = files.map((file) => path.join(other.folder, file));
  return await addTo(feed.store, { packages, now });
}

describe("add", () => {
  test("takes a package into the feed, published at the time of its acceptance", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({
      id: "Contoso.Core",
      version: "1.1.0",
      entryTime: "2020-01-01T00:00:00Z",
    });
    await feed.build();
    const report = await add(feed, other, "Contoso.Core.1.1.0.nupkg");
    expect(report).toMatchObject({
      versions: [{ id: "Contoso.Core", version: "1.1.0", kind: "added" }],
      created: 3,
      source: "https://feed.example.com/v3/index.json",
      problems: [],
    });
    expect(await feed.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.0.0", "1.1.0"] });
    expect(await feed.json("v3/registration/contoso.core/1.1.0.json")).toMatchObject({
      published: "2026-05-01T10:00:00+00:00",
    });
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });

  test("takes the settings of a build that it waited for", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({ id: "Contoso.Core", version: "1.1.0" });
    await feed.build();
    const moved = { ...settings, baseUrl: "https://moved.example.com/" };
    let isMoved = false;
    const store: Store = {
      ...feed.store,
      put: async (file, ...more) => {
        if (file === "feed-state/lock" && !isMoved) {
          isMoved = true;
          await feed.build({ settings: moved });
        }
        return await feed.store.put(file, ...more);
      },
    };
    const packages = [path.join(other.folder, "Contoso.Core.1.1.0.nupkg")];
    expect(await addTo(store, { packages })).toMatchObject({
      source: "https://moved.example.com/v3/index.json",
    });
    expect(await checkFeed(feed.store, moved.baseUrl)).toEqual([]);
  });

  test("writes the same number of files whatever the size of the feed", async () => {
    const many = Array.from({ length: 60 }, (_, n) => ({ id: `Contoso.Part${n}`, version: "1.0.0" }));
    const counts: number[] = [];
    for (const packages of [[core], [core, ...many]]) {
      await using feed = await makePackages(...packages);
      await using other = await makePackages({ id: "Contoso.Core", version: "1.1.0" });
      await feed.build();
      feed.store.reset();
      await add(feed, other, "Contoso.Core.1.1.0.nupkg");
      counts.push(feed.store.writes.length);
    }
    expect(counts[0]).toBe(counts[1]);
  });

  test("keeps what it added when the packages folder is built again", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({ id: "Contoso.Text", version: "1.0.0" });
    await feed.build();
    await add(feed, other, "Contoso.Text.1.0.0.nupkg");
    feed.store.reset();
    expect(await feed.build()).toMatchObject({ versions: 2 });
    expect(feed.store.writes).toEqual([]);
    await feed.remove("Contoso.Core.1.0.0.nupkg");
    expect(await feed.build({ allowEmpty: true, allowMassRemoval: true })).toMatchObject({ versions: 1 });
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });

  test("makes everything of what it added again when the base URL changes, without the file", async () => {
    await using feed = await makePackages(core);
    {
      await using other = await makePackages({
        id: "Contoso.Text",
        version: "1.0.0",
        readme: { path: "README.md", content: "# Text" },
      });
      await feed.build();
      await add(feed, other, "Contoso.Text.1.0.0.nupkg");
    }
    const moved = { baseUrl: "https://moved.example.com/", folderFeed: true, staticSearch: 25 };
    await feed.build({ settings: moved });
    expect(await checkFeed(feed.store, moved.baseUrl)).toEqual([]);
  });

  test("takes the same bytes again as something that is there", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    const before = await feed.tree();
    const report = await add(feed, feed, "Contoso.Core.1.0.0.nupkg");
    expect(report).toMatchObject({ versions: [{ kind: "exists" }], created: 0, replaced: 0 });
    expect(await feed.tree()).toEqual(before);
    await feed.remove("Contoso.Core.1.0.0.nupkg");
    expect(await feed.build({ allowEmpty: true, allowMassRemoval: true })).toMatchObject({ versions: 1 });
  });

  test("refuses other bytes for a version that is there, and writes nothing", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({ ...core, description: "other" }, { id: "A", version: "1.0.0" });
    await feed.build();
    const before = await feed.tree();
    await expect(add(feed, other, "A.1.0.0.nupkg", "Contoso.Core.1.0.0.nupkg")).rejects.toMatchObject({
      code: "version-exists",
    });
    expect(await feed.tree()).toEqual(before);
  });

  test("tells of files that are no packages and adds the others", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({ id: "A", version: "1.0.0" });
    await other.write("broken.nupkg", "no zip");
    await feed.build();
    const report = await add(feed, other, "broken.nupkg", "A.1.0.0.nupkg", "missing.nupkg");
    expect(report.versions).toHaveLength(1);
    expect(report.problems.map(({ code }) => code)).toEqual(["zip-not-a-zip", "file-unreadable"]);
  });

  test("takes no folders, and tells who does", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    const { problems } = await addTo(feed.store, { packages: [feed.folder], now });
    expect(problems).toEqual([
      {
        severity: "problem",
        code: "not-a-file",
        file: feed.folder,
        message: `Cannot read package "${feed.folder}": it is a folder, and a package is a file`,
        hint: "name .nupkg files; nupress build reads folders",
      },
    ]);
  });

  test("leaves out symbols packages with one note", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages();
    await other.add({ id: "A", version: "1.0.0" }, "A.1.0.0.snupkg");
    await other.add({ id: "A", version: "1.0.0" }, "A.1.0.0.symbols.nupkg");
    await feed.build();
    const report = await add(feed, other, "A.1.0.0.snupkg", "A.1.0.0.symbols.nupkg");
    expect(report).toMatchObject({
      versions: [],
      problems: [{ severity: "note", code: "symbols-left-out" }],
    });
  });

  test("needs a feed", async () => {
    const store = createMemoryStore();
    await expect(addTo(store, { packages: ["a.nupkg"] })).rejects.toMatchObject({ code: "feed-missing" });
  });
});
