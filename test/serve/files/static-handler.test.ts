import { gunzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { createStaticHandler, type FeedAppOptions, type StaticHandler } from "../../../src/serve/app.js";
import { recordedSettings } from "../../../src/serve/recorded-settings.js";
import { encodeFeedFile } from "../../../src/state/feed-file.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";

const recorded = "https://contoso.example.com/feed/";
const nupkg = "v3/flat/contoso/1.0.0/contoso.1.0.0.nupkg";
const leaf = "v3/registration/contoso/1.0.0.json";
const packageBytes = Uint8Array.from({ length: 5000 }, (_, n) => n % 251);
const leafText = JSON.stringify({
  "@id": `${recorded}v3/registration/contoso/1.0.0.json`,
  text: "x".repeat(2000),
});

let store: Store;
let handle: StaticHandler;

beforeEach(async () => {
  store = createMemoryStore();
  await put("v3/index.json", JSON.stringify({ resources: [{ "@id": `${recorded}v3/flat/` }] }));
  await put(leaf, leafText);
  await put("v3/search/query.json", '{"totalHits":0,"data":[]}');
  await put(nupkg, packageBytes);
  await put("v3/flat/contoso/1.0.0/contoso.nuspec", `<package>${recorded}v3/ ${"n".repeat(2000)}</package>`);
  await put("v3/flat/contoso/1.0.0/readme", `# Contoso\n"${recorded}v3/index.json"`);
  await put("v3/assets/00ff.png", Uint8Array.of(1, 2, 3));
  await put("404.html", "<h1>Not here</h1>");
  await put("docs/index.html", "<h1>Docs</h1>");
  await put(
    "feed-state/feed.json",
    encodeFeedFile({ baseUrl: recorded, folderFeed: false, staticSearch: 25 }),
  );
  handle = createStaticHandler(store, { feedBaseUrl: recorded });
});

describe("files", () => {
  test.each([
    ["v3/index.json", "application/json"],
    [nupkg, "application/octet-stream"],
    ["v3/flat/contoso/1.0.0/contoso.nuspec", "text/xml"],
    ["v3/flat/contoso/1.0.0/readme", "text/markdown; charset=utf-8"],
    ["v3/assets/00ff.png", "image/png"],
    ["404.html", "text/html; charset=utf-8"],
  ])("%s is served as %s to anybody", async (path, type) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(headersOf(response)).toMatchObject({
      "content-type": type,
      "accept-ranges": "bytes",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      "content-length": String((await bytesOf(response)).length),
    });
  });

  test("packages come unchanged", async () => {
    expect(await bytesOf(await get(nupkg))).toEqual(packageBytes);
  });

  test("query strings are ignored", async () => {
    expect((await get("v3/search/query.json?q=x&semVerLevel=2.0.0")).status).toBe(200);
  });

  test("a slash behind a file's name is tolerated, as Paket asks", async () => {
    const response = await get("v3/search/query.json/?q=x");
    expect([response.status, await response.json()]).toEqual([200, { totalHits: 0, data: [] }]);
  });

  test("a folder shows its index.html, and is redirected to its address with slash", async () => {
    expect(await (await get("docs/")).text()).toBe("<h1>Docs</h1>");
    const response = await get("docs?x=1");
    expect([response.status, response.headers.get("Location")]).toEqual([301, "/docs/?x=1"]);
  });

  test("what came out of packages is sandboxed and kept for ever, documents are asked for again soon", async () => {
    for (const path of [nupkg, "v3/flat/contoso/1.0.0/readme", "v3/assets/00ff.png"]) {
      expect(headersOf(await get(path))).toMatchObject({
        "cache-control": "public, max-age=31536000, immutable",
        "content-security-policy": "sandbox",
      });
    }
    const { headers } = await get("v3/index.json");
    expect(headers.get("Cache-Control")).toBe("public, max-age=10");
    expect(headers.has("Content-Security-Policy")).toBe(false);
  });

  test.each([nupkg, leaf, "v3/index.json"])(
    "HEAD of %s tells what GET would, without a body",
    async (path) => {
      for (const accepted of ["gzip", "identity"]) {
        const headers = { "Accept-Encoding": accepted };
        const head = await get(path, { method: "HEAD", headers });
        expect(headersOf(head)).toEqual(headersOf(await get(path, { headers })));
        expect([head.status, await bytesOf(head)]).toEqual([200, new Uint8Array()]);
      }
    },
  );
});

