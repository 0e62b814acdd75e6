import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { createStaticHandler, type StaticHandler } from "../../../src/serve/app.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";

const recorded = "https://contoso.example.com/feed/";
const browser = { headers: { Accept: "text/html,*/*;q=0.8" } };

const files: Readonly<Record<string, string>> = {
  "index.html": `<h1>Home</h1><a href="${recorded}v3/index.json">`,
  "404.html": `<script src="${recorded}site/theme.js"></script><img src="${recorded}logo.png">`,
  "packages/index.html": "<h1>All</h1>",
  "packages/contoso.core/index.html": `<h1>Contoso.Core</h1><link rel="canonical" href="${recorded}packages/contoso.core/">${"x".repeat(2000)}`,
  "packages/contoso.core/atom.xml": `<id>${recorded}packages/contoso.core/atom.xml</id>`,
  "packages/contoso.core/versions.json": "{}",
  "packages/größe/index.html": "<h1>Größe</h1>",
  "search/index.html": "<h1>Search</h1>",
  "site/site.css": `a{}${" ".repeat(2000)}`,
  "site/site.js": `"use strict";${" ".repeat(2000)}`,
  "robots.txt": `Disallow: /feed/v3/\nSitemap: ${recorded}sitemap.xml\n`,
  "sitemap.xml": `<loc>${recorded}</loc>`,
  "badges/contoso.core.svg": "<svg/>",
  "v3/index.json": "{}",
  "v3/registration/contoso.core/index.json": "{}",
  "v3/registration/contoso.core/index.html": "<h1>Foreign</h1>",
  "v3/assets/00ff.png": "image",
  "feed-state/feed.json": "{}",
  "feed-state/index.html": "<h1>State</h1>",
};

let store: Store;
let handle: StaticHandler;

beforeEach(async () => {
  store = createMemoryStore();
  for (const [path, text] of Object.entries(files)) await store.put(path, new TextEncoder().encode(text));
  handle = createStaticHandler(store, { feedBaseUrl: recorded });
});

describe("pages", () => {
  test.each([
    ["", "Home"],
    ["packages/", "All"],
    ["packages/?id=Contoso.Core&version=1.0", "All"],
    ["packages/contoso.core/", "Contoso.Core"],
    ["packages/contoso.core/index.html", "Contoso.Core"],
    ["packages/contoso%2Ecore/", "Contoso.Core"],
    ["packages/gr%C3%B6%C3%9Fe/", "Größe"],
    ["search/?q=a%20b", "Search"],
  ])("/%s shows %s", async (path, title) => {
    const response = await get(path);
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining(title)]);
  });

  test.each([
    ["packages", "/packages/"],
    ["packages/contoso.core", "/packages/contoso.core/"],
    ["packages/contoso.core?x=1", "/packages/contoso.core/?x=1"],
    ["packages/Contoso.Core/", "/packages/contoso.core/"],
    ["packages/Contoso.Core", "/packages/contoso.core/"],
    ["packages/Contoso%2ECore", "/packages/contoso.core/"],
    ["Packages/?id=Contoso.Core", "/packages/?id=Contoso.Core"],
    ["packages/GR%C3%96%C3%9FE/", "/packages/gr%C3%B6%C3%9Fe/"],
    ["packages/Contoso.Core/atom.xml", "/packages/contoso.core/atom.xml"],
    ["badges/Contoso.Core.svg", "/badges/contoso.core.svg"],
  ])("/%s leads on to %s", async (path, location) => {
    for (const method of ["GET", "HEAD"]) {
      const response = await get(path, { method });
      expect([response.status, response.headers.get("Location")]).toEqual([301, location]);
      expect(response.headers.get("Cache-Control")).toBe("no-cache");
    }
  });

  test.each([
    "v3/registration/contoso.core",
    "v3/registration/Contoso.Core/",
    "v3/registration/Contoso.Core/index.json",
    "V3/index.json",
    "V3",
    "Feed-State/",
    "feed-state",
    "FEED-STATE/feed.json",
    "packages/none/",
    "packages/Contoso.Core/None.html",
    "packages/contoso.core/1.0.0",
    "packages%2FContoso.Core/",
  ])("/%s is nothing, and leads nowhere", async (path) => {
    expect((await get(path)).status).toBe(404);
    expect((await get(path, browser)).status).toBe(404);
  });

  test("lead on below the mount path only", async () => {
    const mounted = createStaticHandler(store, { feedBaseUrl: recorded, mountPath: "/nuget/" });
    const location = async (path: string): Promise<string | null> =>
      (await mounted(new Request(`http://localhost/${path}`))).headers.get("Location");
    expect(await location("nuget")).toBe("/nuget/");
    expect(await location("nuget/packages/Contoso.Core")).toBe("/nuget/packages/contoso.core/");
    expect(await location("packages/Contoso.Core")).toBeNull();
  });

  test("lead on to where clients see them behind a proxy", async () => {
    const publicUrl = "https://nuget.example.com/x/";
    const proxied = createStaticHandler(store, { feedBaseUrl: recorded, publicUrl });
    const response = await proxied(new Request("http://localhost/packages/Contoso.Core?a=b"));
    expect(response.headers.get("Location")).toBe(`${publicUrl}packages/contoso.core/?a=b`);
  });

  test("a folder whose name holds what ends a path is redirected to its own address", async () => {
    await store.put("docs/c#?/index.html", new Uint8Array());
    expect((await get("docs/c%23%3F")).headers.get("Location")).toBe("/docs/c%23%3F/");
  });
});

