import { describe, expect, test } from "vitest";
import { fileTree } from "../../../src/site/package/file-tree.js";
import { packagePage, pageVersions } from "../../../src/site/package/package-page.js";
import { type RecordOptions, testPackage } from "../../support/records.js";
import { attackEntries } from "./attack-package.js";

const context = { baseUrl: "https://example.com/", site: {} };

function entry(name: string, size = 10) {
  return { name, size, compressedSize: size };
}

describe("the version that a page shows", () => {
  const unlisted = { input: { listed: false } };
  test.each<[string, RecordOptions[], string]>([
    ["the newest stable one", [{ version: "1.0.0" }, { version: "2.0.0" }, { version: "3.0.0-rc" }], "2.0.0"],
    [
      "the newest prerelease where nothing is stable",
      [{ version: "1.0.0-a" }, { version: "1.0.0-b" }],
      "1.0.0-b",
    ],
    ["a listed one", [{ version: "1.0.0" }, { version: "2.0.0", facts: unlisted }], "1.0.0"],
    [
      "the newest where none is listed",
      [
        { version: "1.0.0", facts: unlisted },
        { version: "2.0.0", facts: unlisted },
      ],
      "2.0.0",
    ],
  ])("is %s", (_, records, version) => {
    expect(pageVersions(testPackage(records))?.shown.record.version).toBe(version);
  });
});

describe("the page of a package", () => {
  test("groups versions by their major, newest first", () => {
    const pack = testPackage([
      { version: "1.0.0" },
      { version: "1.1.0" },
      { version: "2.0.0" },
      { version: "10.0.0" },
    ]);
    const groups = packagePage(context, pack, { files: [] })?.groups;
    expect(groups?.map(({ label, rows }) => [label, rows.map(({ version }) => version)])).toEqual([
      ["10.x", ["10.0.0"]],
      ["2.x", ["2.0.0"]],
      ["1.x", ["1.1.0", "1.0.0"]],
    ]);
  });

  test("tells of files of versions that it has", () => {
    const pack = testPackage([{ version: "1.0.0" }]);
    const [version] = pack.versions.map(({ lower }) => lower);
    const files = version === undefined ? [] : [{ version, entries: [entry("lib/a.dll")] }];
    expect(packagePage(context, pack, { files })?.files).toMatchObject([
      { version: "1.0.0", tree: { files: 1 } },
    ]);
    expect(packagePage(context, testPackage([{ version: "2.0.0" }]), { files })?.files).toEqual([]);
  });

  test("leads to an Atom feed where the owner wants one per package", () => {
    const pack = testPackage([{ version: "1.0.0" }]);
    expect(packagePage(context, pack, { files: [] })?.atom).toBe("../../packages/contoso.core/atom.xml");
    expect(packagePage({ ...context, site: { atom: "feed" } }, pack, { files: [] })).not.toHaveProperty(
      "atom",
    );
  });
});

describe("the tree of files", () => {
  test("has folders before files, with their sums", () => {
    const tree = fileTree([
      entry("readme.md"),
      entry("lib/net8.0/a.dll", 1000),
      entry("lib/net8.0/a.xml", 500),
      entry("lib/b.txt"),
    ]);
    expect(tree).toEqual({
      files: 4,
      size: "1.5 kB",
      entries: [
        {
          name: "lib",
          size: "1.5 kB",
          files: 3,
          entries: [
            {
              name: "net8.0",
              size: "1.5 kB",
              files: 2,
              entries: [
                { name: "a.dll", size: "1.0 kB" },
                { name: "a.xml", size: "500 B" },
              ],
            },
            { name: "b.txt", size: "10 B" },
          ],
        },
        { name: "readme.md", size: "10 B" },
      ],
    });
  });

  test("leaves out what makes the zip a package", () => {
    expect(
      fileTree([
        entry("_rels/.rels"),
        entry("[Content_Types].xml"),
        entry("package/services/metadata/core-properties/x.psmdcp"),
      ]).files,
    ).toBe(0);
  });

  test("tells folders by their sums where they hold too much", () => {
    const many = Array.from({ length: 1000 }, (_, n) => entry(`content/${n}.js`));
    const [content, lib] = fileTree([...many, entry("lib/net8.0/a.dll")]).entries;
    expect(content).toEqual({ name: "content", size: "10.0 kB", files: 1000 });
    expect(lib).toMatchObject({ entries: [{ name: "net8.0", entries: [{ name: "a.dll" }] }] });
  });

  test("is bounded whatever the paths are", () => {
    const flat = Array.from({ length: 10_000 }, (_, n) => entry(`${n}`));
    expect(fileTree(flat)).toMatchObject({ files: 10_000, more: 9750 });
    expect(JSON.stringify(fileTree(attackEntries)).length).toBeLessThan(20_000);
  });
});
