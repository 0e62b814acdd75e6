/** Whole documents, as clients get them. */
import { describe, expect, it } from "vitest";
import { feedPackage } from "../../src/feed/feed-package.js";
import { lowerId } from "../../src/nuget/id.js";
import { documentJson, testPackage } from "../support/records.js";
import { idDocumentsOf, recordOf, renderFeed, testSettings } from "../support/render-feed.js";

const feed = "https://feed.example.com/v3";

describe("the documents of an id with two versions", async () => {
  const records = await Promise.all([
    recordOf({
      id: "Contoso.Text",
      version: "1.0",
      title: "Contoso text",
      tags: "text words",
      projectUrl: "https://contoso.example.com/text",
      license: "MIT",
      dependencies: [
        { targetFramework: ".NETFramework4.6.2", dependencies: { "Contoso.Core": "1.0" } },
        { targetFramework: "net8.0" },
      ],
      entryTime: "2024-05-01T10:00:00Z",
    }),
    recordOf({
      id: "Contoso.Text",
      version: "1.1.0-beta.1+42",
      authors: "Contoso, Fabrikam",
      facts: { listed: false },
      entryTime: "2024-06-01T10:00:00Z",
    }),
  ]);
  const [first] = records;
  const documents = idDocumentsOf(feedPackage(lowerId(first.id), records));

  const index = `${feed}/registration/contoso.text/index.json`;
  const stableLeaf = `${feed}/registration/contoso.text/1.0.0.json`;
  const stableNupkg = `${feed}/flat/contoso.text/1.0.0/contoso.text.1.0.0.nupkg`;
  const betaLeaf = `${feed}/registration/contoso.text/1.1.0-beta.1.json`;
  const betaNupkg = `${feed}/flat/contoso.text/1.1.0-beta.1/contoso.text.1.1.0-beta.1.nupkg`;

  const stableEntry = (hive: string) => ({
    "@id": stableLeaf,
    "@type": "PackageDetails",
    authors: "Contoso",
    dependencyGroups: [
      {
        "@id": `${stableLeaf}#dependencygroup/.netframework4.6.2`,
        "@type": "PackageDependencyGroup",
        dependencies: [
          {
            "@id": `${stableLeaf}#dependencygroup/.netframework4.6.2/contoso.core`,
            "@type": "PackageDependency",
            id: "Contoso.Core",
            range: "[1.0.0, )",
            registration: `${feed}/${hive}/contoso.core/index.json`,
          },
        ],
        targetFramework: ".NETFramework4.6.2",
      },
      {
        "@id": `${stableLeaf}#dependencygroup/net8.0`,
        "@type": "PackageDependencyGroup",
        dependencies: [],
        targetFramework: "net8.0",
      },
    ],
    description: "Package Contoso.Text",
    id: "Contoso.Text",
    licenseExpression: "MIT",
    licenseUrl: "https://licenses.nuget.org/MIT",
    listed: true,
    packageContent: stableNupkg,
    projectUrl: "https://contoso.example.com/text",
    published: "2024-05-01T10:00:00+00:00",
    requireLicenseAcceptance: false,
    tags: ["text", "words"],
    title: "Contoso text",
    version: "1.0.0",
  });

  it("are these", () => {
    expect([...documents.keys()]).toEqual([
      "v3/registration/contoso.text/1.0.0.json",
      "v3/registration/contoso.text/1.1.0-beta.1.json",
      "v3/registration/contoso.text/index.json",
      "v3/registration-semver1/contoso.text/index.json",
      "v3/flat/contoso.text/index.json",
    ]);
  });

  it("a registration with SemVer 2", () => {
    expect(documents.get("v3/registration/contoso.text/index.json")).toEqual({
      "@id": index,
      "@type": ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
      count: 1,
      items: [
        {
          "@id": `${index}#page/1.0.0/1.1.0-beta.1`,
          "@type": "catalog:CatalogPage",
          count: 2,
          lower: "1.0.0",
          upper: "1.1.0-beta.1",
          parent: index,
          items: [
            {
              "@id": stableLeaf,
              "@type": "Package",
              catalogEntry: stableEntry("registration"),
              packageContent: stableNupkg,
              registration: index,
            },
            {
              "@id": betaLeaf,
              "@type": "Package",
              catalogEntry: {
                "@id": betaLeaf,
                "@type": "PackageDetails",
                authors: "Contoso, Fabrikam",
                description: "Package Contoso.Text",
                id: "Contoso.Text",
                listed: false,
                packageContent: betaNupkg,
                published: "1900-01-01T00:00:00+00:00",
                requireLicenseAcceptance: false,
                tags: [],
                version: "1.1.0-beta.1+42",
              },
              packageContent: betaNupkg,
              registration: index,
            },
          ],
        },
      ],
    });
  });

  it("a registration without SemVer 2", () => {
    const index = `${feed}/registration-semver1/contoso.text/index.json`;
    expect(documents.get("v3/registration-semver1/contoso.text/index.json")).toEqual({
      "@id": index,
      "@type": ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
      count: 1,
      items: [
        {
          "@id": `${index}#page/1.0.0/1.0.0`,
          "@type": "catalog:CatalogPage",
          count: 1,
          lower: "1.0.0",
          upper: "1.0.0",
          parent: index,
          items: [
            {
              "@id": stableLeaf,
              "@type": "Package",
              catalogEntry: stableEntry("registration-semver1"),
              packageContent: stableNupkg,
              registration: index,
            },
          ],
        },
      ],
    });
  });

  it("leaves", () => {
    expect(documents.get("v3/registration/contoso.text/1.1.0-beta.1.json")).toEqual({
      "@id": betaLeaf,
      "@type": ["Package", "http://schema.nuget.org/catalog#Permalink"],
      listed: false,
      packageContent: betaNupkg,
      published: "1900-01-01T00:00:00+00:00",
      registration: index,
    });
  });

  it("a version list", () => {
    expect(documents.get("v3/flat/contoso.text/index.json")).toEqual({ versions: ["1.0.0", "1.1.0-beta.1"] });
  });
});