describe("what is not there", () => {
  test.each([
    "none",
    "v3/flat/none/index.json",
    "v3/",
    "v3",
    "",
    "feed-state/feed.json",
    "Feed-State/feed.json",
    "feed-state%2Ffeed.json",
    "..%2fsecret",
    "%zz",
    "v3/%00",
  ])("%j is 404 as JSON for programs and as the feed's page for browsers", async (path) => {
    for (const accept of [undefined, "*/*", "application/json"]) {
      const response = await get(path, accept === undefined ? {} : { headers: { Accept: accept } });
      expect([response.status, response.headers.get("Content-Type")]).toEqual([404, "application/json"]);
      expect(await response.json()).toMatchObject({ error: { code: "not-found" } });
    }
    const page = await get(path, { headers: { Accept: "text/html,*/*;q=0.8" } });
    expect([page.status, page.headers.get("Content-Type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(await page.text()).toBe("<h1>Not here</h1>");
  });

  test("is not kept by caches, and varies by what is accepted", async () => {
    expect(headersOf(await get("none"))).toMatchObject({ "cache-control": "no-cache", vary: "Accept" });
  });

  test("is JSON for browsers too where the feed has no page", async () => {
    await store.delete("404.html");
    const response = await get("none", { headers: { Accept: "text/html" } });
    expect([response.status, response.headers.get("Content-Type")]).toEqual([404, "application/json"]);
  });

  test.each(["POST", "PUT", "DELETE", "PATCH"])("%s is refused with what is allowed", async (method) => {
    for (const path of ["v3/index.json", "none", "feed-state/feed.json"]) {
      const response = await get(path, { method });
      expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
    }
  });

  test("a page on another origin may ask before it reads", async () => {
    const response = await get("v3/index.json", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(headersOf(response)).toMatchObject({
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET, HEAD",
    });
  });
});

describe("ranges", () => {
  test.each([
    ["bytes=0-9", 0, 10],
    ["bytes=4990-", 4990, 5000],
    ["bytes=-5", 4995, 5000],
  ])("%s of a package is that part", async (range, start, end) => {
    const response = await get(nupkg, { headers: { Range: range } });
    expect(response.status).toBe(206);
    expect(headersOf(response)).toMatchObject({
      "content-range": `bytes ${start}-${end - 1}/5000`,
      "content-length": String(end - start),
    });
    expect(await bytesOf(response)).toEqual(packageBytes.subarray(start, end));
  });

  test("a range beyond the end is 416 with the size", async () => {
    const response = await get(nupkg, { headers: { Range: "bytes=5000-" } });
    expect([response.status, response.headers.get("Content-Range")]).toEqual([416, "bytes */5000"]);
    expect(await bytesOf(response)).toHaveLength(0);
  });

  test("ranges of a document are of the bytes that are sent, and never compressed", async () => {
    const whole = await (await get(leaf)).text();
    const response = await get(leaf, { headers: { Range: "bytes=2-40", "Accept-Encoding": "gzip" } });
    expect([response.status, await response.text()]).toEqual([206, whole.slice(2, 41)]);
    expect(response.headers.get("Content-Range")).toBe(`bytes 2-40/${whole.length}`);
    expect(response.headers.has("Content-Encoding")).toBe(false);
  });

  test("If-Range gives the part of the same representation, else the whole", async () => {
    const tag = (await get(nupkg)).headers.get("ETag") ?? "";
    expect((await get(nupkg, { headers: { Range: "bytes=0-1", "If-Range": tag } })).status).toBe(206);
    expect((await get(nupkg, { headers: { Range: "bytes=0-1", "If-Range": '"old"' } })).status).toBe(200);
  });

  test("HEAD ignores ranges", async () => {
    const response = await get(nupkg, { method: "HEAD", headers: { Range: "bytes=0-1" } });
    expect([response.status, response.headers.get("Content-Length")]).toEqual([200, "5000"]);
  });
});

describe("entity tags", () => {
  test.each([nupkg, leaf, "404.html"])("a client that has %s gets 304", async (path) => {
    const tag = (await get(path)).headers.get("ETag") ?? "";
    expect(tag).toMatch(/^"[^"]+"$/);
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
      const response = await get(path, { headers: { "If-None-Match": known } });
      expect([response.status, response.headers.get("ETag"), await response.text()]).toEqual([304, tag, ""]);
    }
    expect((await get(path, { headers: { "If-None-Match": '"other"' } })).status).toBe(200);
  });

  test("a 304 says what a 200 would of caches and variants", async () => {
    const known = headersOf(await get(leaf, { headers: { "If-None-Match": "*" } }));
    expect(known).toMatchObject({ vary: "Accept-Encoding", "cache-control": "public, max-age=10" });
    expect(known).not.toHaveProperty("content-length");
  });

  test("every representation has its own: compressed or not, at this address or another", async () => {
    const gzip = { headers: { "Accept-Encoding": "gzip" } };
    const other = createStaticHandler(store, { feedBaseUrl: recorded, publicUrl: recorded });
    const responses = [
      await get(leaf),
      await get(leaf, gzip),
      await handle(new Request(`http://127.0.0.1:5080/${leaf}`)),
      await other(new Request(`http://localhost/${leaf}`)),
    ];
    expect(new Set(responses.map(({ headers }) => headers.get("ETag"))).size).toBe(4);
    const plainTag = responses[0]?.headers.get("ETag") ?? "";
    const asked = await get(leaf, { headers: { ...gzip.headers, "If-None-Match": plainTag } });
    expect(asked.status).toBe(200);
  });

  test("a replaced file has another", async () => {
    const before = (await get(leaf)).headers.get("ETag");
    await put(leaf, leafText);
    expect((await get(leaf)).headers.get("ETag")).not.toBe(before);
  });
});

describe("compression", () => {
  test("documents of some size are compressed for those who take it", async () => {
    const response = await get(leaf, { headers: { "Accept-Encoding": "gzip, deflate" } });
    const compressed = await bytesOf(response);
    expect(headersOf(response)).toMatchObject({
      "content-encoding": "gzip",
      "content-length": String(compressed.length),
      vary: "Accept-Encoding",
    });
    expect(gunzipSync(compressed).toString()).toBe(await (await get(leaf)).text());
  });

  test.each([nupkg, "v3/index.json", "v3/assets/00ff.png"])("%s is not", async (path) => {
    const { headers } = await get(path, { headers: { "Accept-Encoding": "gzip" } });
    expect([headers.has("Content-Encoding"), headers.has("Vary")]).toEqual([false, false]);
  });
});

describe("addresses", () => {
  test("in generated documents are those under which they are asked for", async () => {
    expect(await (await get("v3/index.json")).json()).toEqual({
      resources: [{ "@id": "http://localhost/v3/flat/" }],
    });
  });

  test("in packages' own files stay", async () => {
    expect(await (await get("v3/flat/contoso/1.0.0/readme")).text()).toContain(`"${recorded}v3/index.json"`);
    expect(await (await get("v3/flat/contoso/1.0.0/contoso.nuspec")).text()).toContain(`${recorded}v3/`);
  });

  test("stay when the feed is shown at its own address, or nobody knows that address", async () => {
    for (const options of [{ feedBaseUrl: recorded, publicUrl: recorded }, {}]) {
      const response = await createStaticHandler(store, options)(new Request(`http://localhost/${leaf}`));
      expect(await response.text()).toBe(leafText);
    }
  });

  test("include the mount path, outside of which nothing is shown", async () => {
    const mounted = createStaticHandler(store, { feedBaseUrl: recorded, mountPath: "/nuget/" });
    const response = await mounted(new Request("http://localhost:81/nuget/v3/index.json"));
    expect(await response.json()).toEqual({ resources: [{ "@id": "http://localhost:81/nuget/v3/flat/" }] });
    expect((await mounted(new Request("http://localhost:81/v3/index.json"))).status).toBe(404);
    const redirect = await mounted(new Request("http://localhost:81/nuget/docs"));
    expect(redirect.headers.get("Location")).toBe("/nuget/docs/");
  });

  test("follow the feed's state when it is built anew for another address", async () => {
    const settings = recordedSettings(store);
    handle = createStaticHandler(store, { feedBaseUrl: async () => (await settings())?.baseUrl });
    await get("v3/index.json");
    const moved = "https://moved.example.com/";
    await put(
      "feed-state/feed.json",
      encodeFeedFile({ baseUrl: moved, folderFeed: false, staticSearch: 25 }),
    );
    await put("v3/index.json", JSON.stringify([`${moved}v3/flat/`]));
    expect(await (await get("v3/index.json")).json()).toEqual(["http://localhost/v3/flat/"]);
  });
});

describe("failures", () => {
  test("tell clients nothing of the machine, and the operator everything", async () => {
    const errors: unknown[] = [];
    const failure = new Error("EIO /srv/secret");
    const broken: Store = { ...store, stat: async () => Promise.reject(failure) };
    const response = await serve(broken, { onError: (error) => errors.push(error) });
    expect([response.status, errors]).toEqual([500, [failure]]);
    expect(await response.text()).not.toContain("secret");
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
  });

  test.each([packageBytes.length, 10])(
    "a package that is replaced by one of %i bytes while it is answered is answered whole",
    async (size) => {
      let isReplaced = false;
      const restless: Store = {
        ...store,
        stat: async (path) => {
          const info = await store.stat(path);
          if (!isReplaced) await store.put(path, new Uint8Array(size).fill(9));
          isReplaced = true;
          return info;
        },
      };
      const response = await serve(restless, {}, { headers: { Range: "bytes=5-99" } });
      expect((await bytesOf(response)).every((byte) => byte === 9)).toBe(true);
      expect(response.headers.get("Content-Range")).toBe(`bytes 5-${Math.min(99, size - 1)}/${size}`);
    },
  );

  const serve = (broken: Store, options: FeedAppOptions, init: RequestInit = {}): Promise<Response> =>
    createStaticHandler(broken, options)(new Request(`http://localhost/${nupkg}`, init));
});

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await store.put(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

function get(path: string, init: RequestInit = {}): Promise<Response> {
  return handle(new Request(`http://localhost/${path}`, init));
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries(headers);
}
