import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { feedVersion } from "../../../src/feed/feed-package.js";
import { readmePageDigest } from "../../../src/site/package/readme-digest.js";
import { fromChanges, readVersions, toChanges } from "../../../src/site/package/version-changes.js";
import { type VersionDetails, versionDetails } from "../../../src/site/package/version-details.js";
import { newerThan, versionModel } from "../../../src/site/package/version-model.js";
import { versionsDocument } from "../../../src/site/package/versions-document.js";
import { withoutBidiControls } from "../../../src/site/readme/bidi.js";
import { packageId, type RecordOptions, testDigest, testPackage, testRecord } from "../../support/records.js";
import { attackRecord, attackText } from "./attack-package.js";

function details(options: RecordOptions = {}): VersionDetails {
  return versionDetails(feedVersion(testRecord(options)));
}

function withMetadata(metadata: NonNullable<RecordOptions["metadata"]>): VersionDetails {
  return details({ metadata });
}

const place = { root: "../../", source: "https://example.com/v3/index.json" };

describe("the details of a version", () => {
  test("hold web addresses only", () => {
    expect(details(attackRecord())).not.toHaveProperty("projectUrl");
    expect(details(attackRecord())).not.toHaveProperty("repository");
    expect(withMetadata({ iconUrl: "http://example.com/a.png" })).not.toHaveProperty("icon");
    expect(withMetadata({ iconUrl: "https://example.com/a.png" }).icon).toBe("https://example.com/a.png");
  });

  test("stay small whatever the package says", () => {
    expect(JSON.stringify(details(attackRecord())).length).toBeLessThan(60_000);
    expect(details(attackRecord())).toMatchObject({ moreTags: 9954, moreDependencies: 1501 });
  });

  test("lead to the commit where the host is known", () => {
    const commit = "5d1c0ffee0a4b7c2d9e8f1a2b3c4d5e6f7081920";
    expect(withMetadata({ repository: { url: "https://github.com/a/b.git", commit } }).repository).toEqual({
      page: "https://github.com/a/b",
      commit,
      commitPage: `https://github.com/a/b/tree/${commit}`,
    });
    expect(
      withMetadata({ repository: { url: "https://git.example.com/b", commit: "main" } }).repository,
    ).toEqual({
      page: "https://git.example.com/b",
    });
  });

  test("tell frameworks of dependencies by their short names", () => {
    const dependencies = [{ id: packageId("Contoso.Base"), range: "[1.0.0, )" }];
    const { dependencies: groups } = withMetadata({
      dependencyGroups: [{ targetFramework: ".NETFramework4.6.2", dependencies }, { dependencies: [] }],
    });
    expect(groups).toEqual([{ framework: "net462", ids: [["Contoso.Base", "[1.0.0, )"]] }, { ids: [] }]);
  });
});

describe("versions.json", () => {
  const version = fc.record(
    {
      version: fc.constantFrom("1.0.0", "2.0.0-rc.1+x"),
      title: fc.option(fc.string(), { nil: undefined }),
      tags: fc.array(fc.string(), { maxLength: 2 }),
      hasSymbols: fc.constant(true),
    },
    { requiredKeys: ["version"] },
  );

  test("gives every version back", () => {
    fc.assert(
      fc.property(fc.array(version), (versions) => {
        const whole = versions.map((options) =>
          details({ version: options.version, metadata: { tags: options.tags ?? [] } }),
        );
        expect(fromChanges(toChanges(whole))).toEqual(whole);
      }),
    );
  });

  test("gives versions back that lack what the one before them has", () => {
    const whole = [details(attackRecord()), details(), details({ hasSymbols: true })];
    expect(fromChanges(JSON.parse(JSON.stringify(toChanges(whole))))).toEqual(whole);
  });

  test("has the versions in descending order", () => {
    const pack = testPackage([{ version: "1.0.0" }, { version: "10.0.0" }, { version: "2.0.0-rc" }]);
    const { body, path } = versionsDocument(pack);
    expect(path).toBe("packages/contoso.core/versions.json");
    expect(readVersions(new TextDecoder().decode(body)).map(({ version }) => version)).toEqual([
      "10.0.0",
      "2.0.0-rc",
      "1.0.0",
    ]);
  });

  test("stays small for thousands of versions", () => {
    const metadata = {
      description: "Does one thing ".repeat(20),
      tags: ["a", "b", "c"],
      releaseNotes: "See the site ".repeat(20),
    };
    const pack = testPackage(Array.from({ length: 5000 }, (_, n) => ({ version: `1.${n}.0`, metadata })));
    expect(versionsDocument(pack).body.length).toBeLessThan(5000 * 200);
  });
});

