import { describe, expect, it, test } from "vitest";
import { catalogEntry } from "../../src/feed/catalog-entry.js";
import { HIVES, type Hive } from "../../src/feed/hive.js";
import type { RecordMetadata } from "../../src/feed/record.js";
import { listOf, nullPlaces, property } from "../support/feed-checker/json.js";
import { packageId, type RecordOptions, testDigest, testPackage } from "../support/records.js";

const settings = { baseUrl: "https://feed.example.com/", folderFeed: false, staticSearch: 25 };
const base = "https://feed.example.com/v3";
const [semVer2Hive, semVer1Hive] = HIVES;

/** As a client reads it: what is undefined is not there. */
function entryOf(options: RecordOptions, hive: Hive | undefined = semVer2Hive): unknown {
  const feedPackage = testPackage([options]);
  const [version] = feedPackage.versions;
  if (version === undefined || hive === undefined) throw new Error("nothing to render");
  return JSON.parse(JSON.stringify(catalogEntry(hive, feedPackage.id, version, settings)));
}

function entryWith(metadata: RecordMetadata, hive?: Hive): unknown {
  return entryOf({ metadata }, hive);
}

describe("a catalog entry", () => {
  it("of a silent nuspec still holds what clients cannot do without", () => {
    expect(entryWith({})).toEqual({
      "@id": `${base}/registration/contoso.core/1.0.0.json`,
      "@type": "PackageDetails",
      id: "Contoso.Core",
      listed: true,
      packageContent: `${base}/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg`,
      requireLicenseAcceptance: false,
      tags: [],
      version: "1.0.0",
    });
  });

  it("holds the texts of the nuspec", () => {
    const texts = {
      authors: "Ann, Bob",
      description: "Does things",
      language: "en-US",
      minClientVersion: "2.12",
      projectUrl: "https://contoso.example.com/core",
      requireLicenseAcceptance: true,
      summary: "Things",
      tags: ["one", "two"],
      title: "Core",
    };
    expect(entryWith(texts)).toMatchObject(texts);
  });

  it("has the version with its metadata and letter case, and lower-case addresses without", () => {
    expect(entryOf({ version: "1.0.0-RC.1+Build.7" })).toMatchObject({
      version: "1.0.0-RC.1+Build.7",
      packageContent: `${base}/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg`,
    });
  });

  it("says when the version was published", () => {
    expect(entryOf({ entryTime: "2024-05-01T10:00:00+00:00" })).toMatchObject({
      listed: true,
      published: "2024-05-01T10:00:00+00:00",
    });
  });

  it("of an unlisted version is published in 1900", () => {
    const facts = { input: { listed: false, published: "2024-05-01T10:00:00+00:00" } };
    expect(entryOf({ facts })).toMatchObject({ listed: false, published: "1900-01-01T00:00:00+00:00" });
  });

  it("shows no address that is not of the web", () => {
    const entry = entryWith({ projectUrl: "javascript:alert(1)", iconUrl: "file:///icon.png" });
    expect([property(entry, "projectUrl"), property(entry, "iconUrl")]).toEqual([undefined, undefined]);
  });
});