/** The only parts in which the leaves of the ids below differ. */
function leaf(version: string, index: string) {
  const url = `${feed}/registration/contoso.core/${version}.json`;
  const packageContent = `${feed}/flat/contoso.core/${version}/contoso.core.${version}.nupkg`;
  return {
    "@id": url,
    "@type": "Package",
    catalogEntry: {
      "@id": url,
      "@type": "PackageDetails",
      authors: "Contoso",
      description: "A package",
      id: "Contoso.Core",
      listed: true,
      packageContent,
      requireLicenseAcceptance: false,
      tags: [],
      version,
    },
    packageContent,
    registration: index,
  };
}

describe.each(["registration", "registration-semver1"])("the %s of an id with many versions", (hive) => {
  const index = `${feed}/${hive}/contoso.core/index.json`;
  const page = (count: number, lower: string, upper: string) => ({
    "@id": `${feed}/${hive}/contoso.core/page/${lower}/${upper}.json`,
    "@type": "catalog:CatalogPage",
    count,
    lower,
    upper,
  });
  const documentsOf = (count: number) =>
    idDocumentsOf(testPackage(Array.from({ length: count }, (_, i) => ({ version: `1.0.${i}` }))));
  const pathsOf = (count: number) =>
    [...documentsOf(count).keys()].filter(
      (path) => path.startsWith(`v3/${hive}/`) && /\/page\/|index\.json$/.test(path),
    );

  it("names two pages for 128", () => {
    expect(documentsOf(128).get(`v3/${hive}/contoso.core/index.json`)).toEqual({
      "@id": index,
      "@type": ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
      count: 2,
      items: [page(64, "1.0.0", "1.0.63"), page(64, "1.0.64", "1.0.127")],
    });
    expect(documentsOf(128).get(`v3/${hive}/contoso.core/page/1.0.64/1.0.127.json`)).toEqual({
      ...page(64, "1.0.64", "1.0.127"),
      parent: index,
      items: Array.from({ length: 64 }, (_, i) => leaf(`1.0.${64 + i}`, index)),
    });
  });

  it("names three pages for 130", () => {
    expect(documentsOf(130).get(`v3/${hive}/contoso.core/index.json`)).toEqual({
      "@id": index,
      "@type": ["catalog:CatalogRoot", "PackageRegistration", "catalog:Permalink"],
      count: 3,
      items: [page(64, "1.0.0", "1.0.63"), page(64, "1.0.64", "1.0.127"), page(2, "1.0.128", "1.0.129")],
    });
    expect(documentsOf(130).get(`v3/${hive}/contoso.core/page/1.0.128/1.0.129.json`)).toEqual({
      ...page(2, "1.0.128", "1.0.129"),
      parent: index,
      items: [leaf("1.0.128", index), leaf("1.0.129", index)],
    });
    expect(pathsOf(130)).toEqual([
      `v3/${hive}/contoso.core/page/1.0.0/1.0.63.json`,
      `v3/${hive}/contoso.core/page/1.0.64/1.0.127.json`,
      `v3/${hive}/contoso.core/page/1.0.128/1.0.129.json`,
      `v3/${hive}/contoso.core/index.json`,
    ]);
  });
});

it("the files of a feed of one package are these", async () => {
  const store = await renderFeed(
    [{ id: "Contoso.Core", version: "1.0.0-RC.1", readme: { path: "README.md", content: "# Core" } }],
    { ...testSettings, folderFeed: true },
  );
  const paths: string[] = [];
  for await (const { path } of store.list("")) paths.push(path);
  expect(paths.toSorted()).toEqual([
    "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg",
    "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg.sha512",
    "v3/flat/contoso.core/1.0.0-rc.1/contoso.core.nuspec",
    "v3/flat/contoso.core/1.0.0-rc.1/readme",
    "v3/flat/contoso.core/index.json",
    "v3/index.json",
    "v3/registration/contoso.core/1.0.0-rc.1.json",
    "v3/registration/contoso.core/index.json",
    "v3/search/query.json",
    "v3/search/shards/0/0.json",
    "v3/search/shards/index.json",
  ]);
  const hash = await store.read("v3/flat/contoso.core/1.0.0-rc.1/contoso.core.1.0.0-rc.1.nupkg.sha512");
  expect(new TextDecoder().decode(hash?.bytes)).toMatch(/^[A-Za-z0-9+/]{86}==$/);
  expect(
    documentJson({ body: (await store.read("v3/search/shards/index.json"))?.bytes ?? new Uint8Array() }),
  ).toEqual({
    bits: 0,
  });
});
