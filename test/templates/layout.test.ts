import { describe, expect, test } from "vitest";
import { HOME_PAGE, packagePagePath } from "../../src/feed/site-urls.js";
import { NOT_FOUND_PAGE } from "../../src/feed/urls.js";
import { lowerId, parsePackageId } from "../../src/nuget/id.js";
import { frameOf, type SiteContext } from "../../src/site/frame.js";
import { JsonLd } from "../../templates/json-ld.js";
import { Layout } from "../../templates/layout.js";
import { renderDocument } from "../../templates/render.js";

const context: SiteContext = { baseUrl: "https://feed.example.com/nuget/", site: { title: "<Feed> & co" } };
const packagePage = packagePagePath(lowerId(parsePackageId("Contoso.Core") ?? fail()));

function fail(): never {
  throw new Error("no id");
}

function render(page = HOME_PAGE, site: SiteContext["site"] = context.site): string {
  const frame = frameOf({ ...context, site }, page);
  return renderDocument(
    Layout({ frame, title: "A page", description: '"quoted"', page: "test", children: "content" }),
  );
}

describe("the layout", () => {
  test("is a whole document with language, direction and the way to the root", () => {
    expect(render(packagePage)).toMatch(
      /^<!doctype html>\n<html lang="en" dir="ltr" data-root="\.\.\/\.\.\/"><head><meta charset="utf-8"\/>/,
    );
    expect(render(HOME_PAGE, { language: "ar-EG" })).toContain(
      '<html lang="ar-EG" dir="rtl" data-root="./">',
    );
  });

  test("escapes what settings and packages say", () => {
    expect(render()).toContain("<title>A page · &lt;Feed&gt; &amp; co</title>");
    expect(render()).toContain('content="&quot;quoted&quot;"');
  });

  test("states its policy before anything that loads", () => {
    const html = render();
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.search(/<(?:script|link)/));
    expect(html).toContain("default-src &#39;none&#39;; script-src &#39;self&#39;;");
  });

  test("links from 404.html by absolute addresses, and gives it none of its own", () => {
    const html = render(NOT_FOUND_PAGE);
    expect(html).toContain('href="https://feed.example.com/nuget/site/site.css"');
    expect(
      [...html.matchAll(/(?:href|src)="([^"#][^"]*)"/g)].filter(
        ([, url]) => url?.startsWith("https:") !== true,
      ),
    ).toEqual([]);
    expect(html).not.toContain("canonical");
  });

  test("puts the owner's footer in as it is", () => {
    expect(render(HOME_PAGE, { footerHtml: "<b>ours</b>" })).toContain("<b>ours</b>");
  });

  test("leads to where packages are reported", () => {
    const html = render(HOME_PAGE, { reportAbuseUrl: "mailto:packages@example.com" });
    expect(html).toContain('<a href="mailto:packages@example.com">Report a package</a>');
    expect(render()).not.toContain("Report a package");
  });

  test("asks search engines to stay away from a private feed", () => {
    expect(render(HOME_PAGE, { isPrivate: true })).toContain('<meta name="robots" content="noindex"/>');
    expect(render()).not.toContain("noindex");
  });
});

describe("structured data", () => {
  test("cannot end its element", () => {
    const html = renderDocument(JsonLd({ value: { name: "</script><script>alert(1)</script><!--" } }));
    expect(html.match(/<\/script/g)).toHaveLength(1);
    expect(html).not.toContain("<!--");
    expect(JSON.parse(/>(.*)<\/script>/.exec(html)?.[1] ?? "")).toMatchObject({
      name: expect.stringContaining("alert"),
    });
  });
});
