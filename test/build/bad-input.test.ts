import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../src/build/build.js";
import { buildPackage } from "../support/package-builder.js";
import { makePackages, settings } from "../support/packages-fixture.js";

const core = { id: "Contoso.Core", version: "1.0.0" };
const text = { id: "Contoso.Text", version: "1.0.0" };

describe("a file that is no package", () => {
  test("is one problem that names it, and the others go on", async () => {
    await using feed = await makePackages(core);
    await feed.write("broken/Broken.nupkg", "not a zip");
    await feed.write("Half.1.0.0.nupkg", buildPackage(text).subarray(0, 300));
    await feed.write("Empty.nupkg", "");
    await mkdir(path.join(feed.folder, "x.nupkg"));
    const { problems, versions } = await feed.build();
    expect(versions).toBe(1);
    expect(problems.map(({ severity, file }) => `${severity} ${file}`).sort()).toEqual([
      "problem Empty.nupkg",
      "problem Half.1.0.0.nupkg",
      "problem broken/Broken.nupkg",
      "problem x.nupkg",
    ]);
    for (const { message, file } of problems) {
      expect(message).toMatch(new RegExp(`^Cannot read package "${file}": .+[^.]$`));
    }
  });

  test("stops the build before its first write with strict", async () => {
    await using feed = await makePackages(core);
    await feed.write("Broken.nupkg", "not a zip");
    await expect(feed.build({ strict: true })).rejects.toMatchObject({
      code: "strict",
      problems: [expect.objectContaining({ file: "Broken.nupkg" })],
    });
    expect(feed.store.writes).toEqual([]);
  });

  test("takes nothing from the feed when it was a published version", async () => {
    await using feed = await makePackages(core, text);
    await feed.build();
    const before = await feed.tree();
    await feed.write("Contoso.Core.1.0.0.nupkg", "damaged by a bad disk");
    const { problems } = await feed.build();
    expect(problems).toHaveLength(1);
    expect(await feed.tree()).toEqual(before);
    await feed.add(core);
    expect((await feed.build()).problems).toEqual([]);
    expect(await feed.tree()).toEqual(before);
  });

  test("is a problem also when it is a link that leads nowhere", async () => {
    await using feed = await makePackages(core);
    await symlink("nowhere.nupkg", path.join(feed.folder, "link.nupkg"));
    const { problems } = await feed.build();
    expect(problems).toEqual([expect.objectContaining({ severity: "problem", file: "link.nupkg" })]);
  });
});

describe("symbols packages", () => {
  test("are left out with one note", async () => {
    await using feed = await makePackages(core);
    await feed.write("Contoso.Core.1.0.0.snupkg", buildPackage(core));
    await feed.write("Contoso.Core.1.0.0.symbols.nupkg", buildPackage(core));
    const { problems, packages } = await feed.build();
    expect(packages).toBe(1);
    expect(problems).toEqual([
      {
        severity: "note",
        code: "symbols-left-out",
        message: "2 symbols packages are left out; a feed holds no symbols",
      },
    ]);
  });
});

describe("the same version twice", () => {
  test.for([
    ["1.0", "1.0.0"],
    ["1.0.0-RC", "1.0.0-rc"],
    ["1.0.0+a", "1.0.0+b"],
    ["1.0.0.0", "1.0.0"],
  ] as const)("with other bytes (%s and %s) stops the build and names both files", async ([one, other]) => {
    await using feed = await makePackages();
    await feed.add({ id: "Contoso.Core", version: one }, "one.nupkg");
    await feed.add({ id: "contoso.core", version: other, description: "other" }, "other.nupkg");
    await expect(feed.build()).rejects.toMatchObject({
      code: "version-conflict",
      problems: [
        {
          file: "other.nupkg",
          message: expect.stringMatching(/"other\.nupkg" as contoso\.core .*"one\.nupkg"/),
        },
      ],
    });
    expect(feed.store.writes).toEqual([]);
  });

  test("with the same bytes is one version, for as long as one of the files is there", async () => {
    await using feed = await makePackages();
    await feed.add(core, "a/one.nupkg");
    await feed.add(core, "b/two.nupkg");
    expect(await feed.build()).toMatchObject({ packages: 2, versions: 1 });
    await feed.remove("a/one.nupkg");
    expect(await feed.build()).toMatchObject({
      packages: 1,
      versions: 1,
      created: 0,
      replaced: 0,
      deleted: 0,
    });
  });

  test("with other bytes than were published stops the build unless that is allowed", async () => {
    await using feed = await makePackages(core, text);
    await feed.build();
    feed.store.reset();
    await feed.add({ ...core, description: "changed" });
    await expect(feed.build()).rejects.toMatchObject({
      code: "version-conflict",
      hint: expect.stringContaining("--allow-replace"),
      problems: [{ code: "version-changed", file: "Contoso.Core.1.0.0.nupkg" }],
    });
    expect(feed.store.writes).toEqual([]);
    const report = await feed.build({ allowReplace: true });
    expect(report.replaced).toBeGreaterThan(2);
    expect((await feed.tree())["v3/flat/contoso.core/1.0.0/contoso.core.nuspec"]).toContain("changed");
  });
});

