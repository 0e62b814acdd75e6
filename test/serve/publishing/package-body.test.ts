import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BodyLimits, packageChunks } from "../../../src/serve/publishing/package-body.js";

const limits: BodyLimits = { limit: 1_000_000, stall: 10_000 };
const multipart = 'multipart/form-data; boundary="b"';
/** As zip files begin; the rest has what a careless reader takes for line breaks and boundaries. */
const content = "PK\u0003\u0004\r\n--\r\n--bb\r\n\n--b\r\n--b-\u0000\u00ff\r\n\r\n";

/** One byte for each character. */
function bytesOf(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function textOf(chunks: readonly Uint8Array[]): string {
  return chunks.map((chunk) => String.fromCharCode(...chunk)).join("");
}

/** A body of one chunk for each text. */
function streamOf(parts: readonly string[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const left = parts.map(bytesOf);
  return new ReadableStream({
    pull: (controller) => {
      const next = left.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
    cancel: () => onCancel?.(),
  });
}

interface Sent {
  readonly type?: string;
  readonly parts: readonly string[];
  readonly length?: number;
  readonly limits?: Partial<BodyLimits>;
  readonly onCancel?: () => void;
}

async function receive({ type, parts, length, limits: own, onCancel }: Sent): Promise<string> {
  const headers = new Headers();
  if (type !== undefined) headers.set("Content-Type", type);
  if (length !== undefined) headers.set("Content-Length", String(length));
  const received: Uint8Array[] = [];
  const request = { headers, body: streamOf(parts, onCancel) };
  for await (const chunk of packageChunks(request, { ...limits, ...own })) received.push(chunk);
  return textOf(received);
}

/** The text cut at the given places. */
function cut(text: string, places: readonly number[]): string[] {
  const sorted = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return sorted.slice(1).map((end, index) => text.slice(sorted[index], end));
}

const guid = "ce5d1e23-4ecb-4d2c-9e3f-0a0b0c0d0e0f";
const officialType = `multipart/form-data; boundary="${guid}"`;
const officialHead = `--${guid}\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=package; filename=package.nupkg; filename*=utf-8''package.nupkg\r\n\r\n`;
const official = `${officialHead}${content}\r\n--${guid}--\r\n`;
const ticks = "---------------------------8d2f0c1b2a3e4f5";
const disposition = 'Content-Disposition: form-data; name="package"; filename="package"';
const octets = "Content-Type: application/octet-stream";

describe("the package comes out of the body of", () => {
  test.each<[sender: string, type: string | undefined, body: string]>([
    ["the official client", officialType, official],
    [
      "Paket",
      `multipart/form-data; boundary=${ticks}`,
      `--${ticks}\r\n${disposition}\r\n${octets}\r\n\r\n${content}\r\n--${ticks}--`,
    ],
    [
      "nuget.exe 2.x",
      `multipart/form-data; boundary=${ticks}`,
      `--${ticks}\r\n${disposition};\r\n${octets}\r\n\r\n${content}\r\n--${ticks}--\r\n`,
    ],
    ["a script that sends the file", "application/octet-stream", content],
    ["a script that sends the file as a zip", "application/zip", content],
    ["a script that does not say what it sends", undefined, content],
    ["a script that does not say that it sends a form", undefined, official],
    ["a form without boundary in its type", "multipart/form-data", official],
    [
      "a form of another kind",
      'Multipart/Mixed; charset="a;boundary=x"; BOUNDARY = "b" ; x=y',
      `--b\r\n\r\n${content}\r\n--b--`,
    ],
    [
      "a boundary with escapes",
      'multipart/form-data; boundary="a\\"b"',
      `--a"b\r\n\r\n${content}\r\n--a"b--`,
    ],
    ["text in front of the form", multipart, `hello\r\n--bb\r\n\r\n--b \t\r\n\r\n${content}\r\n--b--\r\n`],
    ["text behind the form", multipart, `--b\r\nA: b\r\n\r\n${content}\r\n--b-- \r\nbye\r\n--b\r\n\r\nx`],
    ["a second part", multipart, `--b\r\nA: b\r\n\r\n${content}\r\n--b\r\nA: b\r\n\r\nmore\r\n--b--`],
    [
      "empty parts in front",
      multipart,
      `--b\r\nA: b\r\n\r\n\r\n--b\r\n\r\n--b\r\nA: b\r\n--b\r\n\r\n${content}\r\n--b--`,
    ],
    ["a part without headers", multipart, `--b\r\n\r\n${content}\r\n--b--`],
    [
      "a form of which each part has odd headers",
      multipart,
      `--b\r\nno header\r\n: \r\n\r\n${content}\r\n--b--`,
    ],
  ])("%s", async (_sender, type, body) => {
    const sent = { ...(type !== undefined && { type }) };
    expect(await receive({ ...sent, parts: [body] })).toBe(content);
    expect(await receive({ ...sent, parts: body.split("") })).toBe(content);
    expect(await receive({ ...sent, parts: [body], length: body.length })).toBe(content);
  });

  test("a sender that ends lines with line feeds", async () => {
    const odd = "PK\u0003\u0004\n--bb\n\r\n";
    const body = `--b\nA: b\n\n${odd}\n--b--\n`;
    expect(await receive({ type: multipart, parts: [body] })).toBe(odd);
    expect(await receive({ type: multipart, parts: body.split("") })).toBe(odd);
  });
});

describe("any content in any chunks comes out as it was sent", () => {
  const pieces = ["\r", "\n", "\r\n", "-", "--", "b", "--b", "-b", " ", "\r\n--b", "PK", "\u0000", "\u00ff"];
  const content = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 30 });
  const places = fc.array(fc.nat(), { maxLength: 12 });
  const lineBreaks = ["\r\n", "\n"];

  test.each(
    ["b", "bb", "--b-b", "b-b-b-b"].flatMap((boundary) =>
      lineBreaks.map((lineBreak) => [boundary, lineBreak]),
    ),
  )("with the boundary %j between lines that end in %j", async (boundary, lineBreak) => {
    const delimiter = new RegExp(`${lineBreak}--${boundary}(?:--)?[ \t]*${lineBreak}`);
    const property = fc.asyncProperty(content, places, async (pieces, at) => {
      const text = pieces.join("");
      // No sender chooses a boundary that its content has, not even together with the lines around it.
      fc.pre(!delimiter.test(`${lineBreak}${text}${lineBreak}`));
      const body = [`--${boundary}`, "A: b", "", text, `--${boundary}--`, ""].join(lineBreak);
      const type = `multipart/form-data; boundary=${boundary}`;
      expect(await receive({ type, parts: cut(body, at) })).toBe(text);
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test("as a whole body", async () => {
    const property = fc.asyncProperty(
      fc.string({ minLength: 1, unit: "binary-ascii" }),
      places,
      async (text, at) => {
        expect(await receive({ type: "application/octet-stream", parts: cut(text, at) })).toBe(text);
      },
    );
    await fc.assert(property);
  });

  test("large, without being held back", async () => {
    const chunk = `${"x".repeat(65_534)}\r\n`;
    const sizes: number[] = [];
    const parts = [`--b\r\n\r\n`, ...Array.from({ length: 10 }, () => chunk), "\r\n--b--"];
    const request = { headers: new Headers({ "Content-Type": multipart }), body: streamOf(parts) };
    for await (const { length } of packageChunks(request, limits)) sizes.push(length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(655_360);
    expect(sizes).toHaveLength(11);
  });
});

describe("a body that is cut off", () => {
  const small = `--b\r\nA: b\r\n\r\nPK\u0003\u0004\r\n--b\r\n\r\nmore\r\n--b--`;
  const ends = Array.from(small, (_character, index) => index);

  test.each(ends)("after %i bytes is an error", async (length) => {
    const parts = [small.slice(0, length)];
    const expected = { code: expect.stringMatching(/^body-(?:empty|malformed|truncated)$/) };
    await expect(receive({ type: multipart, parts })).rejects.toMatchObject(expected);
  });

  test.each(ends)("after %i bytes, and that says not what it is, is no package", async (length) => {
    const received = await receive({ parts: [small.slice(0, length)] }).catch(() => "an error");
    expect(received).not.toMatch(/^PK/);
  });

  test("is whole at its end", async () => {
    expect(await receive({ type: multipart, parts: [small] })).toBe("PK\u0003\u0004");
  });
});

const longHeaders = `--b\r\nA: ${"x".repeat(20_000)}\r\n\r\n${content}\r\n--b--`;

describe("an error tells", () => {
  test.each<[what: string, sent: Sent, code: string]>([
    ["an empty body", { parts: [] }, "body-empty"],
    ["an empty body of chunks without bytes", { type: "application/zip", parts: ["", ""] }, "body-empty"],
    ["an empty form", { type: multipart, parts: [] }, "body-empty"],
    ["an empty form without boundary", { type: "multipart/form-data", parts: [] }, "body-empty"],
    ["a form of empty parts", { type: multipart, parts: ["--b\r\nA: b\r\n\r\n\r\n--b--"] }, "body-empty"],
    ["a form without parts", { type: multipart, parts: ["--b--\r\n"] }, "body-malformed"],
    ["another boundary", { type: "multipart/form-data; boundary=c", parts: [official] }, "body-malformed"],
    [
      "an empty boundary",
      { type: 'multipart/form-data; boundary=""', parts: ["PK\u0003\u0004"] },
      "body-malformed",
    ],
    ["a form that is none", { type: "multipart/form-data", parts: [content] }, "body-malformed"],
    ["long headers of a part", { type: multipart, parts: [longHeaders] }, "body-malformed"],
    [
      "long headers of a part in chunks",
      { type: multipart, parts: cut(longHeaders, [9000, 15_000, 20_010]) },
      "body-malformed",
    ],
    [
      "headers without end",
      { type: multipart, parts: [`--b\r\n${"A: b\r\n".repeat(5000)}`] },
      "body-malformed",
    ],
    ["an end in the headers", { type: multipart, parts: ["--b\r\nA: b\r\n"] }, "body-truncated"],
    [
      "an end without last boundary",
      { type: multipart, parts: [`--b\r\n\r\n${content}\r\n--b\r\n`] },
      "body-truncated",
    ],
    ["less than was stated", { type: "application/zip", parts: [content], length: 1000 }, "body-truncated"],
    [
      "more than is allowed",
      { parts: [content, content], limits: { limit: content.length } },
      "body-too-large",
    ],
    [
      "more than is allowed behind the package",
      { type: multipart, parts: [`--b\r\n\r\nx\r\n--b--\r\n`, content], limits: { limit: 20 } },
      "body-too-large",
    ],
    ["more than is allowed, as stated", { parts: [content], length: 2_000_000 }, "body-too-large"],
  ])("%s", async (_what, sent, code) => {
    await expect(receive(sent)).rejects.toMatchObject({ name: "FeedError", code });
  });

  test("a request without any body", async () => {
    const request = { headers: new Headers(), body: null };
    await expect(packageChunks(request, limits).next()).rejects.toMatchObject({ code: "body-empty" });
  });

  test("a broken connection", async () => {
    const cause = new Error("aborted");
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(cause) });
    const chunks = packageChunks({ headers: new Headers(), body }, limits);
    await expect(chunks.next()).rejects.toMatchObject({ code: "body-truncated", cause });
  });
});

/** A body that never ends, and says nothing after its first chunk. */
function silentBody(onCancel: () => void): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => controller.enqueue(bytesOf("PK\u0003\u0004")),
    cancel: onCancel,
  });
}

describe("a body is cancelled", () => {
  test("when nothing comes any more", async () => {
    let isCancelled = false;
    const body = silentBody(() => (isCancelled = true));
    const chunks = packageChunks({ headers: new Headers(), body }, { limit: 100, stall: 5 });
    expect(textOf([(await chunks.next()).value ?? bytesOf("")])).toBe("PK\u0003\u0004");
    await expect(chunks.next()).rejects.toMatchObject({ code: "body-stalled" });
    expect(isCancelled).toBe(true);
  });

  test("when the signal says so", async () => {
    let isCancelled = false;
    const abort = new AbortController();
    const body = silentBody(() => (isCancelled = true));
    const chunks = packageChunks({ headers: new Headers(), body }, { ...limits, signal: abort.signal });
    await chunks.next();
    const next = chunks.next();
    abort.abort(new Error("stopped"));
    await expect(next).rejects.toThrow("stopped");
    expect(isCancelled).toBe(true);
  });

  test.each<[when: string, sent: Sent]>([
    ["unread when it is stated to be too large", { parts: [content], length: 2_000_000 }],
    ["when it becomes too large", { parts: [content, content, content], limits: { limit: content.length } }],
    ["when its form is wrong", { type: multipart, parts: ["x".repeat(20_000), content] }],
    ["when its type has no boundary", { type: "multipart/form-data", parts: [content, content] }],
  ])("%s", async (_when, sent) => {
    let isCancelled = false;
    await expect(receive({ ...sent, onCancel: () => (isCancelled = true) })).rejects.toThrow("Cannot read");
    expect(isCancelled).toBe(true);
  });

  test.each([undefined, "application/zip", multipart])("when whoever reads it leaves (%s)", async (type) => {
    let isCancelled = false;
    const headers = new Headers(type === undefined ? {} : { "Content-Type": type });
    const body = streamOf([`--b\r\n\r\n${content}`, content, content], () => (isCancelled = true));
    for await (const { length } of packageChunks({ headers, body }, limits)) if (length > 0) break;
    expect(isCancelled).toBe(true);
  });
});
