import { describe, expect, it, test } from "vitest";
import { renderSearchAnswer, searchItem } from "../../src/feed/search-answer.js";
import { searchEntry } from "../../src/feed/search-entry.js";
import { listOf, nullPlaces, property } from "../support/feed-checker/json.js";
import { documentJson, type RecordOptions, testDigest, testPackage } from "../support/records.js";

const base = "https://feed.example.com/";
const unlisted = { facts: { input: { listed: false } } };

/** One package per list of records. */
function answerOf(...packages: readonly (readonly RecordOptions[])[]): unknown {
  const entries = packages.map((records) => searchEntry(testPackage(records)));
  return documentJson(renderSearchAnswer(entries, base));
}

function itemOf(...records: readonly RecordOptions[]): unknown {
  return listOf(answerOf(records), "data")[0];
}

describe("the static search answer", () => {
  it("is a document of the whole feed", () => {
    expect(renderSearchAnswer([], base)).toMatchObject({ path: "v3/search/query.json", rank: 4 });
  });

  it("of an empty feed has no hits", () => {
    expect(answerOf()).toEqual({ totalHits: 0, data: [] });
  });

  it("keeps the order of the entries and counts its items", () => {
    const answer = answerOf([{ id: "B" }], [{ id: "A" }]);
    expect(property(answer, "totalHits")).toBe(2);
    expect(listOf(answer, "data").map((item) => property(item, "id"))).toEqual(["B", "A"]);
  });

  it("leaves out ids without a listed version, and does not count them", () => {
    expect(answerOf([{ id: "A", ...unlisted }])).toEqual({ totalHits: 0, data: [] });
  });

  it("shows of a silent package what clients cannot do without", () => {
    expect(itemOf({ metadata: {} })).toEqual({
      "@id": `${base}v3/registration/contoso.core/index.json`,
      "@type": "Package",
      registration: `${base}v3/registration/contoso.core/index.json`,
      id: "Contoso.Core",
      version: "1.0.0",
      description: "",
      summary: "",
      title: "Contoso.Core",
      tags: [],
      authors: [],
      totalDownloads: 0,
      verified: false,
      packageTypes: [{ name: "Dependency" }],
      versions: [{ version: "1.0.0", downloads: 0, "@id": `${base}v3/registration/contoso.core/1.0.0.json` }],
      vulnerabilities: [],
    });
  });

  it("shows all that is known, with the severity as a number and absolute addresses", () => {
    const digest = testDigest("x");
    const item = itemOf({
      version: "1.0.0-RC.1+build",
      metadata: {
        title: "Core",
        description: "Does things",
        summary: "Things",
        authors: "Ann, Bob",
        tags: ["one", "two"],
        projectUrl: "https://contoso.example.com",
        licenseUrl: "https://contoso.example.com/licence",
        packageTypes: [{ name: "DotnetTool", version: "1.0" }],
      },
      icon: `${digest}.png`,
      facts: {
        input: {
          owners: ["contoso"],
          verified: true,
          deprecation: { reasons: ["Legacy"] },
          vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: 2 }],
        },
      },
    });
    expect(item).toMatchObject({
      version: "1.0.0-RC.1+build",
      title: "Core",
      description: "Does things",
      summary: "Things",
      authors: ["Ann, Bob"],
      owners: ["contoso"],
      tags: ["one", "two"],
      projectUrl: "https://contoso.example.com",
      licenseUrl: "https://contoso.example.com/licence",
      iconUrl: `${base}v3/assets/${digest}.png`,
      verified: true,
      packageTypes: [{ name: "DotnetTool" }],
      versions: [
        {
          version: "1.0.0-RC.1+build",
          downloads: 0,
          "@id": `${base}v3/registration/contoso.core/1.0.0-rc.1.json`,
        },
      ],
      deprecation: { reasons: ["Legacy"] },
      vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: 2 }],
    });
    expect(nullPlaces(item)).toEqual([]);
  });

  test.each([
    [["1.0.0", "2.0.0"], "2.0.0"],
    [["1.0.0", "2.0.0-rc"], "1.0.0"],
    [["1.0.0+build", "2.0.0-rc.1"], "1.0.0+build"],
    [["1.0.0-a", "1.0.0-b.1"], "1.0.0-b.1"],
    [["1.0.0", "1.0.0.1", "0.9.0"], "1.0.0.1"],
  ])("shows of the listed versions %j the texts of %s", (versions, expected) => {
    const item = itemOf(...versions.map((version) => ({ version, metadata: { description: version } })));
    expect(item).toMatchObject({ version: expected, description: expected });
    expect(listOf(item, "versions")).toHaveLength(versions.length);
  });

  it("shows no unlisted version, not even when it is the highest", () => {
    const item = itemOf({ version: "1.0.0" }, { version: "2.0.0", ...unlisted });
    expect(item).toMatchObject({ version: "1.0.0", versions: [{ version: "1.0.0" }] });
  });

  it("encodes ids beyond ASCII in addresses", () => {
    expect(itemOf({ id: "Żółw" })).toMatchObject({
      id: "Żółw",
      registration: `${base}v3/registration/%C5%BC%C3%B3%C5%82w/index.json`,
    });
  });

  it("leads to the registrations that are asked for, and always to the same leaves", () => {
    const entry = searchEntry(testPackage([{}]));
    const [latest] = entry.latest;
    const item = latest && searchItem(entry, latest, entry.versions, base, "registration-semver1");
    expect(item).toMatchObject({
      "@id": `${base}v3/registration-semver1/contoso.core/index.json`,
      registration: `${base}v3/registration-semver1/contoso.core/index.json`,
      versions: [{ "@id": `${base}v3/registration/contoso.core/1.0.0.json` }],
    });
  });

  it("takes an entry with a version that is none for a defect", () => {
    const entry = { ...searchEntry(testPackage([{}])), versions: [{ version: "latest" }] };
    expect(() => renderSearchAnswer([entry], base)).toThrow('no version: "latest"');
  });
});
