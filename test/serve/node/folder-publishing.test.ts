import { mkdir, readFile, rmdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test, vi } from "vitest";
import { build } from "../../../src/build/build.js";
import { readAudit } from "../../../src/publish/audit.js";
import { startServer } from "../../../src/serve/node/start-server.js";
import { stagingPath } from "../../../src/state/layout.js";
import { openFolder } from "../../../src/store/fs.js";
import type { Store } from "../../../src/store/store.js";
import { verify } from "../../../src/verify/node/verify.js";
import { checkFeed } from "../../support/feed-checker.js";
import { buildPackage } from "../../support/package-builder.js";
import { makePackages } from "../../support/packages-fixture.js";
import { newFeed, usePublishServer } from "../../support/publish-server.js";
import { rawClient } from "../../support/raw-http.js";

const { start, folder, errors } = usePublishServer();

const core = { id: "Contoso.Core", version: "1.0.0" };

async function stagedIn(store: Store): Promise<string[]> {
  const paths = [];
  for await (const { path } of store.list("feed-state/staging/")) paths.push(path);
  return paths;
}

describe("50 pushes side by side", () => {
  test("10 of one id and 5 of one version: one of these wins, the others are told that it exists", async () => {
    const { push, versions, close } = await start();
    const ofOneId = Array.from({ length: 10 }, (_, n) => ({ id: "Contoso.Many", version: `1.${n}.0` }));
    const ofOneVersion = Array.from({ length: 5 }, (_, n) => ({ ...core, description: `Push ${n}` }));
    const others = Array.from({ length: 35 }, (_, n) => ({ id: `Contoso.Part${n}`, version: "1.0.0" }));
    const statusesOf = async (options: readonly { id: string; version: string }[]): Promise<number[]> =>
      await Promise.all(options.map(async (one) => (await push(one)).status));
    const [many, same, rest] = await Promise.all([
      statusesOf(ofOneId),
      statusesOf(ofOneVersion),
      statusesOf(others),
    ]);
    expect(many).toEqual(Array.from({ length: 10 }, () => 201));
    expect(same.toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409]);
    expect(rest).toEqual(Array.from({ length: 35 }, () => 201));
    expect(await versions("contoso.many")).toEqual(ofOneId.map(({ version }) => version));
    await close();
    expect(errors).toEqual([]);
    const store = openFolder(folder());
    expect(await checkFeed(store, newFeed.baseUrl)).toEqual([]);
    expect((await verify({ folder: folder(), threads: 0 })).findings).toEqual([]);
    expect(await stagedIn(store)).toEqual([]);
  });
});

