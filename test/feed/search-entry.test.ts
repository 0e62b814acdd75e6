import { describe, expect, it, test } from "vitest";
import { type SearchEntry, searchEntry } from "../../src/feed/search-entry.js";
import { type RecordOptions, testDigest, testPackage } from "../support/records.js";

const unlisted = { facts: { input: { listed: false } } };

function entryOf(...records: readonly RecordOptions[]): SearchEntry {
  return searchEntry(testPackage(records));
}

function latestOf(versions: readonly string[]): string[] {
  return entryOf(...versions.map((version) => ({ version }))).latest.map(({ version }) => version);
}

describe("a search entry", () => {
  it("of a silent package holds nothing but its names", () => {
    expect(entryOf({ metadata: {} })).toEqual({
      key: "contoso.core",
      versions: [{ version: "1.0.0" }],
      latest: [{ id: "Contoso.Core", version: "1.0.0" }],
    });
  });

  it("holds every listed version with its flags and time, ascending", () => {
    const entry = entryOf(
      { version: "2.0.0-rc.1" },
      { version: "1.0.0", entryTime: "2024-05-01T10:00:00+00:00" },
      { version: "1.1.0", ...unlisted },
      { version: "1.2.0+build" },
    );
    expect(entry.versions).toEqual([
      { version: "1.0.0", published: "2024-05-01T10:00:00+00:00" },
      { version: "1.2.0+build", isSemVer2: true },
      { version: "2.0.0-rc.1", isPrerelease: true, isSemVer2: true },
    ]);
  });

  it("holds what an answer shows of a version, with paths for what lies in the feed", () => {
    const digest = testDigest("x");
    const deprecation = { reasons: ["Legacy"] };
    const vulnerabilities = [{ advisoryUrl: "https://example.com/1", severity: 3 as const }];
    const texts = {
      title: "Core",
      description: "Does things",
      summary: "Things",
      authors: "Ann, Bob",
      tags: ["one"],
      projectUrl: "https://contoso.example.com",
    };
    const entry = entryOf({
      metadata: {
        ...texts,
        license: { type: "file", text: "LICENSE" },
        packageTypes: [{ name: "DotnetTool" }],
      },
      icon: `${digest}.png`,
      licenseFile: `${digest}.txt`,
      frameworks: ["net8.0"],
      facts: { input: { owners: ["contoso"], verified: true, deprecation, vulnerabilities } },
    });
    expect(entry.latest).toEqual([
      {
        id: "Contoso.Core",
        version: "1.0.0",
        ...texts,
        packageTypes: ["DotnetTool"],
        frameworks: ["net8.0"],
        iconUrl: `v3/assets/${digest}.png`,
        licenseUrl: `v3/assets/${digest}.txt`,
        owners: ["contoso"],
        verified: true,
        deprecation,
        vulnerabilities,
      },
    ]);
  });

  it("shows the expression of a licence, and the id in the letter case of each version", () => {
    const metadata = { license: { type: "expression", text: "MIT" } } as const;
    const entry = entryOf({ id: "contoso.core", metadata }, { id: "Contoso.Core", version: "2.0.0-rc" });
    expect(entry.latest).toMatchObject([
      { id: "contoso.core", licenseExpression: "MIT", licenseUrl: "https://licenses.nuget.org/MIT" },
      { id: "Contoso.Core" },
    ]);
  });

  it("of an id without listed versions is found by nobody", () => {
    expect(entryOf(unlisted)).toEqual({ key: "contoso.core", versions: [], latest: [] });
  });

  it("has the revision of its id", () => {
    expect(searchEntry(testPackage([{}], 3)).revision).toBe(3);
    expect(entryOf({})).not.toHaveProperty("revision");
  });
});

describe("the latest versions", () => {
  test.each([
    [["1.0.0"], ["1.0.0"]],
    [["1.0.0", "2.0.0"], ["2.0.0"]],
    [
      ["1.0.0", "2.0.0-rc"],
      ["1.0.0", "2.0.0-rc"],
    ],
    [["2.0.0-rc", "3.0.0"], ["3.0.0"]],
    [["1.0.0-a", "1.0.0-b"], ["1.0.0-b"]],
    // Stable and SemVer 1, stable, SemVer 1, any: up to four different ones.
    [
      ["0.9.0", "1.0.0", "2.0.0+build", "3.0.0-rc", "4.0.0-rc.1"],
      ["1.0.0", "2.0.0+build", "3.0.0-rc", "4.0.0-rc.1"],
    ],
    [
      ["1.0.0", "2.0.0-rc", "3.0.0+build"],
      ["1.0.0", "2.0.0-rc", "3.0.0+build"],
    ],
    [["1.0.0-rc.1"], ["1.0.0-rc.1"]],
  ])("of %j under the four filters are %j", (versions, expected) => {
    expect(latestOf(versions)).toEqual(expected);
  });
});