describe("dependency groups", () => {
  const url = `${base}/registration/contoso.core/1.0.0.json`;

  it("have addresses, ranges, and registrations in the same hive", () => {
    const dependencyGroups = [
      {
        targetFramework: ".NETFramework4.5",
        dependencies: [{ id: packageId("Contoso.Base"), range: "[1.0.0, 2.0.0)", exclude: "Build" }],
      },
      { targetFramework: "net8.0", dependencies: [] },
    ];
    expect(property(entryWith({ dependencyGroups }), "dependencyGroups")).toEqual([
      {
        "@id": `${url}#dependencygroup/.netframework4.5`,
        "@type": "PackageDependencyGroup",
        dependencies: [
          {
            "@id": `${url}#dependencygroup/.netframework4.5/contoso.base`,
            "@type": "PackageDependency",
            id: "Contoso.Base",
            range: "[1.0.0, 2.0.0)",
            registration: `${base}/registration/contoso.base/index.json`,
          },
        ],
        targetFramework: ".NETFramework4.5",
      },
      {
        "@id": `${url}#dependencygroup/net8.0`,
        "@type": "PackageDependencyGroup",
        dependencies: [],
        targetFramework: "net8.0",
      },
    ]);
    const [group] = listOf(entryWith({ dependencyGroups }, semVer1Hive), "dependencyGroups");
    expect(listOf(group, "dependencies")).toMatchObject([
      { registration: `${base}/registration-semver1/contoso.base/index.json` },
    ]);
  });

  it("for any framework name none", () => {
    const dependencyGroups = [{ dependencies: [{ id: packageId("Żółw"), range: "(, )" }] }];
    expect(property(entryWith({ dependencyGroups }), "dependencyGroups")).toEqual([
      {
        "@id": `${url}#dependencygroup`,
        "@type": "PackageDependencyGroup",
        dependencies: [
          {
            "@id": `${url}#dependencygroup/%C5%BC%C3%B3%C5%82w`,
            "@type": "PackageDependency",
            id: "Żółw",
            range: "(, )",
            registration: `${base}/registration/%C5%BC%C3%B3%C5%82w/index.json`,
          },
        ],
      },
    ]);
  });

  it("encode in their address what a nuspec may say instead of a framework", () => {
    const entry = entryWith({ dependencyGroups: [{ targetFramework: "No Żółw", dependencies: [] }] });
    expect(listOf(entry, "dependencyGroups")).toMatchObject([
      { "@id": `${url}#dependencygroup/no%20%C5%BC%C3%B3%C5%82w`, targetFramework: "No Żółw" },
    ]);
  });

  test.each([
    [".NETFramework,Version=v4.5", "net45"],
    [".NETFramework, Version=v4.0, Profile=Client", "net40-client"],
    [".NETStandard,Version=v2.0", "netstandard2.0"],
    [".NETCoreApp,Version=v8.0", "net8.0"],
    [".NETPortable,Version=v0.0,Profile=Profile259", "portable-net45+win8+wp8+wpa81"],
    ["Any,Version=v0.0", "any"],
    // Texts that clients read anyway, and those that nobody reads.
    [".NETFramework4.5", ".NETFramework4.5"],
    ["net8.0-windows10.0.19041", "net8.0-windows10.0.19041"],
    ["Contoso,Version=v1.0", "Contoso,Version=v1.0"],
    [".NETFramework,Version=vNext", ".NETFramework,Version=vNext"],
    ["nonsense", "nonsense"],
  ])("name the framework %s as %s", (targetFramework, expected) => {
    const entry = entryWith({ dependencyGroups: [{ targetFramework, dependencies: [] }] });
    expect(listOf(entry, "dependencyGroups")).toMatchObject([{ targetFramework: expected }]);
  });

  test.each([
    ["[1.*, )", "[1.0.0, )"],
    ["[*, )", "[0.0.0, )"],
    ["[1.2.*, 2.0.0)", "[1.2.0, 2.0.0)"],
    ["[1.0.0-beta*, )", "[1.0.0-beta, )"],
    ["[1.0.0, )", "[1.0.0, )"],
  ])("show the floating range %s without star", (range, expected) => {
    const dependencies = [{ id: packageId("Contoso.Base"), range }];
    const [group] = listOf(entryWith({ dependencyGroups: [{ dependencies }] }), "dependencyGroups");
    expect(listOf(group, "dependencies")).toMatchObject([{ range: expected }]);
  });
});