describe("the folder of a server that publishes", () => {
  test("is locked for another server, which is told who holds it", async () => {
    const { push, versions } = await start();
    await expect(startServer({ folder: folder(), port: 0, publish: { newFeed } })).rejects.toMatchObject({
      code: "locked",
      message: expect.stringContaining(`process ${process.pid} on `),
    });
    expect((await push(core)).status).toBe(201);
    expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  });

  test("is locked for a build, and is free once the server stopped", async () => {
    const packages = await makePackages({ id: "Contoso.Built", version: "1.0.0" });
    const options = { sources: [packages.folder], output: folder(), settings: newFeed };
    const { push, close } = await start();
    await push(core);
    await expect(build(options)).rejects.toMatchObject({ code: "locked" });
    await close();
    await build(options);
    const { versions } = await start({ publish: false });
    expect([await versions("contoso.core"), await versions("contoso.built")]).toEqual([["1.0.0"], ["1.0.0"]]);
    await packages[Symbol.asyncDispose]();
  });

  test("is waited for by a server that only watches, if it is told to", async () => {
    await using packages = await makePackages({ id: "Contoso.Built", version: "1.0.0" });
    const { close } = await start();
    const watch = { folders: [packages.folder] };
    const waiting = startServer({ folder: folder(), port: 0, watch, lockTimeout: 60 });
    await close();
    const watching = await waiting;
    expect((await fetch(`${watching.url}v3/flat/contoso.built/index.json`)).status).toBe(200);
    await watching.close();
  });

  test("may be shown by others meanwhile", async () => {
    const { push } = await start();
    await push(core);
    const shown = await startServer({ folder: folder(), port: 0 });
    const list = await fetch(`${shown.url}v3/flat/contoso.core/index.json`);
    expect(list.status).toBe(200);
    await list.arrayBuffer();
    await shown.close();
  });

  test("whose lock was taken away takes no pushes, and says that it is not ready", async () => {
    const { push, ask } = await start();
    await writeFile(
      path.join(folder(), "feed-state/lock"),
      JSON.stringify({
        holder: { host: "elsewhere", pid: 1, instance: "x" },
        since: "2026-01-01T00:00:00.000Z",
        until: "2999-01-01T00:00:00.000Z",
      }),
    );
    expect((await ask("health/ready")).status).toBe(503);
    expect(errors).toMatchObject([
      {
        code: "lock-lost",
        message: expect.stringMatching(
          /^Cannot change the feed in ".*": the lock of this server was taken away$/,
        ),
        hint: "it goes on showing the feed, and takes no changes; end whoever else writes there, and start it again",
      },
    ]);
    expect((await push(core)).status).toBe(500);
    expect(errors.slice(0, 2)).toMatchObject([{ code: "lock-lost" }, { code: "lock-lost" }]);
    expect((await ask("v3/flat/contoso.core/index.json")).status).toBe(404);
  });

  test("is still ours when the clock of the machine was set forward", async () => {
    const { push, ask } = await start();
    const now = vi.spyOn(Date, "now").mockImplementation(() => clock() + 3_600_000);
    const clock = (): number => performance.timeOrigin + performance.now();
    try {
      expect((await push(core)).status).toBe(201);
      expect((await ask("health/ready")).status).toBe(200);
      const { until } = JSON.parse(await readFile(path.join(folder(), "feed-state/lock"), "utf8"));
      expect(Date.parse(until)).toBeGreaterThan(clock() + 3_600_000);
    } finally {
      now.mockRestore();
    }
    expect(errors).toEqual([]);
  });

  test("holds nothing any more of pushes that died before it started, however short ago", async () => {
    await (await start()).close();
    const staged = path.join(folder(), stagingPath(Date.now(), "died"));
    await mkdir(path.dirname(staged), { recursive: true });
    await writeFile(staged, buildPackage(core));
    await start();
    expect(await stagedIn(openFolder(folder()))).toEqual([]);
  });
});

test("a push that failed after it was accepted is in the audit log, and finished soon", async () => {
  const { push, close } = await start();
  const list = path.join(folder(), "v3/flat/contoso.core/index.json");
  await mkdir(list, { recursive: true });
  expect((await push(core)).status).toBe(500);
  expect((await readAudit(openFolder(folder()))).lines).toMatchObject([
    { action: "push", id: "Contoso.Core", version: "1.0.0" },
  ]);
  await rmdir(list);
  await close();
  expect(JSON.parse(await readFile(list, "utf8"))).toMatchObject({ versions: ["1.0.0"] });
  expect((await verify({ folder: folder(), threads: 0 })).findings).toEqual([]);
});

test("a feed that nupress has no state of is not begun anew", async () => {
  await mkdir(path.join(folder(), "v3"));
  await writeFile(path.join(folder(), "v3/index.json"), "{}");
  await expect(start()).rejects.toMatchObject({ code: "foreign-feed" });
});

test("a server that stops finishes the push that is under way", async () => {
  const { port, close } = await start();
  const bytes = Buffer.from(buildPackage(core));
  const client = rawClient(port);
  await client.send(
    `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${bytes.length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  await client.receive(/^HTTP\/1\.1 100 /);
  await client.send(bytes.subarray(0, 300));
  const closed = close();
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
  await client.send(bytes.subarray(300));
  expect(await client.ended).toContain("HTTP/1.1 201 Created");
  await closed;
  expect(await checkFeed(openFolder(folder()), newFeed.baseUrl)).toEqual([]);
  const { versions } = await start({ publish: false });
  expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  expect(errors).toEqual([]);
});
