/** Whole feeds of any packages, judged by the checker that follows links from the service index. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/feed/facts.js";
import { checkFeed } from "../support/feed-checker.js";
import { renderFeed, type TestPackage, testSettings } from "../support/render-feed.js";

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

const facts = fc.record(
  {
    listed: fc.boolean(),
    published: fc.constant("2024-05-01T10:00:00+00:00"),
    deprecation: fc.constant({ reasons: ["Legacy"], alternatePackage: { id: "Contoso.Next" } }),
    vulnerabilities: fc.constant([{ advisoryUrl: "https://example.com/1", severity: 2 as const }]),
  },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<Facts>;

/** Ranges in the nuspec's spelling, some of which make a package SemVer 2 or float. */
const ranges = fc.constantFrom(
  "",
  "1.0",
  "[1.0,2.0)",
  "(,3.0]",
  "1.0.0-rc.1",
  "1.0.0+build",
  "1.*",
  "nonsense",
);
const frameworks = fc.constantFrom("net8.0", ".NETFramework4.5", ".NETStandard,Version=v2.0", "nonsense");

const parts = fc.record(
  {
    dependencies: fc.oneof(
      fc.dictionary(fc.constantFrom("Contoso.Base", "Fabrikam", "Żółw"), ranges),
      fc.uniqueArray(
        fc.record({
          targetFramework: frameworks,
          dependencies: fc.dictionary(fc.constantFrom("Contoso.Base"), ranges),
        }),
        { selector: (group) => group.targetFramework },
      ),
    ),
    tags: fc.constantFrom("one", "one, two;three"),
    icon: fc.constant({ path: "icon.png", content: png }),
    readme: fc.constant({ path: "README.md", content: "# Core" }),
    license: fc.constantFrom("MIT OR Apache-2.0", { path: "LICENSE.txt", content: "all yours" }),
    packageTypes: fc.constant(["DotnetTool"]),
    entryTime: fc.constantFrom("2000-01-01T00:00:00Z", "2024-05-01T10:00:00Z"),
    facts,
  },
  { requiredKeys: [] },
);

const identity = fc.record({
  id: fc.constantFrom("Contoso.Core", "contoso.core", "Contoso.Base", "Żółw", "a"),
  version: fc.constantFrom("1.0", "1.0.0-RC", "1.0.0-rc.1", "1.0.0.1", "2.0.0+Build", "1.0.0--0", "1.0.0-0"),
});

const packages: fc.Arbitrary<TestPackage[]> = fc.uniqueArray(
  fc.tuple(identity, parts).map(([identity, parts]) => ({ ...identity, ...parts })),
  { selector: ({ id, version }) => `${id.toLowerCase()} ${version}`, maxLength: 12 },
);

describe("a feed", () => {
  it("is sound whatever its packages are", async () => {
    await fc.assert(
      fc.asyncProperty(
        packages,
        fc.boolean(),
        fc.constantFrom(0, 25),
        async (packages, folderFeed, staticSearch) => {
          const settings = { ...testSettings, folderFeed, staticSearch };
          expect(await checkFeed(await renderFeed(packages, settings), settings.baseUrl)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is sound below a path, with ids spread over several shards", async () => {
    const settings = { ...testSettings, baseUrl: "https://feed.example.com/nuget/feed/" };
    const packages = Array.from({ length: 300 }, (_, i) => ({ id: `Contoso.Package${i}`, version: "1.0.0" }));
    const feed = await renderFeed(packages, settings);
    expect(await feed.stat("v3/search/shards/1/1.json")).toBeDefined();
    expect(await checkFeed(feed, settings.baseUrl)).toEqual([]);
  });
});
