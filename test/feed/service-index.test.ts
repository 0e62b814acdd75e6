import { describe, expect, it, test } from "vitest";
import { renderServiceIndex } from "../../src/feed/service-index.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import { isObject, listOf, textOf } from "../support/feed-checker/json.js";
import { documentJson } from "../support/records.js";

const settings: FeedSettings = {
  baseUrl: "https://feed.example.com/nuget/",
  folderFeed: false,
  staticSearch: 25,
};

const variants: readonly (readonly [string, FeedSettings])[] = [
  ["with a static search answer", settings],
  ["without search", { ...settings, staticSearch: 0 }],
  ["with a dynamic part", { ...settings, dynamicUrl: "https://api.example.com/" }],
];

function resourcesOf(settings: FeedSettings): { type: string; url: string }[] {
  return listOf(documentJson(renderServiceIndex(settings)), "resources").map((resource) => ({
    type: textOf(resource, "@type"),
    url: textOf(resource, "@id"),
  }));
}

describe("the service index", () => {
  it("names what a static feed has", () => {
    const base = "https://feed.example.com/nuget/v3";
    expect(documentJson(renderServiceIndex(settings))).toEqual({
      version: "3.0.0",
      resources: [
        { "@id": `${base}/flat/`, "@type": "PackageBaseAddress/3.0.0", comment: expect.any(String) },
        {
          "@id": `${base}/registration/`,
          "@type": "RegistrationsBaseUrl/3.6.0",
          comment: expect.any(String),
        },
        ...["/3.4.0", "/3.0.0-rc", "/3.0.0-beta", ""].map((version) => ({
          "@id": `${base}/registration-semver1/`,
          "@type": `RegistrationsBaseUrl${version}`,
          comment: expect.any(String),
        })),
        ...["", "/3.0.0-beta", "/3.0.0-rc", "/3.5.0"].map((version) => ({
          "@id": `${base}/search/query.json`,
          "@type": `SearchQueryService${version}`,
          comment: expect.any(String),
        })),
        {
          "@id": `${base}/flat/{lower_id}/{lower_version}/readme`,
          "@type": "ReadmeUriTemplate/6.13.0",
          comment: expect.any(String),
        },
      ],
    });
  });

  it("lies at v3/index.json and is written last", () => {
    expect(renderServiceIndex(settings)).toMatchObject({ path: "v3/index.json", rank: 5 });
  });

  it("names no search when the static answer is off", () => {
    const types = resourcesOf({ ...settings, staticSearch: 0 }).map(({ type }) => type);
    expect(types.filter((type) => type.startsWith("Search"))).toEqual([]);
  });

  it("leads to the dynamic part instead of the static answer", () => {
    const resources = resourcesOf({ ...settings, dynamicUrl: "https://api.example.com/nuget/" });
    const typesAt = (url: string) =>
      resources.filter((resource) => resource.url === url).map(({ type }) => type);
    expect(typesAt("https://api.example.com/nuget/v3/search/query")).toEqual([
      "SearchQueryService",
      "SearchQueryService/3.0.0-beta",
      "SearchQueryService/3.0.0-rc",
      "SearchQueryService/3.5.0",
    ]);
    expect(typesAt("https://api.example.com/nuget/v3/search/autocomplete")).toEqual([
      "SearchAutocompleteService",
      "SearchAutocompleteService/3.0.0-beta",
      "SearchAutocompleteService/3.0.0-rc",
      "SearchAutocompleteService/3.5.0",
    ]);
    expect(typesAt("https://api.example.com/nuget/v3/publish")).toEqual(["PackagePublish/2.0.0"]);
    expect(typesAt(`${settings.baseUrl}v3/search/query.json`)).toEqual([]);
  });

  describe("of a feed with a site", () => {
    const types = (changed: Partial<FeedSettings>) =>
      resourcesOf({ ...settings, site: {}, ...changed }).map(({ type }) => type);

    it("leads to the page of a package, whose address takes any spelling", () => {
      expect(resourcesOf({ ...settings, site: {} })).toContainEqual({
        type: "PackageDetailsUriTemplate/5.1.0",
        url: "https://feed.example.com/nuget/packages/?id={id}&version={version}",
      });
    });

    it("names no page that clients would not show because it is not of https", () => {
      expect(types({ baseUrl: "http://localhost:5080/" })).not.toContain("PackageDetailsUriTemplate/5.1.0");
    });

    it("says where to report a package, in both documented types and the one that clients look for", () => {
      const reportAbuseUrl = "https://example.com/report";
      const resources = resourcesOf({ ...settings, site: { reportAbuseUrl } });
      expect(resources.filter(({ url }) => url === reportAbuseUrl).map(({ type }) => type)).toEqual([
        "ReportAbuseUriTemplate/3.0.0-beta",
        "ReportAbuseUriTemplate/3.0.0-rc",
        "ReportAbuseUriTemplate/3.0.0",
      ]);
    });

    it("keeps a mail address to the pages", () => {
      const site = { reportAbuseUrl: "mailto:packages@example.com" };
      expect(types({ site }).filter((type) => type.startsWith("ReportAbuse"))).toEqual([]);
    });
  });

  describe.each(variants)("%s", (_, variant) => {
    const resources = resourcesOf(variant);

    it("has one entry per type, compared as one client does, without regard to letter case", () => {
      const types = resources.map(({ type }) => type.toLowerCase());
      expect(new Set(types).size).toBe(types.length);
    });

    it("names the hive with SemVer 2 before the other", () => {
      const hives = resources.filter(({ type }) => type.startsWith("RegistrationsBaseUrl"));
      expect(hives[0]?.type).toBe("RegistrationsBaseUrl/3.6.0");
    });

    it("ends folders and nothing else with a slash, and has no queries", () => {
      for (const { type, url } of resources) {
        expect(url.endsWith("/")).toBe(/^(PackageBaseAddress|RegistrationsBaseUrl)/.test(type));
        expect(url).toMatch(/^https:\/\/[^?#]+$/);
      }
    });

    it("holds texts only", () => {
      for (const resource of listOf(documentJson(renderServiceIndex(variant)), "resources")) {
        expect(isObject(resource) && Object.values(resource).every((text) => typeof text === "string")).toBe(
          true,
        );
      }
    });

    test.each([
      "RepositorySignatures",
      "VulnerabilityInfo",
      "LegacyGallery",
      "Catalog",
      "PackageDetailsUriTemplate",
    ])("promises no %s", (name) => {
      expect(resources.filter(({ type }) => type.startsWith(name))).toEqual([]);
    });
  });
});
