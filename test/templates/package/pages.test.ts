/** The pages of a package: valid, safe whatever is in the package, and small. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { type FeedPackage, feedPackage } from "../../../src/feed/feed-package.js";
import { licensePage } from "../../../src/site/package/license-page.js";
import type { PackageContent } from "../../../src/site/package/package-page.js";
import { packagePage } from "../../../src/site/package/package-page.js";
import { readmePage } from "../../../src/site/package/readme-page.js";
import { renderReadme } from "../../../src/site/readme/render-readme.js";
import { renderLicensePage } from "../../../templates/package/license-page.js";
import { renderPackagePage } from "../../../templates/package/package-page.js";
import { renderReadmePage } from "../../../templates/package/readme-page.js";
import {
  attackEntries,
  attackId,
  attackReadme,
  attackRecord,
  attackText,
} from "../../site/package/attack-package.js";
import { activeContent } from "../../site/readme/active-content.js";
import { validateHtml } from "../../support/html-validator.js";
import { packageId, testDigest, testPackage, testRecord } from "../../support/records.js";

const context = { baseUrl: "https://example.com/feed/", site: {} };
const encoder = new TextEncoder();

function render(pack: FeedPackage, content: Partial<PackageContent> = {}): string {
  const page = packagePage(context, pack, { files: [], ...content });
  if (page === undefined) throw new Error("no page");
  return renderPackagePage(page);
}

function attackPage(): string {
  const pack = testPackage([attackRecord("1.0.0"), attackRecord("2.0.0-rc.1")]);
  return render(pack, {
    readme: renderReadme(encoder.encode(attackReadme), undefined),
    files: pack.versions.map(({ lower: version }) => ({ version, entries: attackEntries })),
  });
}

/** The site's own header has a picture in it, which a package must not have. */
function withoutFrame(html: string): string {
  return html.replace(/<header class="site-header">.*?<\/header>/s, "");
}

/** Versions as a long-lived package has them. */
function manyVersions(count: number): FeedPackage {
  return testPackage(
    Array.from({ length: count }, (_, n) => ({
      version: `${Math.floor(n / 20)}.${n % 20}.0`,
      size: 123_456,
      frameworks: ["net8.0", "netstandard2.0"],
      facts: { input: { published: "2024-05-01T10:00:00+00:00" } },
      metadata: {
        description: "Does one thing",
        authors: "Contoso",
        tags: ["one", "two"],
        dependencyGroups: [
          {
            targetFramework: "net8.0",
            dependencies: [{ id: packageId("Contoso.Base"), range: "[1.0.0, )" }],
          },
        ],
      },
    })),
  );
}

const plain = testPackage([
  {
    version: "1.0.0",
    facts: { input: { vulnerabilities: [{ advisoryUrl: "https://example.com/a", severity: 2 }] } },
    metadata: {
      description: "قراءة وكتابة 数据 😀",
      license: { type: "expression", text: "MIT OR Apache-2.0" },
    },
  },
]);

describe("the page of a package", () => {
  test.each([
    [
      "a plain one",
      () =>
        render(plain, { readme: renderReadme(encoder.encode("# A\n\n- [x] b\n\n|a|\n|-|\n|b|"), undefined) }),
    ],
    ["one that attacks", attackPage],
    ["one with many versions", () => render(manyVersions(150))],
  ])("is valid HTML: %s", async (_, page) => {
    expect(await validateHtml(page())).toEqual([]);
  });

  test("holds nothing that runs, whatever the package says", () => {
    expect(activeContent(withoutFrame(attackPage()))).toEqual([]);
  });

  test("says what was cut from a package that says too much", () => {
    const page = attackPage();
    expect(page).toContain("The description is longer than this page shows.");
    expect(page).toContain("And 9,954 more.");
    expect(page.length).toBeLessThan(400_000);
  });

  test("has an id of a hundred characters", () => {
    expect(attackId).toHaveLength(100);
    expect(attackPage()).toContain(`data-package="${attackId.toLowerCase()}"`);
  });

  test("has nothing in its short texts that turns the direction of the page's own words", () => {
    const page = attackPage().replace(/<article class="readme">.*?<\/article>/s, "");
    expect(page).toContain("{{x}}");
    expect(page).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
  });

  test("takes less than 100 kB for 100 versions, and half of that on its way", () => {
    const pack = manyVersions(100);
    const newest = pack.versions.at(-1);
    const files = newest === undefined ? [] : [{ version: newest.lower, entries: attackEntries }];
    const page = render(pack, { files });
    expect(page).toContain("<summary");
    expect(page.length).toBeLessThan(100_000);
    expect(gzipSync(page).length).toBeLessThan(50_000);
  });

  test("lists the newest versions of thousands, and says where the others are", () => {
    const page = render(manyVersions(5000));
    expect(page.match(/<tr id="/g)).toHaveLength(100);
    expect(page).toContain(
      'These are the newest of 5,000 versions. <a href="../../packages/contoso.core/versions.json">',
    );
    expect(page.length).toBeLessThan(100_000);
  });

  test.each([
    [{}, "Not signed", "Not in the package"],
    [{ signature: "author", hasSymbols: true }, "Signed by the author", "In the package"],
    [{ signature: "repository" }, "Signed by a repository", "Not in the package"],
  ] as const)("says of %j: %s, %s", (said, signature, symbols) => {
    const page = render(testPackage([{ version: "1.0.0", ...said }]));
    expect(page).toContain(`<dt>Signature</dt><dd>${signature}</dd>`);
    expect(page).toContain(`<dt>Symbols</dt><dd>${symbols}</dd>`);
  });

  test("is not made for an id without versions", () => {
    expect(packagePage(context, feedPackage(plain.id, []), { files: [] })).toBeUndefined();
  });
});

describe("the page of a readme", () => {
  const readme = renderReadme(encoder.encode(attackReadme), undefined);
  const html = renderReadmePage(readmePage(context, packageId(attackId), testDigest("readme"), readme));

  test("is valid HTML in which nothing runs", async () => {
    expect(await validateHtml(html)).toEqual([]);
    expect(activeContent(withoutFrame(html))).toEqual([]);
  });

  test("leads to the package", () => {
    expect(html).toContain(`href="../../../packages/${encodeURI(attackId.toLowerCase())}/"`);
  });
});

describe("the page of a licence", () => {
  test("shows the file as text", async () => {
    const bytes = encoder.encode(`${attackText}\n`.repeat(50_000));
    const html = renderLicensePage(licensePage(context, packageId(attackId), testDigest("licence"), bytes));
    expect(await validateHtml(html)).toEqual([]);
    expect(activeContent(withoutFrame(html))).toEqual([]);
    expect(html).toContain("The file is longer than this page shows.");
  });
});

test("records of the tests are as the program makes them", () => {
  expect(testRecord(attackRecord()).id).toBe(attackId);
});
