import { describe, expect, test } from "vitest";
import { FeedError } from "../../../src/errors.js";
import type { ListenOptions } from "../../../src/serve/node/server.js";
import { packageChunks } from "../../../src/serve/publishing/package-body.js";
import { useTestServer } from "../../support/test-server.js";

type Handler = ListenOptions["fetch"];

const LARGE = 30_000_000;
const limits = { limit: 1_000_000, stall: 10_000 };
const { start, open, exchange } = useTestServer();

/** Refuses without looking at the body. */
const refuse: Handler = () => new Response("no key", { status: 401 });

/** Tells how much came, or what was wrong with it. */
function receiveWith(own: Partial<typeof limits> = {}): Handler {
  return async (request) => {
    let length = 0;
    try {
      for await (const chunk of packageChunks(request, { ...limits, ...own })) length += chunk.length;
    } catch (error) {
      if (!(error instanceof FeedError)) throw error;
      return new Response(error.code, { status: 400 });
    }
    return new Response(`received ${length}`, { status: 201 });
  };
}

const receive = receiveWith();

function head(headers: string): string {
  return `PUT / HTTP/1.1\r\nHost: feed\r\nContent-Type: application/octet-stream\r\n${headers}\r\n\r\n`;
}

/** A body of the given length, in chunks, as if it came from a file. */
function streamOf(length: number): ReadableStream<Uint8Array> {
  let left = length;
  return new ReadableStream({
    pull: (controller) => {
      const size = Math.min(left, 1_000_000);
      left -= size;
      controller.enqueue(new Uint8Array(size));
      if (left === 0) controller.close();
    },
  });
}

const refusals: readonly [what: string, handler: Handler, answer: string][] = [
  ["is refused", refuse, "no key"],
  ["is too large", receive, "body-too-large"],
];

describe("the answer to a push that", () => {
  test.each(refusals)("%s reaches a client that sends all before it looks", async (_what, fetch, answer) => {
    const client = open(await start({ fetch }));
    await client.send(head(`Content-Length: ${LARGE}`));
    await client.send(new Uint8Array(LARGE));
    expect(await client.receive(/no key|body-/)).toContain(answer);
    await client.send("GET / HTTP/1.1\r\nHost: feed\r\n\r\n");
    await client.receive(/HTTP\/1.1[^]*HTTP\/1.1/);
  });

  test.each(refusals)("%s reaches fetch, which sends chunks", async (_what, handler, answer) => {
    const port = await start({ fetch: handler });
    const headers = { "Content-Type": "application/octet-stream" };
    const init: RequestInit & { duplex: "half" } = {
      method: "PUT",
      headers,
      body: streamOf(LARGE),
      duplex: "half",
    };
    const response = await fetch(`http://127.0.0.1:${port}/`, init);
    expect(await response.text()).toBe(answer);
  });

  test.each(refusals)("%s ends the connection of a client that never ends", async (_what, fetch, answer) => {
    const port = await start({ fetch, limits: { unwantedBytes: 2_000_000 } });
    const client = open(port);
    await client.send(head("Transfer-Encoding: chunked"));
    const chunk = `10000\r\n${"x".repeat(65_536)}\r\n`;
    for (let sent = 0; sent < LARGE && client.isOpen(); sent += chunk.length) await client.send(chunk);
    expect(await client.ended).toContain(answer);
  });

  test.each(refusals)("%s ends the connection of a client that is slow", async (_what, fetch, answer) => {
    const port = await start({ fetch: fetch, limits: { unwantedTime: 20 } });
    const client = open(port);
    await client.send(head("Content-Length: 9000000"));
    await client.send("x".repeat(1_000_001));
    expect(await client.ended).toContain(answer);
  });
});

test("refused pushes over one connection leave nothing behind", async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): unknown => warnings.push(warning);
  process.on("warning", onWarning);
  let refused = 0;
  const client = open(await start({ fetch: () => new Response(`no ${(refused += 1)}.`, { status: 401 }) }));
  for (let count = 1; count <= 20; count += 1) {
    await client.send(head("Content-Length: 10"));
    await client.receive(new RegExp(`no ${count}\\.`));
    await client.send("0123456789");
  }
  process.off("warning", onWarning);
  expect(warnings).toEqual([]);
});

describe("a push", () => {
  test("is received whole", async () => {
    const port = await start({ fetch: receiveWith({ limit: LARGE }) });
    const body = new Uint8Array(LARGE);
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: "PUT", body });
    expect(await response.text()).toBe(`received ${LARGE}`);
  });

  test.each(["Content-Length: 0", "Transfer-Encoding: chunked"])(
    "without content is an error (%s)",
    async (header) => {
      const port = await start({ fetch: receive });
      const end = header.startsWith("T") ? "0\r\n\r\n" : "";
      expect(await exchange(port, `${head(`${header}\r\nConnection: close`)}${end}`)).toContain("body-empty");
    },
  );

  test("that stops coming is answered", async () => {
    const port = await start({ fetch: receiveWith({ stall: 20 }), limits: { unwantedTime: 20 } });
    expect(await exchange(port, `${head("Content-Length: 10")}abc`)).toContain("body-stalled");
  });

  test("whose client goes away is broken off", async () => {
    let tell = (_text: string): void => undefined;
    const told = new Promise<string>((resolve) => (tell = resolve));
    const fetch: Handler = async (request, environment) => {
      const response = await receive(request, environment);
      tell(await response.clone().text());
      return response;
    };
    const client = open(await start({ fetch }));
    await client.send(`${head("Content-Length: 10")}abc`);
    client.destroy();
    expect(await told).toBe("body-truncated");
  });

  test("is answered before it was sent, when nobody looks at it", async () => {
    const client = open(await start({ fetch: refuse }));
    await client.send(head("Content-Length: 10"));
    expect(await client.receive(/no key/)).toMatch(/^HTTP\/1.1 401 /);
  });
});

describe("a client that asks before it sends", () => {
  const expecting = head("Content-Length: 3\r\nExpect: 100-continue");

  test("is told to go on when the body is read", async () => {
    const client = open(await start({ fetch: receive }));
    await client.send(expecting);
    await client.receive(/^HTTP\/1.1 100 Continue\r\n\r\n$/);
    await client.send("abc");
    expect(await client.receive(/received 3$/)).toMatch(/\r\n\r\nHTTP\/1.1 201 /);
  });

  test("is not told so when nobody wants the body", async () => {
    expect(await exchange(await start({ fetch: refuse }), expecting)).toMatch(/^HTTP\/1.1 401 [^]*no key$/);
  });

  test("for something else is refused", async () => {
    const port = await start({ fetch: receive });
    const odd = head("Content-Length: 0\r\nConnection: close\r\nExpect: more");
    expect(await exchange(port, odd)).toMatch(/^HTTP\/1.1 417 /);
  });
});
