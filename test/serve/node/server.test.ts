import { describe, expect, test } from "vitest";
import type { RequestOrigin } from "../../../src/serve/http/request-origin.js";
import type { ListenOptions } from "../../../src/serve/node/server.js";
import type { RequestEntry } from "../../../src/serve/request-log.js";
import { useTestServer } from "../../support/test-server.js";

const { start, open, exchange, close } = useTestServer();

const get = "GET / HTTP/1.1\r\nHost: feed\r\nConnection: close\r\n\r\n";

describe("the status line", () => {
  test.each([
    ["Version 1.0.0 exists", "Version 1.0.0 exists"],
    ["Gr\u00fcn\tund gut", "Gr?n und gut"],
    ["", "Bad Request"],
  ])("tells the reason %j as %j", async (statusText, reason) => {
    const port = await start({ fetch: () => new Response("no", { status: 400, statusText }) });
    expect(await exchange(port, get)).toMatch(new RegExp(`^HTTP/1.1 400 ${reason.replace("?", "\\?")}\r\n`));
  });
});

describe("an app is told", () => {
  const origins: RequestOrigin[] = [];
  const tell: ListenOptions["fetch"] = ({ url }, { origin }) => {
    origins.push(origin);
    return new Response(url);
  };
  const forwarded =
    "X-Forwarded-For: 203.0.113.9\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: nuget.example.com\r\nX-Request-Id: r-1";
  const request = (method: string): string =>
    `${method} /a?b=c HTTP/1.1\r\nHost: feed:5080\r\n${forwarded}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;

  test.each(["GET", "PUT"])("what trusted proxies say (%s)", async (method) => {
    const port = await start({ fetch: tell, trustedProxies: ["127.0.0.0/8"] });
    const answer = await exchange(port, request(method));
    expect(answer).toContain("\r\n\r\nhttps://nuget.example.com/a?b=c");
    expect(answer).toMatch(/^x-request-id: r-1\r$/im);
    const origin = { address: "203.0.113.9", protocol: "https", host: "nuget.example.com", requestId: "r-1" };
    expect(origins.pop()).toEqual(origin);
  });

  test.each(["GET", "PUT"])("what others say of the request only (%s)", async (method) => {
    const port = await start({ fetch: tell, trustedProxies: ["10.0.0.0/8"] });
    const answer = await exchange(port, request(method));
    expect(answer).toContain("\r\n\r\nhttp://feed:5080/a?b=c");
    const origin = origins.pop();
    expect(origin).toMatchObject({ address: "127.0.0.1", protocol: "http", host: "feed:5080" });
    expect(origin?.requestId).not.toBe("r-1");
    expect(answer.toLowerCase()).toContain(`x-request-id: ${origin?.requestId}`);
  });

  test("a wrong list of proxies is an error", async () => {
    await expect(start({ trustedProxies: ["proxy.example.com"] })).rejects.toMatchObject({
      code: "proxy-invalid",
    });
  });
});

describe("a request is logged", () => {
  test("with its answer, its client and what the app adds", async () => {
    const entries: RequestEntry[] = [];
    const port = await start({
      onRequest: (entry) => entries.push(entry),
      fetch: (_request, { notes }) => {
        notes.user = "ci";
        notes.note = "first push";
        return new Response("x".repeat(1000), { status: 201 });
      },
    });
    const head = "PUT /p?apikey=s3 HTTP/1.1\r\nHost: feed\r\nUser-Agent: NuGet\r\nConnection: close\r\n\r\n";
    const answer = await exchange(port, head);
    await close();
    expect(entries).toEqual([
      {
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        id: expect.stringMatching(/^[\w-]{36}$/),
        method: "PUT",
        path: "/p?apikey=***",
        status: 201,
        milliseconds: expect.any(Number),
        bytes: answer.length,
        address: "127.0.0.1",
        user: "ci",
        agent: "NuGet",
        note: "first push",
      },
    ]);
  });

  test("when the client does not wait for the answer", async () => {
    const { entries, entry } = nextEntry();
    const port = await start({ onRequest: entries, fetch: () => new Promise(() => undefined) });
    const client = open(port);
    await client.send("GET / HTTP/1.1\r\nHost: feed\r\n\r\n");
    client.destroy();
    expect(await entry).toMatchObject({ status: 499, note: "the client went away" });
  });

  test("when it is none that an app could answer", async () => {
    const { entries, entry } = nextEntry();
    const port = await start({ onRequest: entries });
    expect(await exchange(port, get.replace("feed", "a b"))).toMatch(/^HTTP\/1.1 400 /);
    expect(await entry).toMatchObject({ status: 400, path: "/" });
  });
});

function nextEntry(): { entries: (entry: RequestEntry) => void; entry: Promise<RequestEntry> } {
  let entries = (_entry: RequestEntry): void => undefined;
  const entry = new Promise<RequestEntry>((resolve) => (entries = resolve));
  return { entries: (told) => entries(told), entry };
}

describe("an app that fails", () => {
  test("is an answer without details, which the server tells", async () => {
    const errors: unknown[] = [];
    const failure = new Error("secret");
    const port = await start({
      onError: (error) => errors.push(error),
      fetch: () => {
        throw failure;
      },
    });
    const answer = await exchange(port, get);
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(answer).not.toContain("secret");
    expect(errors).toEqual([failure]);
  });

  test("cannot be made to put headers of clients into its answer", async () => {
    const port = await start({
      onError: () => undefined,
      fetch: (request) => {
        const injected = decodeURIComponent(new URL(request.url).search);
        return new Response("", { headers: { "X-NuGet-Warning": injected } });
      },
    });
    const answer = await exchange(port, get.replace("GET /", "GET /?a%0d%0aSet-Cookie:%20b"));
    expect(answer).toMatch(/^HTTP\/1.1 500 /);
    expect(answer).not.toContain("Set-Cookie");
  });
});

describe("limits", () => {
  test.each<[what: string, head: string, status: number]>([
    ["a long header", `GET / HTTP/1.1\r\nHost: feed\r\nX: ${"x".repeat(20_000)}\r\n\r\n`, 431],
    ["many headers", `GET / HTTP/1.1\r\nHost: feed\r\n${"X-Name: some value\r\n".repeat(2000)}\r\n`, 431],
    ["a long address", `GET /${"x".repeat(20_000)} HTTP/1.1\r\nHost: feed\r\n\r\n`, 431],
    ["no host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["two lengths", "PUT / HTTP/1.1\r\nHost: feed\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400],
    [
      "length and chunks",
      "PUT / HTTP/1.1\r\nHost: feed\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
      400,
    ],
    ["a length that is none", "PUT / HTTP/1.1\r\nHost: feed\r\nContent-Length: -1\r\n\r\n", 400],
    ["a header with a line break of its own", "GET / HTTP/1.1\r\nHost: feed\r\nX: a\rb\r\n\r\n", 400],
    ["no HTTP", "hello\r\n\r\n", 400],
  ])("%s is refused", async (_what, head, status) => {
    const port = await start();
    expect(await exchange(port, head)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  test.each(["", "GET / HTTP/1.1\r\nHost: fe"])(
    "a client that never ends its headers (%j) is sent away",
    async (head) => {
      const port = await start({ limits: { headersTime: 20, checkInterval: 10 } });
      expect(await exchange(port, head)).toMatch(/^HTTP\/1.1 408 /);
    },
  );

  test("a request that never ends is sent away", async () => {
    const port = await start({
      limits: { headersTime: 20, requestTime: 30, checkInterval: 10 },
      fetch: async (request) => new Response(await request.text()),
      onError: () => undefined,
    });
    expect(await exchange(port, "PUT / HTTP/1.1\r\nHost: feed\r\nContent-Length: 5\r\n\r\nab")).toMatch(
      /^HTTP\/1.1 408 /,
    );
  });

  test("a connection that does nothing is ended", async () => {
    const port = await start({ limits: { idleTime: 20 }, fetch: () => new Promise(() => undefined) });
    expect(await exchange(port, "GET / HTTP/1.1\r\nHost: feed\r\n\r\n")).toBe("");
  });

  test("connections beyond the limit are ended at once", async () => {
    const port = await start({ limits: { connections: 1 } });
    const first = open(port);
    await first.send("GET / HTTP/1.1\r\nHost: feed\r\n\r\n");
    await first.receive(/hello/);
    expect(await exchange(port, get)).toBe("");
    await first.send("GET / HTTP/1.1\r\nHost: feed\r\n\r\n");
    await first.receive(/hello[^]*hello/);
  });
});
