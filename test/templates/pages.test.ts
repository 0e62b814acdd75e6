/** Every page of the whole feed: valid, escaped, and small. */
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { FeedPackage } from "../../src/feed/feed-package.js";
import type { SiteSettings } from "../../src/feed/site-settings.js";
import type { SiteContext } from "../../src/site/frame.js";
import { homePage } from "../../src/site/home.js";
import { divideIds } from "../../src/site/id-lists.js";
import { idPatterns } from "../../src/site/id-patterns.js";
import { listPage } from "../../src/site/list-page.js";
import { notFoundPage } from "../../src/site/not-found-page.js";
import { type PackageSummary, packageSummary } from "../../src/site/package-summary.js";
import { searchPage } from "../../src/site/search-page.js";
import { siteAssets } from "../../templates/assets.generated.js";
import { renderHome } from "../../templates/home.js";
import { renderListPage } from "../../templates/list-page.js";
import { renderNotFoundPage } from "../../templates/not-found-page.js";
import { renderSearchPage } from "../../templates/search-page.js";
import { validateHtml } from "../support/html-validator.js";
import { testPackage } from "../support/records.js";

const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)> javascript:alert(1) \u202e{{x}}`;
const published = { input: { published: "2024-05-01T10:00:00+00:00" } };

/** As many ids as asked for, each with everything that a list shows. */
function feed(ids: number, text = "A package that does one thing"): FeedPackage[] {
  return Array.from({ length: ids }, (_, n) =>
    testPackage([
      {
        id: `Contoso.Package${n}`,
        version: "1.0.0-rc.1",
        icon: "0123456789abcdef0123456789abcdef.png",
        facts: published,
        metadata: { description: text, authors: text, packageTypes: [{ name: "DotnetTool" }] },
      },
    ]),
  );
}

function pagesOf(packages: readonly FeedPackage[], site: SiteSettings = {}): Map<string, string> {
  const context: SiteContext = { baseUrl: "https://example.com/feed/", site };
  const summaries = packages.map(packageSummary).filter((summary) => summary !== undefined);
  const byKey = new Map<string, PackageSummary>(summaries.map((summary) => [summary.key, summary]));
  const patterns = idPatterns(summaries.map(({ id }) => id));
  const overview = { packages: summaries.length, versions: summaries.length, recent: summaries, patterns };
  const lists = divideIds(summaries.map(({ key }) => key).sort(), 20);
  return new Map([
    ["home", renderHome(homePage(context, overview))],
    ["search", renderSearchPage(searchPage(context))],
    ["404", renderNotFoundPage(notFoundPage(context))],
    ...lists.map(
      (list) =>
        [`list ${list.prefix}`, renderListPage(listPage(context, list, (id) => byKey.get(id)))] as const,
    ),
  ]);
}

const ownSite: SiteSettings = {
  title: attack,
  description: attack,
  links: [{ text: attack, url: "docs/a.html" }],
  logo: "logo.png",
  accentColor: "#ffd54a",
  footerHtml: "<p>Ours</p>",
  language: "he",
  isPrivate: true,
};

describe.each([
  ["an empty feed", pagesOf([])],
  ["a feed with an attack in every text", pagesOf(feed(60, attack), ownSite)],
])("the pages of %s", (_name, pages) => {
  test.each([...pages])("are valid HTML: %s", async (_page, html) => {
    expect(await validateHtml(html)).toEqual([]);
  });

  test.each([...pages])("hold no element and no attribute of the attack: %s", (_page, html) => {
    const tags = html.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? [];
    expect(tags.filter((tag) => /onerror|^<script>|src=x/.test(tag))).toEqual([]);
    expect(html).not.toMatch(/(?:href|src|action)="\s*javascript:/i);
    expect(html).not.toMatch(/\sstyle=/);
  });
});

describe("the home page", () => {
  test("says how many packages there are, and shows twelve at most", () => {
    const html = pagesOf(feed(60)).get("home") ?? "";
    expect(html).toContain(">60 packages</a> in 60 versions");
    expect(html.match(/class="package-card"/g)).toHaveLength(12);
  });

  test("is below 60 kB for every feed", () => {
    const packages = feed(500, "x".repeat(5000)).map((own) => own);
    expect((pagesOf(packages).get("home") ?? "").length).toBeLessThan(60_000);
  });

  test("of a feed without packages says so", () => {
    expect(pagesOf([]).get("home")).toContain("no packages yet");
  });
});

describe("the lists", () => {
  test("link to each other and to every package", () => {
    const pages = pagesOf(feed(60));
    expect(pages.get("list ")).toContain('href="../all/contoso.package1-/"');
    expect(pages.get("list contoso.package1")).toContain('<a href="../../packages/">All packages</a>');
    const links = [...pages.values()].flatMap((html) => [
      ...html.matchAll(/packages\/(contoso\.package\d+)\/"/g),
    ]);
    expect(new Set(links.map(([, id]) => id)).size).toBe(60);
  });

  test("say nothing that a new version of the same package changes", () => {
    const before = feed(3);
    const after = before.map(({ versions }, n) =>
      testPackage([
        ...versions.map(({ record }) => record),
        {
          id: `Contoso.Package${n}`,
          version: "2.0.0",
          metadata: { description: "A package that does one thing" },
        },
      ]),
    );
    expect(pagesOf(after).get("list ")).toBe(pagesOf(before).get("list "));
  });
});

test("the script and the styles that every page loads are below 40 kB, compressed", () => {
  const loaded = siteAssets.filter(([name]) => ["site.css", "site.js", "theme.js"].includes(name));
  expect(loaded).toHaveLength(3);
  const bytes = loaded.reduce((sum, [, text]) => sum + gzipSync(text).length, 0);
  expect(bytes).toBeLessThan(40_000);
});

test("the styles reach for no other host", () => {
  const styles = siteAssets.filter(([name]) => name.endsWith(".css")).map(([, text]) => text);
  expect(styles.join("")).not.toMatch(/url\(|@import|https?:/);
});

test("what others wrote says so where it is published", () => {
  const worker = siteAssets.find(([name]) => name === "search-worker.js")?.[1] ?? "";
  expect(worker).toMatch(/\/\*!\s+minisearch \d[^]*permission notice shall be included[^]*\*\/$/);
});
