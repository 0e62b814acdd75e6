import { describe, expect, test } from "vitest";
import { buildPackage } from "../../support/package-builder.js";
import { usePublishServer } from "../../support/publish-server.js";
import { rawClient } from "../../support/raw-http.js";

const { start, errors } = usePublishServer();

const content = Buffer.from(buildPackage({ id: "Contoso.Core", version: "1.0.0" })).toString("latin1");

/** One part, as a client writes it. */
function form(boundary: string, headers: string, ending = `\r\n--${boundary}--\r\n`): string {
  return `--${boundary}\r\n${headers}\r\n${content}${ending}`;
}

function chunked(body: string): string {
  const middle = Math.floor(body.length / 2);
  const chunks = [body.slice(0, middle), body.slice(middle)];
  return `${chunks.map((chunk) => `${chunk.length.toString(16)}\r\n${chunk}\r\n`).join("")}0\r\n\r\n`;
}

interface Sent {
  readonly type?: string;
  readonly body: string;
  readonly isChunked?: boolean;
  readonly more?: string;
}

/** The status line of the answer. */
async function put(port: number, { type, body, isChunked = false, more = "" }: Sent): Promise<string> {
  const client = rawClient(port);
  const length = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.length}`;
  const typed = type === undefined ? "" : `Content-Type: ${type}\r\n`;
  const head = `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\n${typed}${more}${length}\r\nConnection: close\r\n\r\n`;
  await client.send(head + (isChunked ? chunked(body) : body));
  const answer = await client.ended;
  return answer.slice(0, answer.indexOf("\r\n"));
}

const guid = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
const quoted = `multipart/form-data; boundary="${guid}"`;
const created = "HTTP/1.1 201 Created";

test.each<[what: string, sent: Sent]>([
  [
    "the official client: quoted boundary, unquoted names, chunks",
    {
      type: quoted,
      isChunked: true,
      body: form(
        guid,
        "Content-Type: application/octet-stream\r\nContent-Disposition: form-data; name=package; filename=package.nupkg; filename*=utf-8''package.nupkg\r\n",
      ),
      more: "X-NuGet-Client-Version: 6.12.0\r\nX-NuGet-Session-Id: 1\r\n",
    },
  ],
  [
    "Paket: quoted names, a length",
    {
      type: "multipart/form-data; boundary=-----------------------------28520ecff",
      body: form(
        "-----------------------------28520ecff",
        'Content-Disposition: form-data; name="package"; filename="package"\r\nContent-Type: application/octet-stream\r\n',
      ),
    },
  ],
  [
    "nuget.exe 2.x: no line break behind the last line",
    {
      type: "multipart/form-data; boundary=----8d2",
      body: form("----8d2", 'Content-Disposition: form-data; name="package"\r\n', "\r\n------8d2--"),
    },
  ],
  ["a part without headers", { type: quoted, body: form(guid, "") }],
  [
    "two parts, of which the first counts",
    {
      type: quoted,
      body: form(guid, "X: 1\r\n", `\r\n--${guid}\r\nX: 2\r\n\r\nsomething else\r\n--${guid}--\r\n`),
    },
  ],
  ["the package alone", { type: "application/octet-stream", body: content }],
  ["the package alone, in chunks", { type: "application/octet-stream", body: content, isChunked: true }],
  ["the package alone, without content type", { body: content }],
  ["a form without content type", { body: form(guid, "X: 1\r\n") }],
  ["a form whose content type has no boundary", { type: "multipart/form-data", body: form(guid, "") }],
])("a push as sent by %s is taken", async (_what, sent) => {
  const { port, versions } = await start();
  expect(await put(port, sent)).toBe(created);
  expect(await versions("contoso.core")).toEqual(["1.0.0"]);
});

const unread = "HTTP/1.1 400 Cannot read the package in the request: ";

test.each<[what: string, sent: Sent, statusLine: string]>([
  ["an empty body", { body: "" }, `${unread}there is nothing in its body`],
  ["a form without content", { type: quoted, body: `--${guid}\r\nX: 1\r\n\r\n\r\n--${guid}--` }, unread],
  ["another boundary than is said", { type: quoted, body: form("other", "") }, unread],
  [
    "a form that is cut short",
    { type: quoted, body: form(guid, "", "") },
    `${unread}its body ends too early`,
  ],
])("a push with %s is refused", async (_what, sent, statusLine) => {
  const { port, versions } = await start();
  expect(await put(port, sent)).toContain(statusLine);
  expect(await versions("contoso.core")).toBeUndefined();
  expect(errors).toEqual([]);
});

test("a push whose connection breaks off leaves nothing, and the next one is taken", async () => {
  const { port, versions, push } = await start();
  const client = rawClient(port);
  const head = `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${content.length}\r\n\r\n`;
  await client.send(head + content.slice(0, 500));
  client.destroy();
  await client.ended;
  expect((await push({ id: "Contoso.Core", version: "1.0.0" })).status).toBe(201);
  expect(await versions("contoso.core")).toEqual(["1.0.0"]);
  expect(errors).toEqual([]);
});

describe("a client that waits for being told to send", () => {
  const head = (port: number, more: string): string =>
    `PUT /v3/publish HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${content.length}\r\nExpect: 100-continue\r\n${more}\r\n`;

  test("is told, and answered", async () => {
    const { port } = await start();
    const client = rawClient(port);
    await client.send(head(port, ""));
    await client.receive(/^HTTP\/1\.1 100 /);
    await client.send(content);
    expect(await client.receive(/HTTP\/1\.1 201 /)).toBeTruthy();
    client.destroy();
  });

  test("is refused without sending when it may not push", async () => {
    const { port } = await start();
    const client = rawClient(port);
    await client.send(head(port, "Origin: https://attacker.example\r\n"));
    expect(await client.ended).toMatch(/^HTTP\/1\.1 403 /);
  });
});
