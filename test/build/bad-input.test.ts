import { execFileSync } from "node:child_process";
import { mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { build } from "../../src/build/build.js";
import { openPackageFile } from "../../src/build/package-file.js";
import type { Store } from "../../src/store/store.js";
import { checkFeed } from "../support/feed-checker.js";
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

  test.for([
    [
      "a link that leads nowhere",
      async (place: string): Promise<void> => await symlink("nowhere", place),
      /no such file|ENOENT/,
    ],
    ["a folder", async (place: string): Promise<void> => await mkdir(place), /it is a folder/],
    [
      "a pipe",
      async (place: string): Promise<void> => void execFileSync("mkfifo", [place]),
      /it is no regular file/,
    ],
  ] as const)("takes nothing from the feed when it is %s now", async ([, make, reason], { skip }) => {
    skip(process.platform === "win32", "Windows has neither links for everybody nor pipes in folders");
    await using feed = await makePackages(core, text);
    await feed.build();
    const before = await feed.tree();
    await feed.remove("Contoso.Core.1.0.0.nupkg");
    await make(path.join(feed.folder, "Contoso.Core.1.0.0.nupkg"));
    const { problems } = await feed.build();
    expect(problems).toEqual([
      expect.objectContaining({ file: "Contoso.Core.1.0.0.nupkg", message: expect.stringMatching(reason) }),
    ]);
    expect(await feed.tree()).toEqual(before);
  });

  test("is a problem when its names are too long to be stored, and the others go on", async () => {
    await using feed = await makePackages(core);
    await feed.add({ id: "Long", version: `1.0.0-${"a".repeat(300)}` }, "long.nupkg");
    const { problems, versions } = await feed.build();
    expect(versions).toBe(1);
    expect(problems).toEqual([expect.objectContaining({ code: "name-too-long", file: "long.nupkg" })]);
  });

  test("is told when it changes while it is read", async () => {
    await using feed = await makePackages(core);
    const opened = openPackageFile(path.join(feed.folder, "Contoso.Core.1.0.0.nupkg"));
    try {
      await opened.sha512();
      opened.assertUnchanged();
      await feed.add({ ...core, description: "changed" });
      expect(() => opened.assertUnchanged()).toThrow("it changed while it was read");
    } finally {
      opened.close();
    }
  });

  test("stops the build when it changes before it is copied, and the feed stays as it was", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    await feed.add(text);
    const before = await feed.tree();
    const store: Store = {
      ...feed.store,
      put: async (file, body, options) => {
        if (file === "feed-state/lock") await feed.add({ ...text, description: "changed" });
        return await feed.store.put(file, body, options);
      },
    };
    await expect(feed.build({}, store)).rejects.toMatchObject({
      code: "package-changing",
      message: expect.stringMatching(
        /Contoso\.Text\.1\.0\.0\.nupkg": it changed or vanished during the build$/,
      ),
    });
    expect(await feed.tree()).toEqual(before);
    await feed.build({ allowReplace: true });
    expect(await checkFeed(feed.store, settings.baseUrl)).toEqual([]);
  });
});

describe("facts files", () => {
  const unlist = { "Contoso.Core": { "1.0.0": { listed: false } } };

  test("win over upstream facts, and count no longer once they are gone", async () => {
    await using feed = await makePackages(core);
    const leaf = async () => await feed.json("v3/registration/contoso.core/1.0.0.json");
    await feed.write("upstream.json", JSON.stringify(unlist));
    await feed.build();
    expect(await leaf()).toMatchObject({ listed: false });
    await feed.facts({ "contoso.CORE": { "[1.0.0]": { listed: true } } });
    await feed.build();
    expect(await leaf()).toMatchObject({ listed: true });
    await feed.remove("packages.json");
    await feed.remove("upstream.json");
    await feed.build();
    expect(await leaf()).toMatchObject({ listed: true, published: expect.stringMatching(/^20/) });
  });

  test("that name what the feed does not have are problems with the nearest name", async () => {
    await using feed = await makePackages(core, text);
    await feed.facts({
      "Contoso.Cor": { "*": { listed: false } },
      "Contoso.Text": { "1.0.1": { listed: false }, "1.0": { listd: false } },
    });
    const { problems } = await feed.build();
    const told = problems.map(({ message, hint }) => `${message} ${hint ?? ""}`).join("\n");
    expect(told).toMatch(/names "Contoso.Cor", which the feed does not have did you mean "Contoso.Core"\?/);
    expect(told).toMatch(
      /names Contoso.Text "1.0.1", a version that the feed does not have did you mean "1.0.0"\?/,
    );
    expect(told).toMatch(/"listd".*"listed"/);
    expect(problems).toHaveLength(3);
  });

  test.for(["{", "[]", '{"Contoso.Core": {"1.0.0": {"listed": "no"}}}', '{"Contoso.Core": {"1.*.x": {}}}'])(
    "that make no sense stop the build before its first write (%s)",
    async (content) => {
      await using feed = await makePackages(core);
      await feed.write("packages.json", content);
      await expect(feed.build()).rejects.toMatchObject({ code: "facts-invalid" });
      expect(feed.store.writes).toEqual([]);
    },
  );
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

  test("is refused before the first write when a page of its owner is where the site would have one", async () => {
    await using feed = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    const sited = { settings: { ...settings, site: {} } };
    await feed.store.put("index.html", new TextEncoder().encode("<p>mine</p>"));
    feed.store.reset();
    await expect(feed.build(sited)).rejects.toMatchObject({
      code: "foreign-file",
      message: expect.stringContaining('"index.html"'),
      hint: expect.stringContaining("--no-site"),
    });
    expect(feed.store.writes).toEqual([]);
    await feed.build();
    await feed.store.delete("index.html");
    expect((await feed.build(sited)).created).toBeGreaterThan(0);
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
