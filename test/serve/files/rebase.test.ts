import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  rebaseJson,
  rebaseMarkup,
  rebaseNotFound,
  rebaseOf,
  rebaseRobots,
} from "../../../src/serve/files/rebase.js";

const from = "https://contoso.example.com/my.feed/";
const to = "http://localhost:5080/";

function rebase(document: unknown, space?: number): unknown {
  return JSON.parse(rebaseJson(JSON.stringify(document, undefined, space), from, to));
}

describe("addresses of the feed", () => {
  test.each([undefined, 2])("are replaced as values of objects and items of arrays (indent %s)", (space) => {
    const document = {
      "@id": `${from}v3/index.json`,
      list: [`${from}v3/a`, `${from}v3/b`],
      deep: [{ x: `${from}v3/` }],
    };
    expect(rebase(document, space)).toEqual({
      "@id": `${to}v3/index.json`,
      list: [`${to}v3/a`, `${to}v3/b`],
      deep: [{ x: `${to}v3/` }],
    });
  });

  test.each(["v3/flat/{lower_id}/readme", "packages/?id={id}&version={version}"])(
    "keep the braces of the template %s",
    (template) => expect(rebase([from + template])).toEqual([to + template]),
  );

  test.each([
    `see ${from}v3/index.json`,
    `"${from}v3/index.json"`,
    `: "${from}v3/index.json"`,
    `\\"${from}v3/index.json`,
    `,"${from}v3/`,
    `${from}packages/a`,
    `${from}packages/?id={id}&version={version}&more`,
    "https://contoso.example.com/myXfeed/v3/index.json",
    `${from.toUpperCase()}v3/`,
  ])("stay in the text %j", (text) => {
    expect(rebase({ description: text, tags: [text] })).toEqual({ description: text, tags: [text] });
  });

  test("are put in literally, whatever characters the new address has", () => {
    const json = JSON.stringify([`${from}v3/`]);
    expect(rebaseJson(json, from, "http://h/$&$1/")).toBe('["http://h/$&$1/v3/"]');
  });

  test("are replaced exactly where a string value begins with them, in any document", () => {
    const piece = fc.constantFrom(`${from}v3/`, from, "v3/", '"', "\\", ":", ",", "[", " ", "x", "é");
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
    const document = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, text, fc.integer(), fc.boolean(), tie("array"), tie("object")),
      array: fc.array(tie("value"), { maxLength: 4 }),
      object: fc.dictionary(fc.constantFrom("@id", "a", "b:"), tie("value")),
    })).value;
    fc.assert(
      fc.property(document, fc.constantFrom(undefined, 1), (value, space) => {
        expect(rebase(value, space)).toEqual(expected(value));
      }),
    );
  });
});

describe("addresses of the feed in a page", () => {
  const link = (url: string): string => `<a href="${url}">${url}</a>`;

  test.each([
    "",
    "v3/index.json",
    "v3/index.json --name a",
    "packages/contoso/#1.0.0",
    "search/?q=a",
    "all/c-/",
    "site/site.css",
    "badges/contoso.svg",
    "atom.xml",
    "sitemap.xml",
    "sitemap-3.xml",
    "?q=a",
    "#main",
    "&quot; /&gt;",
    " and more",
  ])("are replaced: %j", (path) => {
    expect(rebaseMarkup(link(from + path), from, to)).toBe(link(to + path));
  });

  test.each(["docs/", "logo.png", "v3", "packages", "atom.xmlx", ", or", ".", "sitemap-a.xml"])(
    "of which the feed knows nothing stay: %j",
    (path) => {
      expect(rebaseMarkup(link(from + path), from, to)).toBe(link(from + path));
      expect(rebaseNotFound(link(from + path), from, to)).toBe(link(to + path));
    },
  );

  test("are found as pages spell them, in attributes and in JSON", () => {
    const named = "https://example.com/r&d/o'b/";
    const page = `<a href="https://example.com/r&amp;d/o&#39;b/v3/">{"url":"${named}"}`;
    expect(rebaseMarkup(page, named, to)).toBe(`<a href="${to}v3/">{"url":"${to}"}`);
  });

  test("never end an attribute, whatever name the server is called by", () => {
    const strange = `http://a"onload='x'<b>&c/`;
    expect(rebaseMarkup(`<a href="${from}v3/">`, from, strange)).toBe(
      '<a href="http://a&quot;onload=&#39;x&#39;&lt;b&gt;&amp;c/v3/">',
    );
  });
});

test("robots.txt names the paths below the new address, and its sitemap", () => {
  const text = `User-agent: *\nDisallow: /my.feed/v3/\nAllow: /my.feed/v3/assets/\nDisallow: /else/\n\nSitemap: ${from}sitemap.xml\n`;
  expect(rebaseRobots(text, from, "http://localhost/nuget/")).toBe(
    "User-agent: *\nDisallow: /nuget/v3/\nAllow: /nuget/v3/assets/\nDisallow: /else/\n\nSitemap: http://localhost/nuget/sitemap.xml\n",
  );
});

describe("what moves", () => {
  const isMoved = (path: string): boolean => rebaseOf(path, { recorded: from, served: to }) !== undefined;

  test.each([
    "v3/index.json",
    "index.html",
    "404.html",
    "search/index.html",
    "packages/index.html",
    "packages/contoso/index.html",
    "packages/contoso/readme/00ff.html",
    "packages/contoso/atom.xml",
    "all/con-/index.html",
    "atom.xml",
    "sitemap.xml",
    "robots.txt",
  ])("%s does", (path) => expect(isMoved(path)).toBe(true));

  test.each([
    "v3/flat/contoso/1.0.0/readme",
    "v3/flat/contoso/1.0.0/contoso.nuspec",
    "v3/assets/00ff.png",
    "site/site.js",
    "site/custom.css",
    "badges/contoso.svg",
    "docs/index.html",
    "foreign.json",
  ])("%s does not", (path) => expect(isMoved(path)).toBe(false));

  test("nothing does that is shown at its own address", () => {
    expect(rebaseOf("index.html", { recorded: from, served: from })).toBeUndefined();
  });

  test("a page that is not UTF-8, which nupress never writes, is sent as it is", () => {
    const bytes = Uint8Array.of(0xfc, ...new TextEncoder().encode(`"${from}"`));
    expect(rebaseOf("index.html", { recorded: from, served: to })?.(bytes)).toBe(bytes);
  });
});

function expected(value: unknown): unknown {
  if (typeof value === "string")
    return value.startsWith(`${from}v3/`) ? to + value.slice(from.length) : value;
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expected(item)]));
}