describe("the same id in two letter cases", () => {
  test("is one package", async () => {
    await using feed = await makePackages(core, { id: "contoso.CORE", version: "2.0.0" });
    expect(await feed.build()).toMatchObject({ ids: 1, versions: 2 });
    expect(await feed.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.0.0", "2.0.0"] });
  });
});

describe("sources without packages", () => {
  test("stop the build unless an empty feed is meant", async () => {
    await using feed = await makePackages();
    await expect(feed.build()).rejects.toMatchObject({
      code: "no-packages",
      hint: expect.stringContaining("--allow-empty"),
    });
    expect(feed.store.writes).toEqual([]);
    expect(await feed.build({ allowEmpty: true })).toMatchObject({ versions: 0, ids: 0 });
    expect(await feed.json("v3/index.json")).toMatchObject({ version: "3.0.0" });
  });

  test("that lost more than half of their versions stop the build unless that is meant", async () => {
    await using feed = await makePackages(core, text, { id: "A", version: "1.0.0" });
    await feed.build();
    feed.store.reset();
    await feed.remove("Contoso.Core.1.0.0.nupkg");
    await feed.remove("Contoso.Text.1.0.0.nupkg");
    await expect(feed.build()).rejects.toMatchObject({
      code: "mass-removal",
      message: "Cannot build the feed: 2 of 3 known versions are gone from the sources",
      hint: expect.stringContaining("--allow-mass-removal"),
    });
    expect(feed.store.writes).toEqual([]);
    expect(await feed.build({ allowMassRemoval: true })).toMatchObject({ versions: 1 });
  });

  test("that are not there are named", async () => {
    const options = { sources: ["no/such/folder"], output: "out", settings };
    await expect(build(options)).rejects.toMatchObject({
      code: "source-missing",
      message: 'Cannot read packages from "no/such/folder": there is no such folder or file',
    });
  });
});

describe("the output folder", () => {
  test.for([".", "feed", ".."])("must not overlap the packages folder (%s)", async (place) => {
    await using feed = await makePackages(core);
    const output = path.join(feed.folder, place);
    await expect(build({ sources: [feed.folder], output, settings })).rejects.toMatchObject({
      code: "folders-overlap",
    });
  });

  test("is refused when it holds a feed of somebody else", async () => {
    await using feed = await makePackages(core);
    await feed.store.put("v3/index.json", new TextEncoder().encode("{}"));
    await expect(feed.build()).rejects.toMatchObject({ code: "foreign-feed" });
  });

  test("is refused when a later version of nupress wrote its state", async () => {
    await using feed = await makePackages(core);
    const later = JSON.stringify({ format: 2, settings });
    await feed.store.put("feed-state/feed.json", new TextEncoder().encode(later));
    await expect(feed.build()).rejects.toMatchObject({ code: "state-newer" });
  });
});

describe("versions of two sources", () => {
  test("are withdrawn by the build of their own source only", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages(text);
    await feed.build();
    await other.build({ sourceName: "other" }, feed.store);
    expect(await feed.build()).toMatchObject({ versions: 2 });
    await other.remove("Contoso.Text.1.0.0.nupkg");
    await other.build({ sourceName: "other", allowEmpty: true, allowMassRemoval: true }, feed.store);
    expect(await feed.json("v3/flat/contoso.core/index.json")).toEqual({ versions: ["1.0.0"] });
    expect(Object.keys(await feed.tree())).not.toContain("v3/flat/contoso.text/index.json");
  });
});
