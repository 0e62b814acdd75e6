import { describe, expect, test } from "vitest";
import type { ListenOptions } from "../../../src/serve/node/server.js";
import { useTestServer } from "../../support/test-server.js";

const { start, open, close } = useTestServer();

const read = "GET / HTTP/1.1\r\nHost: feed\r\n\r\n";
const push = "PUT / HTTP/1.1\r\nHost: feed\r\nContent-Length: 3\r\n\r\n";

/** An app whose answers wait for a word, and which tells when so many requests have come. */
function waitingApp(count = 1): { fetch: ListenOptions["fetch"]; come: Promise<void>; answer: () => void } {
  let tell = (): void => undefined;
  let answer = (): void => undefined;
  const come = new Promise<void>((resolve) => (tell = resolve));
  const word = new Promise<void>((resolve) => (answer = resolve));
  let left = count;
  const fetch: ListenOptions["fetch"] = async (request) => {
    left -= 1;
    if (left === 0) tell();
    const text = await request.text();
    await word;
    return new Response(`done ${text}`);
  };
  return { fetch, come, answer };
}

describe("a server that is closed", () => {
  test("lets a push end that takes longer than a read may", async () => {
    const app = waitingApp(2);
    const port = await start({ fetch: app.fetch, limits: { readGrace: 10 } });
    const reader = open(port);
    const pusher = open(port);
    await Promise.all([reader.send(read), pusher.send(push)]);
    await app.come;
    const closed = close();
    // The read is broken off meanwhile; the push has not even been sent.
    expect(await reader.ended).toBe("");
    await pusher.send("abc");
    app.answer();
    expect(await pusher.ended).toMatch(/^HTTP\/1.1 200 [^]*\r\nConnection: close\r\n[^]*done abc$/i);
    await closed;
  });

  test("does not wait for a push for ever", async () => {
    const app = waitingApp();
    const pusher = open(
      await start({ fetch: app.fetch, limits: { readGrace: 5, changeGrace: 20 }, onError: () => undefined }),
    );
    await pusher.send(push);
    await app.come;
    await close();
    expect(await pusher.ended).toBe("");
  });

  test("does not wait for what comes behind an answer", async () => {
    const fetch = (): Response => new Response("no key", { status: 401 });
    const pusher = open(await start({ fetch, limits: { readGrace: 10 } }));
    await pusher.send(push);
    await pusher.receive(/no key/);
    await close();
    expect(await pusher.ended).toContain("no key");
  });

  test("ends connections that do nothing", async () => {
    const port = await start();
    const [silent, kept] = [open(port), open(port)];
    await kept.send(read);
    await kept.receive(/hello/);
    await close();
    expect([await silent.ended, await kept.ended]).toEqual(["", expect.stringContaining("hello")]);
  });
});
