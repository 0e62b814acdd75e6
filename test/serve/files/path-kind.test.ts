import { expect, test } from "vitest";
import { isCompressible, mediaType } from "../../../src/serve/files/media-type.js";
import { isGeneratedJson, isPackageContent, isSitePage } from "../../../src/serve/files/path-kind.js";

test.each([
  ["v3/index.json", true, false],
  ["v3/flat/contoso.core/index.json", true, false],
  ["v3/registration/contoso.core/1.0.0.json", true, false],
  ["v3/registration-semver1/contoso.core/page/1.0.0/2.0.0.json", true, false],
  ["v3/search/shards/3/1.json", true, false],
  ["v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg", false, true],
  ["v3/flat/contoso.core/1.0.0/contoso.core.nuspec", false, true],
  ["v3/flat/contoso.core/1.0.0/readme", false, true],
  ["v3/flat/contoso.core/1.0.0/foreign.json", false, true],
  ["v3/assets/00ff.json", false, true],
  ["v3/assets/00ff.png", false, true],
  ["404.html", false, false],
  ["foreign.json", false, false],
])("%s: generated %s, from a package %s", (path, isGenerated, isFromPackage) => {
  expect([isGeneratedJson(path), isPackageContent(path)]).toEqual([isGenerated, isFromPackage]);
});

test.each([
  ["index.html", true],
  ["404.html", true],
  ["packages/contoso.core/index.html", true],
  ["packages/contoso.core/license/00ff.html", true],
  ["all/con-/index.html", true],
  ["docs/index.html", false],
  ["atom.xml", false],
  ["v3/flat/contoso.core/1.0.0/page.html", false],
])("%s is a page of the site: %s", (path, isPage) => expect(isSitePage(path)).toBe(isPage));

test.each([
  ["v3/index.json", "application/json", true],
  ["a/b/c.1.0.0.nupkg", "application/octet-stream", false],
  ["a/b/c.nuspec", "text/xml", true],
  ["a/1.0.0/readme", "text/markdown; charset=utf-8", true],
  ["README.MD", "text/markdown; charset=utf-8", true],
  ["a.txt", "text/plain; charset=utf-8", true],
  ["c.1.0.0.nupkg.sha512", "text/plain; charset=utf-8", true],
  ["404.html", "text/html; charset=utf-8", true],
  ["site.css", "text/css; charset=utf-8", true],
  ["site.js", "text/javascript; charset=utf-8", true],
  ["icon.svg", "image/svg+xml", true],
  ["feed.atom", "application/atom+xml; charset=utf-8", true],
  ["packages/contoso/atom.xml", "application/atom+xml; charset=utf-8", true],
  ["sitemap.xml", "application/xml", true],
  ["icon.PNG", "image/png", false],
  ["icon.jpg", "image/jpeg", false],
  ["font.woff2", "font/woff2", false],
  ["CNAME", "application/octet-stream", false],
  ["a.constructor", "application/octet-stream", false],
  ["v1.json/file", "application/octet-stream", false],
])("%s is %s (compressible: %s)", (path, type, compressible) => {
  expect(mediaType(path)).toBe(type);
  expect(isCompressible(type)).toBe(compressible);
});
