import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { FeedPackage } from "../../src/feed/feed-package.js";
import { renderVersionList } from "../../src/feed/flat-container.js";
import { HIVES, type Hive } from "../../src/feed/hive.js";
import { renderLeaves, renderRegistration } from "../../src/feed/registration.js";
import { compareVersions, parseVersion } from "../../src/nuget/version.js";
import { listOf, nullPlaces, property, textOf } from "../support/feed-checker/json.js";
import { documentJson, type RecordOptions, testPackage } from "../support/records.js";

const settings = { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25 };
const [semVer2Hive, semVer1Hive] = HIVES;

/** The hive's documents by path. */
function rendered(
  feedPackage: FeedPackage,
  hive: Hive | undefined = semVer2Hive,
): ReadonlyMap<string, unknown> {
  if (hive === undefined) throw new Error("no such hive");
  const documents = renderRegistration(hive, feedPackage, settings);
  return new Map(documents.map((document) => [document.path, documentJson(document)]));
}

function manyVersions(count: number): FeedPackage {
  return testPackage(Array.from({ length: count }, (_, i) => ({ version: `1.0.${i}` })));
}

/** All leaves of a registration in their order, with pages followed. */
function leavesOf(documents: ReadonlyMap<string, unknown>): string[] {
  const index = [...documents].find(([path]) => path.endsWith("/index.json"))?.[1];
  return listOf(index, "items").flatMap((page) => {
    const path = textOf(page, "@id").slice(settings.baseUrl.length);
    const holder = property(page, "items") === undefined ? documents.get(path) : page;
    return listOf(holder, "items").map((leaf) => textOf(property(leaf, "catalogEntry"), "version"));
  });
}

