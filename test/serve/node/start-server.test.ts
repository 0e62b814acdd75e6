import { createServer, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FeedServer, type ServeOptions, startServer } from "../../../src/serve/node/start-server.js";
import type { RequestEntry } from "../../../src/serve/request-log.js";
import { encodeFeedFile } from "../../../src/state/feed-file.js";
import { openFolder } from "../../../src/store/fs.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

const recorded = "https://contoso.example.com/feed/";
const nupkg = "v3/flat/contoso/1.0.0/contoso.1.0.0.nupkg";
const packageBytes = new Uint8Array(3_000_000).fill(7);

let folder: TemporaryFolder;
let server: FeedServer | undefined;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  const store = openFolder(folder.path);
  const text = (value: string): Uint8Array => new TextEncoder().encode(value);
  await store.put(
    "feed-state/feed.json",
    encodeFeedFile({ baseUrl: recorded, folderFeed: false, staticSearch: 25 }),
  );
  await store.put("v3/index.json", text(JSON.stringify([`${recorded}v3/flat/`, "x".repeat(2000)])));
  await store.put(nupkg, packageBytes);
});
afterEach(async () => {
  await server?.close();
  server = undefined;
  await folder.remove();
});

async function start(options: Partial<ServeOptions> = {}): Promise<FeedServer> {
  server = await startServer({ folder: folder.path, port: 0, ...options });
  return server;
}

test("a feed is shown under the address at which it is asked for", async () => {
  const { port, url } = await start();
  expect(url).toBe(`http://localhost:${port}/`);
  for (const host of ["localhost", "127.0.0.1"]) {
    const response = await fetch(`http://${host}:${port}/v3/index.json`);
    expect(response.headers.get("Content-Encoding")).toBe("gzip");
    expect(await response.text()).toContain(`"http://${host}:${port}/v3/flat/"`);
  }
});

test("behind a proxy it is shown under the address that clients know", async () => {
  const { url } = await start({ publicUrl: "https://nuget.example.com/" });
  expect(await (await fetch(`${url}v3/index.json`)).text()).toContain('"https://nuget.example.com/v3/flat/"');
});

test("packages are sent whole and in parts, with their length", async () => {
  const { url } = await start();
  const whole = await fetch(url + nupkg);
  expect(whole.headers.get("Content-Length")).toBe("3000000");
  expect(Buffer.from(await whole.arrayBuffer()).equals(packageBytes)).toBe(true);
  const part = await fetch(url + nupkg, { headers: { Range: "bytes=2999990-" } });
  expect([part.status, (await part.arrayBuffer()).byteLength]).toEqual([206, 10]);
});

test("HEAD tells the length without sending the package", async () => {
  const { url } = await start();
  const response = await fetch(url + nupkg, { method: "HEAD" });
  expect([response.status, response.headers.get("Content-Length")]).toEqual([200, "3000000"]);
  expect((await response.arrayBuffer()).byteLength).toBe(0);
});

test.each([
  "/../feed-state/feed.json",
  "/v3/../../etc/passwd",
  "/./feed-state/feed.json",
  "//feed-state/feed.json",
])("GET %s, sent as it is, finds nothing", async (path) => {
  const { port } = await start();
  expect(await rawStatus(port, path)).toMatch(/^HTTP\/1\.1 40[04] /);
});

test("every request is told", async () => {
  const entries: RequestEntry[] = [];
  const { url, close } = await start({ onRequest: (entry) => entries.push(entry) });
  await (await fetch(`${url}v3/index.json?x=1`)).text();
  await fetch(`${url}none`, { method: "HEAD" });
  await close();
  expect(entries.map(({ method, path, status }) => ({ method, path, status }))).toEqual([
    { method: "GET", path: "/v3/index.json?x=1", status: 200 },
    { method: "HEAD", path: "/none", status: 404 },
  ]);
});

test("closing lets answers under way end", async () => {
  const { port, close } = await start();
  const received = await new Promise<number>((resolve, reject) => {
    httpRequest({ port, path: `/${nupkg}` }, (response) => {
      let length = 0;
      const closed = close();
      response.on("data", (chunk: Uint8Array) => (length += chunk.length));
      response.on("end", () => void closed.then(() => resolve(length), reject));
    })
      .on("error", reject)
      .end();
  });
  expect(received).toBe(3_000_000);
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow("fetch failed");
});

test("a client that goes away in the middle of a package disturbs nobody", async () => {
  const { url } = await start();
  const abort = new AbortController();
  const response = await fetch(url + nupkg, { signal: abort.signal });
  await response.body?.getReader().read();
  abort.abort();
  expect((await fetch(`${url}v3/index.json`)).status).toBe(200);
});

test("a port that was asked for and is taken is an error", async () => {
  const { port } = await start();
  await expect(startServer({ folder: folder.path, port })).rejects.toMatchObject({
    code: "port-taken",
    message: `Cannot listen on port ${port} of "127.0.0.1": another program uses it`,
  });
});

test("without a port any free one is taken when the usual one is not free", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.once("error", () => resolve());
    other.listen(5080, "127.0.0.1", resolve);
  });
  server = await startServer({ folder: folder.path });
  expect(server.port).not.toBe(5080);
  expect((await fetch(`${server.url}v3/index.json`)).status).toBe(200);
  await new Promise((resolve) => other.close(resolve));
});

test("an address that this machine does not have is an error", async () => {
  await expect(start({ host: "192.0.2.1" })).rejects.toMatchObject({ code: "host-unknown" });
});

test("a folder without a feed is an error that says how to build one", async () => {
  const empty = await makeTemporaryFolder();
  await expect(start({ folder: empty.path })).rejects.toMatchObject({
    code: "feed-missing",
    hint: expect.stringContaining(`nupress build <packages> --output ${empty.path} --base-url`),
  });
  await empty.remove();
});

/** The status line of a request whose path no client library has tidied up. */
function rawStatus(port: number, path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
    );
    let text = "";
    socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
    socket.on("end", () => resolve(text.slice(0, text.indexOf("\r\n"))));
    socket.on("error", reject);
  });
}
