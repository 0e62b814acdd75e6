import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { MEBIBYTE } from "../../../src/serve/http/mebibyte.js";
import { openFolder } from "../../../src/store/fs.js";
import { checkFeed } from "../../support/feed-checker.js";
import { buildPackage, nuspecText, type PackageOptions } from "../../support/package-builder.js";
import { newFeed, usePublishServer } from "../../support/publish-server.js";
import { rawClient } from "../../support/raw-http.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

/** Everything in the folder but the audit log, the lock and what is made of the clock. */
async function filesIn(): Promise<string[]> {
  const entries = await readdir(folder(), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => path.relative(folder(), path.join(parentPath, name))).sort();
}

describe("addresses of versions", () => {
  const long = "a".repeat(10_000);
  test.each([
    "/v3/publish/..%2f..%2ffeed-state/1.0.0",
    "/v3/publish/../../etc/passwd",
    "/v3/publish/%2e%2e/%2e%2e",
    "/v3/publish/..%5c..%5cfeed-state/1.0.0",
    "/v3/publish/..\\..\\feed-state/1.0.0",
    "/v3/publish/%252e%252e%252f/1.0.0",
    "/v3/publish/contoso.core/..%2f..%2f..%2ffeed.json",
    "/v3/publish/contoso.core/%2e%2e",
    "/v3/publish/contoso.core%00/1.0.0",
    "/v3/publish/contoso.core/1.0.0%00",
    "/v3/publish/contoso.core%0d%0aX-Injected:%201/1.0.0",
    "/v3/publish/contoso.core/1.0.0%0d%0aX-Injected:%201",
    "/v3/publish/contoso.core/1.0.0%",
    "/v3/publish/%ff%fe/1.0.0",
    "/v3/publish/%C0%AE%C0%AE/1.0.0",
    `/v3/publish/${long}/1.0.0`,
    `/v3/publish/contoso.core/${"1".repeat(10_000)}`,
    `/v3/publish/contoso.core/1.0.0-${long}`,
    "/v3/publish/index/1.0.0",
    "/v3/publish/con/1.0.0",
    "/v3/publish/__proto__/1.0.0",
    "/v3/publish/constructor/toString",
    "/v3/publish/*/*",
    "/v3/publish/contoso.core/99999999999999999999.0.0",
    "/v3/publish/contoso.core/1.0.0/../../../../feed-state/feed.json",
    "//v3//publish//contoso.core//1.0.0",
  ])("%s are refused and change nothing", async (address) => {
    const { port, push } = await start();
    await push(core);
    const before = await filesIn();
    for (const method of ["DELETE", "POST"]) {
      const client = rawClient(port);
      await client.send(
        `${method} ${address} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
      );
      const answer = await client.ended;
      expect(answer).toMatch(/^HTTP\/1\.1 40[045] /);
      expect(answer).not.toMatch(/^X-Injected/im);
    }
    expect(await filesIn()).toEqual(before);
    expect(errors).toEqual([]);
  });
});

describe("packages", () => {
  const large = new Uint8Array(4 * MEBIBYTE);
  const nested = buildPackage({ ...core, files: { "lib/a.dll": large.subarray(0, MEBIBYTE) } });
  test.each<[what: string, status: number, options: PackageOptions | Uint8Array]>([
    ["an id that leads elsewhere", 400, { ...core, id: "../../evil" }],
    ["an id of dots", 400, { ...core, id: ".." }],
    ["an id with a backslash", 400, { ...core, id: "..\\evil" }],
    ["an id with a line break", 400, { ...core, id: "Contoso\r\nX-Injected: 1" }],
    ["an id that is too long", 400, { ...core, id: "a".repeat(101) }],
    ["an id of nothing", 400, { ...core, id: "" }],
    ["a version that leads elsewhere", 400, { ...core, version: "1.0.0/../../evil" }],
    ["a version with a line break", 400, { ...core, version: "1.0.0\r\nX-Injected: 1" }],
    ["a version whose file name is too long", 400, { ...core, version: `1.0.0-${"a".repeat(300)}` }],
    ["an entry that leads elsewhere", 400, { ...core, files: { "../../evil.txt": "evil" } }],
    ["an entry that begins at the root", 400, { ...core, files: { "/etc/evil.txt": "evil" } }],
    ["an entry with an empty folder name", 400, { ...core, files: { "lib//evil.txt": "evil" } }],
    ["an entry of the future", 400, { ...core, entryTime: "2100-01-01T00:00:00Z" }],
    ["a nuspec that inflates to 4 MiB", 400, { ...core, nuspec: large }],
    [
      "a nuspec that inflates to more than it claims",
      400,
      {
        ...core,
        nuspecName: null,
        entries: [{ name: "Contoso.Core.nuspec", content: large, claims: { size: 500 } }],
      },
    ],
    [
      "a readme that inflates to more than it claims",
      400,
      {
        ...core,
        metadata: { readme: "R.md" },
        entries: [{ name: "R.md", content: large, claims: { size: 500 } }],
      },
    ],
    [
      "entities that multiply",
      400,
      {
        ...core,
        nuspec: `<!DOCTYPE a [<!ENTITY b "${"b".repeat(100)}"><!ENTITY c "${"&b;".repeat(1000)}">]>${nuspecText({ ...core, description: "x" }).replace("<description>x", "<description>&c;&c;&c;")}`,
      },
    ],
    [
      "an entity of another file",
      400,
      {
        ...core,
        nuspec: `<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>${nuspecText({ ...core, description: "x" }).replace("<description>x", "<description>&b;")}`,
      },
    ],
    ["more entries than there are", 400, { ...core, zip: { claimedEntryCount: 65_000 } }],
    ["half of itself", 400, buildPackage(core).subarray(0, 600)],
    [
      "a readme that inflates to 4 MiB, which is passed over",
      201,
      { ...core, readme: { path: "R.md", content: large } },
    ],
    // Files of packages that nobody has to read are none of a feed's affairs.
    ["a library that inflates to 4 MiB", 201, { ...core, files: { "lib/a.dll": large } }],
    ["packages in it", 201, { ...core, files: { "a.nupkg": nested, "b.zip": nested } }],
  ])("with %s: %i", async (_what, status, options) => {
    const { push, close } = await start();
    const answer = await push(options instanceof Uint8Array ? options : buildPackage(options));
    const said = `${answer.statusText} ${JSON.stringify([...answer.headers])}`;
    expect([await answer.text(), answer.status]).toEqual([expect.anything(), status]);
    expect(said).not.toMatch(/[\r\n]|"x-injected"/);
    expect(errors).toEqual([]);
    await close();
    const files = await filesIn();
    expect(files.filter((file) => /evil|staging|readme$/.test(file))).toEqual([]);
    expect(await checkFeed(openFolder(folder()), newFeed.baseUrl)).toEqual([]);
  });

  test.each([
    "index",
    "con",
    "CON",
    "aux",
    "nul",
    "__proto__",
    "constructor",
    "page",
    "ＣＯＮ",
    "ſ.ﬆ",
    "v3",
    "Ünïcode",
  ])("of the id %s are taken, shown, and found by it", async (id) => {
    const { ask, push, json, close } = await start();
    expect((await push({ id, version: "1.0.0" })).status).toBe(201);
    expect((await push({ id, version: "1.0.0" })).status).toBe(409);
    const found = await json(`v3/search/query?q=packageid:${encodeURIComponent(id)}`);
    expect(found).toMatchObject({ totalHits: 1, data: [{ id }] });
    const address = `v3/publish/${encodeURIComponent(id)}/1.0.0`;
    expect((await ask(address, { method: "DELETE" })).status).toBe(204);
    await close();
    expect(await checkFeed(openFolder(folder()), newFeed.baseUrl)).toEqual([]);
    expect(errors).toEqual([]);
  });

  test("whose warnings hold line breaks put nothing into the head of the answer", async () => {
    const { push } = await start();
    const evil = "a\r\nX-Injected: 1\r\n\r\n<script>";
    const answer = await push({
      ...core,
      icon: { path: evil },
      readme: { path: `${evil}2` },
      license: { path: `${evil}3` },
      minClientVersion: evil,
      packageTypes: [evil],
      dependencies: [{ targetFramework: evil, dependencies: { [evil]: evil } }],
    });
    expect(answer.headers.get("X-NuGet-Warning")).toBeTruthy();
    expect(answer.headers.has("X-Injected")).toBe(false);
    expect([201, 400]).toContain(answer.status);
    expect(errors).toEqual([]);
  });
});

describe("bodies", () => {
  test("that never end are ended at the limit: 413", async () => {
    const { port, push } = await start({ publish: { largestBody: MEBIBYTE } });
    const client = rawClient(port);
    await client.send(
      `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = new Uint8Array(65_536).fill(0x50);
    chunk.set([0x50, 0x4b, 3, 4]);
    const answered = client.receive(/^HTTP\/1\.1 413 /);
    let sent = 0;
    const answer = { came: false };
    void answered.then(() => (answer.came = true));
    for (; !answer.came && sent < 64 * MEBIBYTE; sent += chunk.length) {
      await client.send("10000\r\n");
      await client.send(chunk);
      await client.send("\r\n");
    }
    await answered;
    client.destroy();
    expect(sent).toBeLessThan(32 * MEBIBYTE);
    expect((await push(core)).status).toBe(201);
    expect((await filesIn()).filter((file) => file.includes("staging"))).toEqual([]);
  });

  test("that are no zip are refused before they were sent", async () => {
    const { port } = await start();
    const client = rawClient(port);
    await client.send(
      `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 100000000\r\n\r\nnot a zip`,
    );
    expect(await client.receive(/^HTTP\/1\.1 \d+ /)).toMatch(/^HTTP\/1\.1 400 /);
    client.destroy();
  });

  test.each([
    ["two lengths", "Content-Length: 10\r\nContent-Length: 11\r\n"],
    ["length and chunks", "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n"],
    ["chunks of a disguised kind", "Transfer-Encoding: xchunked\r\n"],
    ["two kinds of chunks", "Transfer-Encoding: chunked, identity\r\n"],
    ["a length with a sign", "Content-Length: +10\r\n"],
    ["a length behind a space", "Content-Length : 10\r\n"],
  ])("with %s are refused, and what follows is no request", async (_what, headers) => {
    const { port, versions } = await start();
    const client = rawClient(port);
    const smuggled = `DELETE /v3/publish/none/1.0.0 HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
    await client.send(
      `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\n${headers}\r\n0\r\n\r\n${smuggled}`,
    );
    expect((await client.ended).match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 400"]);
    expect(await versions("contoso.core")).toBeUndefined();
  });
});
