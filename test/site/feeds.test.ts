/** What machines read of the site: Atom feeds, badges, sitemap, robots.txt. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { describe, expect, test } from "vitest";
import { renderFeedAtom, renderPackageAtom } from "../../src/site/atom.js";
import { badgeOf, renderBadgeJson, renderBadgeSvg } from "../../src/site/badge.js";
import { renderFavicon } from "../../src/site/favicon.js";
import type { SiteContext } from "../../src/site/frame.js";
import { packageSummary } from "../../src/site/package-summary.js";
import { renderRobots, renderSitemap } from "../../src/site/sitemap.js";
import { testKey } from "../support/ids.js";
import { testPackage } from "../support/records.js";

const context: SiteContext = { baseUrl: "https://example.com/feed/", site: { title: "Us & <them>" } };

const versions = testPackage([
  { version: "1.0.0", facts: { input: { published: "2024-01-01T00:00:00+00:00" } } },
  { version: "2.0.0-b", facts: { input: { published: "2025-01-01T00:00:00+00:00" } } },
  { version: "1.5.0" },
  { version: "0.1.0", facts: { input: { published: "2026-01-01T00:00:00+00:00", listed: false } } },
]);

function parse(xml: string): Record<string, Record<string, unknown>> {
  expect(XMLValidator.validate(xml)).toBe(true);
  return new XMLParser({
    ignoreAttributes: false,
    isArray: (name) => name === "entry" || name === "url",
  }).parse(xml);
}

describe("an Atom feed", () => {
  test("of an id has its listed versions whose time is known, newest first", () => {
    const { feed } = parse(renderPackageAtom(context, versions));
    expect(feed).toMatchObject({
      id: "https://example.com/feed/packages/contoso.core/atom.xml",
      title: "Contoso.Core",
      updated: "2025-01-01T00:00:00+00:00",
      author: { name: "Us & <them>" },
      entry: [
        { id: "https://example.com/feed/packages/contoso.core/#2.0.0-b", title: "Contoso.Core 2.0.0-b" },
        { id: "https://example.com/feed/packages/contoso.core/#1.0.0", updated: "2024-01-01T00:00:00+00:00" },
      ],
    });
  });

  test("of the feed has what ids were given", () => {
    const summary = packageSummary(versions);
    const { feed } = parse(renderFeedAtom(context, summary === undefined ? [] : [summary]));
    expect(feed).toMatchObject({ entry: [{ title: "Contoso.Core 2.0.0-b" }] });
  });

  test("says a time without a clock when nothing was ever published", () => {
    expect(parse(renderFeedAtom(context, []))).toMatchObject({ feed: { updated: "1970-01-01T00:00:00Z" } });
  });

  test("is well formed whatever a package says", () => {
    const attack = `]]></summary><script>&\u0000\ud800"'`;
    const published = { input: { published: "2024-01-01T00:00:00+00:00" } };
    const metadata = { description: attack, authors: attack };
    const { feed } = parse(renderPackageAtom(context, testPackage([{ metadata, facts: published }])));
    expect(feed).not.toHaveProperty("script");
  });
});

describe("badges", () => {
  test("show the latest stable version, and the latest of all", () => {
    expect(badgeOf(versions, "stable", "#2547c7")).toEqual({
      label: "nuget",
      message: "v1.5.0",
      color: "#2547c7",
    });
    expect(badgeOf(versions, "prerelease", "#2547c7")).toMatchObject({ message: "v2.0.0-b" });
    expect(badgeOf(testPackage([{ version: "1.0.0-a" }]), "stable", "#2547c7")).toMatchObject({
      message: "no version",
    });
  });

  test("have a name for who cannot see them", () => {
    const badge = badgeOf(versions, "stable", "#2547c7");
    expect(parse(renderBadgeSvg(badge))).toMatchObject({
      svg: { "@_role": "img", "@_aria-label": "nuget: v1.5.0", title: "nuget: v1.5.0" },
    });
    expect(JSON.parse(renderBadgeJson(badge))).toEqual({ schemaVersion: 1, ...badge });
  });

  test("and the favicon are well formed", () => {
    expect(parse(renderFavicon({ accentColor: "#2547c7" }))).toHaveProperty("svg.rect");
  });
});

describe("the sitemap", () => {
  test("lists every page by its address", () => {
    const [file, ...others] = renderSitemap(context, [testKey("a"), testKey("数据")], ["", "a"]);
    expect(others).toEqual([]);
    expect(file?.path).toBe("sitemap.xml");
    expect(parse(file?.text ?? "")).toMatchObject({
      urlset: {
        url: [
          { loc: "https://example.com/feed/" },
          { loc: "https://example.com/feed/packages/" },
          { loc: "https://example.com/feed/all/a-/" },
          { loc: "https://example.com/feed/packages/a/" },
          { loc: "https://example.com/feed/packages/%E6%95%B0%E6%8D%AE/" },
        ],
      },
    });
  });

  test("of a large feed has parts, of which a new id changes one", () => {
    const ids = Array.from({ length: 25_000 }, (_, n) => testKey(`package.n${n}`));
    const before = renderSitemap(context, ids, [""]);
    const after = renderSitemap(context, [...ids, testKey("one.more")], [""]);
    expect(before.map(({ path }) => path)).toEqual([
      ...[0, 1, 2, 3, 4].map((n) => `sitemap-${n}.xml`),
      "sitemap.xml",
    ]);
    expect(after.filter(({ text }, n) => text !== before[n]?.text)).toHaveLength(1);
  });
});

describe("robots.txt", () => {
  test("keeps search engines from what only clients read", () => {
    expect(renderRobots(context)).toContain("Disallow: /feed/v3/\n");
    expect(renderRobots(context)).toContain("Sitemap: https://example.com/feed/sitemap.xml\n");
  });

  test("keeps them from all of a private feed", () => {
    expect(renderRobots({ ...context, site: { isPrivate: true } })).toBe("User-agent: *\nDisallow: /feed/\n");
  });
});
