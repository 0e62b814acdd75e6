/** The published worker in workerd: from an empty bucket to a feed that is searched, changed and sound. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createKeyText, SCOPES } from "../../src/serve/auth/api-key.js";
import { checkFeed } from "../support/feed-checker.js";
import { buildPackage, type PackageOptions } from "../support/package-builder.js";
import { startWorkerFeed, type WorkerFeed } from "../support/worker-feed.js";

const BASE_URL = "https://nuget.example.com/";

let feed: WorkerFeed;
let key: string;

async function start(vars?: Readonly<Record<string, unknown>>): Promise<void> {
  key = createKeyText();
  feed = await startWorkerFeed(vars, [{ name: "ci", text: key, scopes: SCOPES }]);
}

async function push(options: PackageOptions, apiKey = key): Promise<Response> {
  const body = new Uint8Array(buildPackage(options));
  return await fetch(`${feed.url}v3/publish/`, {
    method: "PUT",
    body,
    headers: { "X-NuGet-ApiKey": apiKey },
  });
}

async function change(method: "DELETE" | "POST", path: string): Promise<number> {
  const response = await fetch(`${feed.url}v3/publish/${path}`, {
    method,
    headers: { "X-NuGet-ApiKey": key },
  });
  return response.status;
}

async function json(path: string): Promise<unknown> {
  const response = await fetch(feed.url + path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return await response.json();
}

describe("a worker over an empty bucket", () => {
  beforeAll(async () => await start(), 60_000);
  afterAll(async () => await feed.close());

  test("is an empty feed, which takes a first push and shows it at once", async () => {
    expect(await json("v3/index.json")).toMatchObject({ version: "3.0.0" });
    expect(await json("v3/search/query")).toMatchObject({ totalHits: 0 });
    expect((await push({ id: "Contoso.First", version: "1.0.0" })).status).toBe(201);
    expect(await json("v3/flat/contoso.first/index.json")).toMatchObject({ versions: ["1.0.0"] });
    expect(await json("v3/registration/contoso.first/index.json")).toMatchObject({ count: 1 });
    expect(await json("v3/search/query?q=first")).toMatchObject({ totalHits: 1 });
    expect(await json("v3/search/autocomplete?q=contoso")).toMatchObject({ data: ["Contoso.First"] });
  });

  test("refuses what is there, what is no package, and who has no key", async () => {
    expect((await push({ id: "Contoso.First", version: "1.0.0.0" })).status).toBe(409);
    expect((await push({ id: "Contoso.First", version: "1.0.1" }, "nupress_wrong")).status).toBe(403);
    const noPackage = await fetch(`${feed.url}api/v2/package`, {
      method: "PUT",
      body: "hello",
      headers: { "X-NuGet-ApiKey": key },
    });
    expect([noPackage.status, noPackage.headers.get("X-NuGet-Warning")]).toEqual([
      400,
      expect.stringContaining("not a zip"),
    ]);
  });

  test("sends packages whole, in parts, and not again to who has them", async () => {
    const bytes = buildPackage({ id: "Contoso.First", version: "1.0.0" });
    const path = `${feed.url}v3/flat/contoso.first/1.0.0/contoso.first.1.0.0.nupkg`;
    for (let attempt = 0; attempt < 2; attempt++) {
      const whole = await fetch(path);
      expect(new Uint8Array(await whole.arrayBuffer())).toEqual(bytes);
      expect(whole.headers.get("Cache-Control")).toContain("immutable");
      const etag = whole.headers.get("ETag") ?? "";
      const again = await fetch(path, { headers: { "If-None-Match": etag } });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      const part = await fetch(path, { headers: { Range: "bytes=0-3" } });
      expect([part.status, await part.text()]).toEqual([206, "PK\u0003\u0004"]);
    }
  });

  test("shows nothing of its state, of staged packages or of its log", async () => {
    const paths = [];
    for await (const { path } of (await feed.openBucket()).list("feed-state/")) paths.push(path);
    expect(paths.some((path) => path.startsWith("feed-state/audit/"))).toBe(true);
    for (const path of paths) expect((await fetch(feed.url + path)).status).toBe(404);
  });

  test("unlists, relists, and keeps both from search and for restore", async () => {
    await push({ id: "Contoso.Listed", version: "1.0.0" });
    expect(await change("DELETE", "contoso.listed/1.0")).toBe(204);
    expect(await change("DELETE", "Contoso.Listed/1.0.0")).toBe(204);
    expect(await json("v3/search/query?q=packageid:contoso.listed")).toMatchObject({ totalHits: 0 });
    expect(await json("v3/flat/contoso.listed/index.json")).toMatchObject({ versions: ["1.0.0"] });
    expect(await change("POST", "contoso.listed/1.0.0")).toBe(200);
    expect(await json("v3/search/query?q=packageid:contoso.listed")).toMatchObject({ totalHits: 1 });
    expect(await change("DELETE", "contoso.listed/9.0.0")).toBe(404);
  });

  test("of 20 pushes at once takes every version once, and the clock makes it whole", async () => {
    const versions = Array.from({ length: 20 }, (_, n) => `1.${n % 10}.0`);
    const pushes = versions.map(
      async (version, n) => await push({ id: "Contoso.Many", version, description: `Push ${n}` }),
    );
    const statuses = (await Promise.all(pushes)).map(({ status }) => status).sort((a, b) => a - b);
    expect(statuses).toEqual([...Array<number>(10).fill(201), ...Array<number>(10).fill(409)]);
    await feed.runScheduled();
    expect(await checkFeed(await feed.openBucket(), BASE_URL)).toEqual([]);
    const page = await fetch(`${feed.url}packages/contoso.many/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("Contoso.Many")]);
    expect(await json("v3/search/query?q=contoso")).toMatchObject({ totalHits: 3 });
  }, 60_000);
});

describe("a private worker that deletes", () => {
  beforeAll(async () => await start({ NUPRESS_PRIVATE: "true", NUPRESS_DELETION: "delete" }), 60_000);
  afterAll(async () => await feed.close());

  const authorization = () => ({ Authorization: `Basic ${btoa(`anybody:${key}`)}` });

  test("shows nothing to those without a key, and may not be kept on the way", async () => {
    expect((await push({ id: "Contoso.Secret", version: "1.0.0" })).status).toBe(201);
    const path = `${feed.url}v3/flat/contoso.secret/index.json`;
    const refused = await fetch(path);
    expect([refused.status, refused.headers.get("WWW-Authenticate")]).toEqual([
      401,
      expect.stringContaining("Basic"),
    ]);
    const shown = await fetch(path, { headers: authorization() });
    expect([shown.status, shown.headers.get("Cache-Control")]).toEqual([
      200,
      expect.stringContaining("private"),
    ]);
    expect((await fetch(`${feed.url}health/live`)).status).toBe(200);
  });

  test("takes a version away, and its files with the clock", async () => {
    await push({ id: "Contoso.Gone", version: "1.0.0" });
    expect(await change("DELETE", "Contoso.Gone/1.0.0")).toBe(204);
    await feed.runScheduled();
    const search = await fetch(`${feed.url}v3/search/query?q=gone`, { headers: authorization() });
    expect(await search.json()).toMatchObject({ totalHits: 0 });
  });
});

test("a worker that is set up wrongly says what is wrong", async () => {
  feed = await startWorkerFeed({ NUPRESS_BASE_URL: "nuget.example.com" });
  const answer = await fetch(`${feed.url}v3/index.json`);
  expect([answer.status, await answer.text()]).toEqual([
    500,
    expect.stringContaining("Cannot use NUPRESS_BASE_URL"),
  ]);
  await feed.close();
}, 60_000);