describe("advisories", () => {
  const url = `${base}/registration/contoso.core/1.0.0.json`;
  const facts = {
    input: {
      deprecation: {
        reasons: ["Legacy", "Other"],
        message: "Take the other one",
        alternatePackage: { id: "Contoso.Next", range: "[2.0.0, )" },
      },
      vulnerabilities: [{ advisoryUrl: "https://advisories.example.com/1", severity: 2 as const }],
    },
  };

  it("have their shapes, with the severity as text", () => {
    expect(entryOf({ facts })).toMatchObject({
      deprecation: {
        "@id": `${url}#deprecation`,
        "@type": "deprecation",
        alternatePackage: {
          "@id": `${url}#deprecation/alternatePackage`,
          "@type": "alternatePackage",
          id: "Contoso.Next",
          range: "[2.0.0, )",
        },
        message: "Take the other one",
        reasons: ["Legacy", "Other"],
      },
      vulnerabilities: [
        { "@type": "Vulnerability", advisoryUrl: "https://advisories.example.com/1", severity: "2" },
      ],
    });
  });

  it("name any version of an alternative with a star, and leave out what nobody said", () => {
    const alternatePackage = { id: "Contoso.Next" };
    const entry = entryOf({ facts: { input: { deprecation: { reasons: ["Legacy"], alternatePackage } } } });
    expect(property(entry, "deprecation")).toEqual({
      "@id": `${url}#deprecation`,
      "@type": "deprecation",
      alternatePackage: expect.objectContaining({ id: "Contoso.Next", range: "*" }),
      reasons: ["Legacy"],
    });
    const plain = entryOf({ facts: { input: { deprecation: { reasons: ["Legacy"] } } } });
    expect(property(property(plain, "deprecation"), "alternatePackage")).toBeUndefined();
  });

  it("are left out where there are none, also when a file says so", () => {
    const entry = entryOf({ facts: { input: { vulnerabilities: [] } } });
    expect(entry).not.toHaveProperty("vulnerabilities");
    expect(entry).not.toHaveProperty("deprecation");
  });

  it("are unknown to the hive without SemVer 2", () => {
    const entry = entryOf({ facts }, semVer1Hive);
    expect(entry).not.toHaveProperty("vulnerabilities");
    expect(entry).not.toHaveProperty("deprecation");
  });
});

describe("icon and licence", () => {
  const digest = testDigest("icon");

  test.each<readonly [string, RecordOptions, string | undefined]>([
    ["embedded", { icon: `${digest}.png` }, `${base}/assets/${digest}.png`],
    ["by address", { metadata: { iconUrl: "https://example.com/i.png" } }, "https://example.com/i.png"],
    [
      "embedded beside an old address",
      { icon: `${digest}.png`, metadata: { iconUrl: "https://example.com/i.png" } },
      `${base}/assets/${digest}.png`,
    ],
    ["absent", {}, undefined],
  ])("an icon that is %s", (_, options, expected) => {
    expect(property(entryOf(options), "iconUrl")).toBe(expected);
  });

  const placeholder = "https://aka.ms/deprecateLicenseUrl";
  const expression = { type: "expression", text: "MIT OR (Apache-2.0 WITH LLVM-exception)" } as const;
  const licenseFile = { type: "file", text: "LICENSE.md" } as const;

  test.each<readonly [string, RecordOptions, string | undefined, string | undefined]>([
    [
      "an expression",
      { metadata: { license: expression, licenseUrl: "https://licenses.nuget.org/MIT" } },
      "https://licenses.nuget.org/MIT%20OR%20(Apache-2.0%20WITH%20LLVM-exception)",
      expression.text,
    ],
    [
      "a file",
      { licenseFile: `${digest}.txt`, metadata: { license: licenseFile, licenseUrl: placeholder } },
      `${base}/assets/${digest}.txt`,
      undefined,
    ],
    [
      "a file that is not in the package",
      { metadata: { license: licenseFile, licenseUrl: placeholder } },
      undefined,
      undefined,
    ],
    ["an address", { metadata: { licenseUrl: "http://example.com/l" } }, "http://example.com/l", undefined],
    ["the placeholder alone", { metadata: { licenseUrl: placeholder } }, undefined, undefined],
    ["nothing", { metadata: {} }, undefined, undefined],
  ])("a licence that is %s", (_, options, url, licenseExpression) => {
    const entry = entryOf(options);
    expect([property(entry, "licenseUrl"), property(entry, "licenseExpression")]).toEqual([
      url,
      licenseExpression,
    ]);
    expect(nullPlaces(entry)).toEqual([]);
  });
});
