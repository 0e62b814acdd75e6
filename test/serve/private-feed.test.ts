import { expect, test } from "vitest";
import { type ApiKey, createKeyText, hashKey, type Scope } from "../../src/serve/auth/api-key.js";
import { type FeedClient, newFeed, usePublishServer } from "../support/publish-server.js";

const { start } = usePublishServer();

const readers = createKeyText();
const pushers = createKeyText();
const core = { id: "Contoso.Core", version: "1.0.0", readme: { path: "R.md", content: "# Core" } };

async function key(name: string, text: string, scopes: readonly Scope[]): Promise<ApiKey> {
  return { name, scopes, hash: await hashKey(text), created: "2026-01-01T00:00:00Z" };
}

async function startPrivate(): Promise<FeedClient> {
  const keys = [await key("reader", readers, ["read"]), await key("pusher", pushers, ["push"])];
  const feed = await start({
    isPrivate: true,
    keys: () => keys,
    publish: { newFeed: { ...newFeed, site: {} } },
  });
  expect((await feed.push(core, { headers: { "X-NuGet-ApiKey": pushers } })).status).toBe(201);
  return feed;
}

const basic = { Authorization: `Basic ${Buffer.from(`anybody:${readers}`).toString("base64")}` };

const paths = [
  "",
  "v3/index.json",
  "v3/flat/contoso.core/index.json",
  "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
  "v3/registration/contoso.core/index.json",
  "v3/search/query",
  "v3/search/autocomplete",
  "packages/contoso.core/",
  "assets/none.css",
  "none",
];

test("nothing of a private feed is shown without a key, and what is there is not told", async () => {
  const { ask } = await startPrivate();
  for (const path of paths)
    for (const method of ["GET", "HEAD"]) {
      const answer = await ask(path, { method });
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.headers.get("WWW-Authenticate")).toBe('Basic realm="NuGet feed", charset="UTF-8"');
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
    }
});

test("everything is shown with a key, and no cache in between may keep it", async () => {
  const { ask } = await startPrivate();
  for (const path of paths)
    for (const method of ["GET", "HEAD"]) {
      const answer = await ask(path, { method, headers: basic });
      expect([path, answer.status]).toEqual([path, path.endsWith("none.css") || path === "none" ? 404 : 200]);
      expect(answer.headers.get("Vary")).toContain("Authorization");
      expect(answer.headers.get("Cache-Control")).toMatch(/\bprivate\b|\bno-store\b/);
      expect(answer.headers.get("Cache-Control")).not.toContain("public");
      await answer.arrayBuffer();
    }
});

test.each([
  ["as a key header", { "X-NuGet-ApiKey": readers }, 200],
  ["as a bearer token", { Authorization: `Bearer ${readers}` }, 200],
  ["wrong", { Authorization: `Basic ${Buffer.from("anybody:wrong").toString("base64")}` }, 401],
  ["without scope read", { "X-NuGet-ApiKey": pushers }, 403],
])("a key that is sent %s", async (_how, headers, status) => {
  const { ask } = await startPrivate();
  expect((await ask("v3/index.json", { headers })).status).toBe(status);
});

test("a key for reading does not push", async () => {
  const { push } = await startPrivate();
  expect((await push({ ...core, version: "2.0.0" }, { headers: basic })).status).toBe(403);
});

test("whether the server lives is told everybody", async () => {
  const { ask } = await startPrivate();
  for (const path of ["health/live", "health/ready"]) expect((await ask(path)).status).toBe(200);
});

test("without any key nobody reads it, not even on this machine", async () => {
  const { ask } = await start({ isPrivate: true });
  expect((await ask("v3/index.json")).status).toBe(403);
});