describe("headers", () => {
  test.each(["", "packages/contoso.core/", "404.html"])(
    "the page /%s says who may frame it, and what of it others learn",
    async (path) => {
      expect(headersOf(await get(path))).toMatchObject({
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": "frame-ancestors 'none'",
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
        "cache-control": "public, max-age=10",
        etag: expect.any(String),
      });
    },
  );

  test("what came out of packages is sandboxed", async () => {
    expect(headersOf(await get("v3/assets/00ff.png"))).toMatchObject({
      "content-security-policy": "sandbox",
      "x-content-type-options": "nosniff",
    });
  });

  test.each([
    ["packages/contoso.core/", "text/html; charset=utf-8"],
    ["site/site.css", "text/css; charset=utf-8"],
    ["site/site.js", "text/javascript; charset=utf-8"],
  ])("/%s is compressed, asked for again soon, and known by its tag", async (path, type) => {
    const accepted = { "Accept-Encoding": "gzip" };
    const response = await get(path, { headers: accepted });
    const tag = response.headers.get("ETag") ?? "";
    expect(headersOf(response)).toMatchObject({
      "content-type": type,
      "content-encoding": "gzip",
      "cache-control": "public, max-age=10",
      vary: "Accept-Encoding",
    });
    const plain = await (await get(path)).text();
    expect(gunzipSync(await response.arrayBuffer()).toString()).toBe(plain);
    expect((await get(path, { headers: { ...accepted, "If-None-Match": tag } })).status).toBe(304);
  });
});

describe("addresses", () => {
  test.each([
    ["", '<a href="http://localhost/v3/index.json">'],
    ["packages/contoso.core/", 'href="http://localhost/packages/contoso.core/"'],
    ["packages/contoso.core/atom.xml", "<id>http://localhost/packages/contoso.core/atom.xml</id>"],
    ["sitemap.xml", "<loc>http://localhost/</loc>"],
    ["robots.txt", "Disallow: /v3/\nSitemap: http://localhost/sitemap.xml\n"],
  ])("in /%s are those of the server", async (path, expected) => {
    const text = await (await get(path)).text();
    expect(text).toContain(expected);
    expect(text).not.toContain(recorded);
  });

  test.each(["none", "packages/none/", "v3/none.json", "%zz"])(
    "in the page that /%s is answered with are those of the server",
    async (path) => {
      const response = await get(path, browser);
      expect(response.status).toBe(404);
      expect(headersOf(response)).toMatchObject({
        "cache-control": "no-cache",
        "content-security-policy": "frame-ancestors 'none'",
        vary: "Accept",
      });
      const text = await response.text();
      expect(text).toBe(
        '<script src="http://localhost/site/theme.js"></script><img src="http://localhost/logo.png">',
      );
      expect(response.headers.get("Content-Length")).toBe(String(text.length));
    },
  );

  test("are those behind a proxy when it is told", async () => {
    const publicUrl = "https://nuget.example.com/x/";
    const proxied = createStaticHandler(store, { feedBaseUrl: recorded, publicUrl });
    const response = await proxied(new Request("http://localhost/robots.txt"));
    expect(await response.text()).toBe(`Disallow: /x/v3/\nSitemap: ${publicUrl}sitemap.xml\n`);
  });
});

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return handle(new Request(`http://localhost/${path}`, init));
}

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(headers);
}
