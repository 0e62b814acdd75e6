import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAudit } from "../../../src/publish/audit.js";
import { type ApiKey, createKeyText, hashKey, type Scope } from "../../../src/serve/auth/api-key.js";
import { encodeKeyFile } from "../../../src/serve/auth/key-file.js";
import { watchKeyFile } from "../../../src/serve/node/key-source.js";
import { type RequestEntry, requestJson, requestLine } from "../../../src/serve/request-log.js";
import { openFolder } from "../../../src/store/fs.js";
import { usePublishServer } from "../../support/publish-server.js";
import { rawClient } from "../../support/raw-http.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

interface NamedKey {
  readonly text: string;
  readonly key: ApiKey;
}

async function makeKey(
  name: string,
  scopes: readonly Scope[],
  more: Pick<ApiKey, "ids" | "expires"> = {},
): Promise<NamedKey> {
  const text = createKeyText();
  return { text, key: { name, scopes, hash: await hashKey(text), created: "2026-01-01T00:00:00Z", ...more } };
}

const withKey = (text: string): RequestInit => ({ headers: { "X-NuGet-ApiKey": text } });
const basic = (text: string): RequestInit => ({
  headers: { Authorization: `Basic ${Buffer.from(`anybody:${text}`).toString("base64")}` },
});
const bearer = (text: string): RequestInit => ({ headers: { Authorization: `Bearer ${text}` } });

describe("a push with a key", () => {
  test.each([
    ["X-NuGet-ApiKey", withKey],
    ["Basic", basic],
    ["Bearer", bearer],
  ])("sent by %s is done", async (_header, credentials) => {
    const { text, key } = await makeKey("ci", ["push"]);
    const { push } = await start({ keys: () => [key] });
    expect((await push(core, credentials(text))).status).toBe(201);
    const { lines } = await readAudit(openFolder(folder()));
    expect(lines.map((line) => line.key)).toEqual(["ci"]);
  });

  test.each([
    ["no key", "", 401, "key-missing", "it needs a key with scope push"],
    ["a wrong key", "wrong", 403, "key-unknown", "the key is not known here"],
    ["an expired key", "expired", 403, "key-expired", 'the key "old" expired on 2026-01-31'],
    ["a key without the scope", "reader", 403, "key-scope", 'the key "reader" is not for this'],
    ["a key for other ids", "fabrikam", 403, "key-id", 'the key "fabrikam" is for other ids'],
  ])("%s is refused with the reason", async (_what, which, status, code, reason) => {
    const keys = [
      await makeKey("ci", ["push"]),
      await makeKey("old", ["push"], { expires: "2026-01-31T00:00:00Z" }),
      await makeKey("reader", ["read", "unlist", "delete"]),
      await makeKey("fabrikam", ["push"], { ids: ["Fabrikam.*"] }),
    ];
    const texts: Record<string, string> = {
      "": "",
      wrong: createKeyText(),
      expired: keys[1]?.text ?? "",
      reader: keys[2]?.text ?? "",
      fabrikam: keys[3]?.text ?? "",
    };
    const { push, versions } = await start({ keys: () => keys.map(({ key }) => key) });
    const answer = await push(core, which === "" ? {} : withKey(texts[which] ?? ""));
    expect(answer.status).toBe(status);
    expect(answer.statusText).toContain(reason);
    expect(answer.headers.has("WWW-Authenticate")).toBe(status === 401);
    expect(await answer.json()).toEqual({ error: { code, message: expect.stringContaining(reason) } });
    expect(await versions("contoso.core")).toBeUndefined();
  });

  test("of ids that it covers is done, and it may change no others", async () => {
    const { text, key } = await makeKey("fabrikam", ["push", "unlist"], { ids: ["Fabrikam.*"] });
    const { ask, push } = await start({ keys: () => [key] });
    expect((await push({ id: "FABRIKAM.Text", version: "1.0.0" }, withKey(text))).status).toBe(201);
    const unlist = { method: "DELETE", ...withKey(text) };
    expect((await ask("v3/publish/fabrikam.text/1.0.0", unlist)).status).toBe(204);
    expect((await ask("v3/publish/contoso.core/1.0.0", unlist)).status).toBe(403);
  });

  test.each(["unlist", "delete"] as const)(
    "deleting, where that is %s, needs that scope",
    async (deletion) => {
      const pusher = await makeKey("pusher", ["push"]);
      const remover = await makeKey("remover", [deletion]);
      const { ask, push } = await start({ keys: () => [pusher.key, remover.key], publish: { deletion } });
      await push(core, withKey(pusher.text));
      const path = "v3/publish/Contoso.Core/1.0.0";
      expect((await ask(path, { method: "DELETE", ...withKey(pusher.text) })).status).toBe(403);
      expect((await ask(path, { method: "DELETE", ...withKey(remover.text) })).status).toBe(204);
    },
  );

  test("whether a version is there is told nobody without one", async () => {
    const { key } = await makeKey("ci", ["unlist"]);
    const { ask } = await start({ keys: () => [key] });
    for (const version of ["Contoso.Core/1.0.0", "none/1.0.0", "a%20b/x"])
      expect((await ask(`v3/publish/${version}`, { method: "DELETE" })).status).toBe(401);
  });
});