describe("a newer version", () => {
  const versions = [
    details({ version: "4.0.0", facts: { input: { listed: false } } }),
    details({ version: "3.0.0-rc.1" }),
    details({ version: "2.0.0" }),
    details({ version: "1.0.0" }),
  ];

  test.each([
    [1, undefined],
    [2, "3.0.0-rc.1"],
    [3, "2.0.0"],
  ])("than version %i of the list is %s", (index, expected) => {
    const own = versions[index];
    expect(own && newerThan(own, versions)?.version).toBe(expected);
  });
});

describe("what a page shows of a version", () => {
  test("has its notices, the most serious first", () => {
    const model = versionModel(
      details({ ...attackRecord("1.0.0-rc"), id: "Contoso.Core" }),
      undefined,
      place,
    );
    expect(model.notices.map(({ kind }) => kind)).toEqual([
      "vulnerable",
      "deprecated",
      "unlisted",
      "prerelease",
    ]);
    expect(model.notices[0]).toMatchObject({
      title: "This version has 2 vulnerabilities of critical severity.",
    });
    expect(model.notices[0]?.links.map(({ href }) => href)).not.toContainEqual(
      expect.stringMatching(/^javascript:/),
    );
    expect(model.notices[1]).toMatchObject({
      title: "This version is deprecated: it is no longer maintained.",
      message: withoutBidiControls(attackText),
      links: [],
    });
  });

  test("leads to what to use instead of it", () => {
    const facts = {
      input: {
        deprecation: {
          reasons: ["CriticalBugs"],
          alternatePackage: { id: "Contoso.New", range: "[2.0.0, )" },
        },
      },
    };
    expect(versionModel(details({ facts }), undefined, place).notices[0]?.links).toEqual([
      {
        lead: "Use instead:",
        text: "Contoso.New",
        href: "../../packages/contoso.new/",
        rest: "2.0.0 or newer",
      },
    ]);
  });

  test("leads to files and pages of the feed", () => {
    const readmeDigest = testDigest("readme");
    const model = versionModel(
      details({
        version: "1.0.0-RC",
        readmeDigest,
        licenseFile: `${testDigest("licence")}.txt`,
        metadata: { license: { type: "file", text: "LICENSE.md" }, tags: ["a b&c"] },
      }),
      undefined,
      place,
    );
    expect(model).toMatchObject({
      downloadHref: "../../v3/flat/contoso.core/1.0.0-rc/contoso.core.1.0.0-rc.nupkg",
      readmeHref: `../../packages/contoso.core/readme/${readmeDigest}.html`,
      license: {
        kind: "link",
        text: "LICENSE.md",
        href: `../../packages/contoso.core/license/${testDigest("licence")}.html`,
      },
      tags: [{ text: "a b&c", href: "../../search/?q=tags%3Aa%20b%26c" }],
    });
  });
});

describe("the name of a rendered readme", () => {
  const readmeDigest = testDigest("readme");
  const of = (url?: string) =>
    readmePageDigest({ readmeDigest, metadata: url === undefined ? {} : { repository: { url } } });

  test("differs where its links lead elsewhere", () => {
    expect(of()).toBe(readmeDigest);
    expect(of("https://git.example.com/a")).toBe(readmeDigest);
    expect(of("https://github.com/a/b")).toMatch(/^[\da-f]{32}$/);
    expect(of("https://github.com/a/b")).toBe(of("git@github.com:a/b.git"));
    expect(new Set([of(), of("https://github.com/a/b"), of("https://github.com/a/c")]).size).toBe(3);
  });
});