describe("pages", () => {
  test.each([
    [1, [1], true],
    [63, [63], true],
    [64, [64], true],
    [65, [64, 1], true],
    [127, [64, 63], true],
    [128, [64, 64], false],
    [129, [64, 64, 1], false],
    [192, [64, 64, 64], false],
    [193, [64, 64, 64, 1], false],
  ])("of %i versions hold %j leaves, inlined: %s", (count, sizes, isInlined) => {
    const documents = rendered(manyVersions(count));
    const index = documents.get("v3/registration/contoso.core/index.json");
    const pages = listOf(index, "items");
    expect(property(index, "count")).toBe(sizes.length);
    expect(pages.map((page) => property(page, "count"))).toEqual(sizes);
    expect(pages.every((page) => (property(page, "items") !== undefined) === isInlined)).toBe(true);
    expect(documents.size).toBe(isInlined ? 1 : 1 + sizes.length);
    expect(leavesOf(documents)).toEqual(manyVersions(count).versions.map(({ record }) => record.version));
  });

  it("are disjoint, ascending, and bounded by what they hold, for any versions", () => {
    const versions = fc.uniqueArray(
      fc
        .tuple(fc.nat({ max: 5 }), fc.nat({ max: 60 }), fc.constantFrom("", "-Beta", "-rc.1", "+Build"))
        .map(([major, minor, label]) => `${major}.${minor}.0${label}`),
      { maxLength: 300, selector: (text) => text.replace("+Build", "") },
    );
    fc.assert(
      fc.property(versions, fc.constantFrom(...HIVES), (versions, hive) => {
        const all = testPackage(versions.map((version) => ({ version })));
        const documents = rendered(all, hive);
        const held = all.versions.filter(({ record }) => hive.includesSemVer2 || record.isSemVer2 !== true);
        expect(leavesOf(documents)).toEqual(held.map(({ record }) => record.version));
        const index = documents.get(`v3/${hive.folder}/contoso.core/index.json`);
        const bounds = listOf(index, "items").flatMap((page) => [
          textOf(page, "lower"),
          textOf(page, "upper"),
        ]);
        for (const [i, text] of bounds.entries()) {
          const [before, bound] = [parseVersion(bounds[i - 1] ?? text), parseVersion(text)];
          if (before === undefined || bound === undefined) throw new Error(`no bound: ${text}`);
          // From one page to the next strictly, within a page of one leaf not.
          expect(compareVersions(before, bound)).toBeLessThan(i > 0 && i % 2 === 0 ? 0 : 1);
        }
        for (const document of documents.values()) expect(nullPlaces(document)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it("have bounds in the letter case of their versions, without metadata, and lower-case addresses", () => {
    const versions = Array.from({ length: 128 }, (_, i) => ({ version: `1.0.${i}-RC.1+Build` }));
    const index = rendered(testPackage(versions)).get("v3/registration/contoso.core/index.json");
    expect(listOf(index, "items")[0]).toMatchObject({
      "@id": "https://feed.example.com/v3/registration/contoso.core/page/1.0.0-rc.1/1.0.63-rc.1.json",
      lower: "1.0.0-RC.1",
      upper: "1.0.63-RC.1",
    });
  });

  it("are written after leaves and before the index", () => {
    const documents = HIVES.flatMap((hive) => renderRegistration(hive, manyVersions(128), settings));
    expect(documents.map(({ rank }) => rank)).toEqual([2, 2, 3, 2, 2, 3]);
    expect(renderLeaves(manyVersions(1), settings).map(({ rank }) => rank)).toEqual([1]);
  });
});

describe("the hive without SemVer 2", () => {
  it("leaves out versions that are SemVer 2 themselves or depend on one", () => {
    const options: readonly RecordOptions[] = [
      { version: "1.0.0" },
      { version: "1.1.0-beta" },
      { version: "1.1.0-beta.1" },
      { version: "1.2.0+build" },
      { version: "1.3.0", isSemVer2: true },
      { version: "1.3.0.1" },
    ];
    const documents = rendered(testPackage(options), semVer1Hive);
    expect(leavesOf(documents)).toEqual(["1.0.0", "1.1.0-beta", "1.3.0.1"]);
    expect(leavesOf(rendered(testPackage(options)))).toHaveLength(6);
  });

  it("has no document of an id of which it has no version", () => {
    expect(rendered(testPackage([{ version: "1.0.0-rc.1" }]), semVer1Hive).size).toBe(0);
  });

  it("counts only its own versions when it makes pages", () => {
    const all = testPackage([
      ...Array.from({ length: 127 }, (_, i) => ({ version: `1.0.${i}` })),
      { version: "2.0.0-rc.1" },
    ]);
    expect(rendered(all).size).toBe(3);
    expect([...rendered(all, semVer1Hive).keys()]).toEqual([
      "v3/registration-semver1/contoso.core/index.json",
    ]);
  });

  it("shares the leaves of the other hive", () => {
    const [leaf] = listOf(
      listOf(
        rendered(testPackage([{}]), semVer1Hive).get("v3/registration-semver1/contoso.core/index.json"),
        "items",
      )[0],
      "items",
    );
    expect(leaf).toMatchObject({
      "@id": "https://feed.example.com/v3/registration/contoso.core/1.0.0.json",
      registration: "https://feed.example.com/v3/registration-semver1/contoso.core/index.json",
    });
  });
});

describe("leaves", () => {
  it("are there for every version of every kind", () => {
    const versions = ["1.0.0", "2.0.0-rc.1", "3.0.0+build"].map((version) => ({ version }));
    expect(renderLeaves(testPackage(versions), settings).map(({ path }) => path)).toEqual([
      "v3/registration/contoso.core/1.0.0.json",
      "v3/registration/contoso.core/2.0.0-rc.1.json",
      "v3/registration/contoso.core/3.0.0.json",
    ]);
  });

  it("say where everything is, and nothing of a catalog that there is not", () => {
    const [leaf] = renderLeaves(testPackage([{ entryTime: "2024-05-01T10:00:00+00:00" }]), settings);
    expect(documentJson(leaf)).toEqual({
      "@id": "https://feed.example.com/v3/registration/contoso.core/1.0.0.json",
      "@type": ["Package", "http://schema.nuget.org/catalog#Permalink"],
      listed: true,
      packageContent: "https://feed.example.com/v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
      published: "2024-05-01T10:00:00+00:00",
      registration: "https://feed.example.com/v3/registration/contoso.core/index.json",
    });
  });

  it("of an unlisted version say so", () => {
    const [leaf] = renderLeaves(testPackage([{ facts: { input: { listed: false } } }]), settings);
    expect(documentJson(leaf)).toMatchObject({ listed: false, published: "1900-01-01T00:00:00+00:00" });
  });
});

describe("the version list", () => {
  it("holds all versions, unlisted and SemVer 2 ones too, ascending, as their addresses have them", () => {
    const list = renderVersionList(
      testPackage([
        { version: "2.0.0-RC.1+Build" },
        { version: "1.0.0.1" },
        { version: "1.0.0", facts: { input: { listed: false } } },
      ]),
    );
    expect(list).toMatchObject({ path: "v3/flat/contoso.core/index.json", rank: 3 });
    expect(documentJson(list)).toEqual({ versions: ["1.0.0", "1.0.0.1", "2.0.0-rc.1"] });
  });
});

describe("ids beyond ASCII", () => {
  it("are percent-encoded in every address and plain in paths and ids", () => {
    const feedPackage = testPackage([{ id: "Żółw" }]);
    const [[path, index] = ["", undefined]] = rendered(feedPackage);
    expect(path).toBe("v3/registration/żółw/index.json");
    const encoded = "%C5%BC%C3%B3%C5%82w";
    expect(property(index, "@id")).toBe(`https://feed.example.com/v3/registration/${encoded}/index.json`);
    const [leaf] = listOf(listOf(index, "items")[0], "items");
    expect(leaf).toMatchObject({
      catalogEntry: { id: "Żółw" },
      packageContent: `https://feed.example.com/v3/flat/${encoded}/1.0.0/${encoded}.1.0.0.nupkg`,
    });
  });
});

describe("the revision of an id", () => {
  it("goes into its index, pages and version list once there is one", () => {
    const { id, versions } = manyVersions(128);
    const documents = [
      ...rendered({ id, versions, revision: 5 }).values(),
      documentJson(renderVersionList({ id, versions, revision: 5 })),
    ];
    expect(documents.map((document) => property(document, "revision"))).toEqual([5, 5, 5, 5]);
  });

  it("is in no document of an id that only a build made", () => {
    const documents = [
      ...rendered(manyVersions(128)).values(),
      documentJson(renderVersionList(manyVersions(1))),
    ];
    expect(documents.filter((document) => property(document, "revision") !== undefined)).toEqual([]);
  });
});