describe("without any key", () => {
  test("a server that others reach takes nothing", async () => {
    const { push, versions } = await start({ host: "0.0.0.0" });
    const answer = await push(core);
    expect([answer.status, await answer.json()]).toMatchObject([403, { error: { code: "no-keys" } }]);
    expect(await versions("contoso.core")).toBeUndefined();
  });

  test("a server that others reach through a proxy takes nothing", async () => {
    const { push } = await start({ publicUrl: "https://nuget.example.com/" });
    expect((await push(core)).status).toBe(403);
    const { push: pushTrusted } = await start({ trustedProxies: ["127.0.0.1"] });
    expect((await pushTrusted(core)).status).toBe(403);
  });

  test.each([
    ["a page of another site", "Origin: https://attacker.example", 403],
    ["a page that hides where it is from", "Origin: null", 403],
    ["a browser for another site", "Sec-Fetch-Site: cross-site", 403],
    ["a browser for another port", "Sec-Fetch-Site: same-site", 403],
    ["a proxy", "X-Forwarded-For: 203.0.113.9", 403],
    ["a proxy that tells how it was asked only", "X-Forwarded-Proto: https", 403],
    ["a proxy that says so by the standard", "Forwarded: for=203.0.113.9", 403],
    ["a proxy that says which it is", "Via: 1.1 proxy", 403],
    ["a browser for its user", "Sec-Fetch-Site: none", 404],
    ["a client", "X-NuGet-Client-Version: 6.12.0", 404],
  ])("on this machine only, a change sent by %s (%s): %i", async (_who, header, status) => {
    const { port } = await start();
    expect(await statusOf(port, `localhost:${port}`, header)).toBe(status);
  });

  test.each([
    ["localhost", 404],
    ["127.0.0.1", 404],
    ["[::1]", 404],
    ["attacker.example", 403],
    ["localhost.attacker.example", 403],
    ["127.0.0.1.attacker.example", 403],
    ["192.168.0.1", 403],
  ])("on this machine only, a change asked of the host %s: %i", async (host, status) => {
    const { port } = await start();
    expect(await statusOf(port, `${host}:${port}`, "X: 1")).toBe(status);
  });

  async function statusOf(port: number, host: string, header: string): Promise<number> {
    const client = rawClient(port);
    await client.send(
      `DELETE /v3/publish/none/1.0.0 HTTP/1.1\r\nHost: ${host}\r\n${header}\r\nConnection: close\r\n\r\n`,
    );
    return Number((await client.ended).split(" ")[1]);
  }
});

describe("a file of keys", () => {
  let beside: TemporaryFolder;
  beforeEach(async () => {
    beside = await makeTemporaryFolder();
  });
  afterEach(async () => await beside.remove());

  test("that becomes invalid lets nobody in, and those who have one again once it is mended", async () => {
    const file = path.join(beside.path, "keys.json");
    const { text, key } = await makeKey("ci", ["push"]);
    let time = 0;
    const told: unknown[] = [];
    await writeFile(file, encodeKeyFile([key]));
    const keys = watchKeyFile(file, { now: () => time, onError: (error) => told.push(error) });
    const { push } = await start({ keys });
    const statuses = [(await push(core, withKey(text))).status];
    for (const content of ["{", '{"keys": [{}]}', encodeKeyFile([key])]) {
      await writeFile(file, content);
      time += 2000;
      statuses.push((await push({ ...core, version: "2.0.0" }, withKey(text))).status);
    }
    expect(statuses).toEqual([201, 503, 503, 201]);
    expect(told).toHaveLength(2);
  });

  test("whose last key is revoked opens nothing but a server for this machine", async () => {
    const { text, key } = await makeKey("ci", ["push"]);
    let keys: readonly ApiKey[] = [key];
    const { push } = await start({ keys: () => keys, host: "0.0.0.0" });
    expect((await push(core, withKey(text))).status).toBe(201);
    keys = [];
    expect((await push({ ...core, version: "2.0.0" }, withKey(text))).status).toBe(403);
  });
});

test("a thousand guesses are turned away while the right key goes on working", async () => {
  const { text, key } = await makeKey("ci", ["push"]);
  const { ask, push } = await start({ keys: () => [key] });
  const statuses = new Map<number, number>();
  const waits: number[] = [];
  for (let round = 0; round < 20; round++) {
    const guesses = Array.from({ length: 50 }, async () => {
      const answer = await ask("v3/publish", { method: "PUT", ...withKey(createKeyText()) });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      if (answer.status === 429) waits.push(Number(answer.headers.get("Retry-After")));
      await answer.arrayBuffer();
    });
    await Promise.all(guesses);
  }
  // Ten at once, and one for every second that it took.
  expect(new Set(statuses.keys())).toEqual(new Set([403, 429]));
  expect(new Set(waits)).toEqual(new Set([1]));
  expect(statuses.get(429)).toBeGreaterThan(900);
  expect((await push(core, withKey(text))).status).toBe(201);
});

test("no key appears in logs, errors, answers or the audit log", async () => {
  const known = await makeKey("ci", ["push"]);
  const wrong = createKeyText();
  const entries: RequestEntry[] = [];
  const { ask, push, close } = await start({
    keys: () => [known.key],
    onRequest: (entry) => entries.push(entry),
  });
  const answers: string[] = [];
  for (const text of [known.text, wrong])
    for (const credentials of [withKey(text), basic(text), bearer(text)]) {
      for (const content of [core, new Uint8Array(5)]) {
        const answer = await push(content, credentials);
        answers.push(await answer.text(), JSON.stringify([...answer.headers]), answer.statusText);
      }
      await ask(`v3/publish/a/1.0.0?apikey=${text}`, { method: "DELETE", ...credentials });
    }
  await close();
  const { lines } = await readAudit(openFolder(folder()));
  const written = JSON.stringify([answers, lines, errors.map(String)]);
  const logged = entries.map((entry) => requestJson(entry) + requestLine(entry)).join("\n");
  expect(entries).toHaveLength(18);
  for (const secret of [
    known.text,
    wrong,
    known.key.hash,
    Buffer.from(`anybody:${known.text}`).toString("base64"),
  ]) {
    expect(written).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
});
