/** What the store of an R2 bucket does when the bucket fails, seen on a binding that fails as it is told. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chunkStream } from "../../src/store/body.js";
import type { R2Bucket, R2Object } from "../../src/store/r2/binding.js";
import { openBucket } from "../../src/store/r2.js";
import type { BusyRetry } from "../../src/store/repeat-while-busy.js";

const uploaded = new Date("2026-02-03T04:05:06Z");

const MEBIBYTE = 1024 * 1024;
const busyMessage = "Reduce your concurrent request rate for the same object. (10058)";
const body = new TextEncoder().encode("body");
const retry: BusyRetry = { random: () => 1, wait: async () => {} };

/**
 * A bucket whose calls go wrong as `failures` say: for each kind of call, the messages of its first errors. It keeps
 * nothing but the sizes of what was written.
 */
function scriptedBucket(failures: Readonly<Record<string, readonly string[]>>) {
  const calls: string[] = [];
  const counts = new Map<string, number>();
  const call = async <T>(kind: string, answer: T, detail: string | number = ""): Promise<T> => {
    calls.push(`${kind} ${detail}`.trim());
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    const message = failures[kind]?.[count];
    if (message !== undefined) throw new Error(`${kind}: ${message}`);
    return answer;
  };
  const object = (size: number): R2Object => ({ key: "a", size, etag: "e", uploaded });
  const bucket: R2Bucket = {
    head: () => call("head", null),
    get: () => call("get", null),
    put: (_, value) => call("put", object(value instanceof Uint8Array ? value.length : 0)),
    delete: () => call("delete", undefined),
    list: () => call("list", { objects: [], truncated: false }),
    createMultipartUpload: () =>
      call("create", {
        uploadPart: (partNumber, { length }) =>
          call("part", { partNumber, etag: "p" }, `${partNumber}: ${length}`),
        complete: (parts) => call("complete", object(0), parts.map(({ partNumber }) => partNumber).join()),
        abort: () => call("abort", undefined),
      }),
  };
  return { bucket, calls };
}

async function* chunks(size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += MEBIBYTE) yield new Uint8Array(Math.min(MEBIBYTE, size - at));
}

describe("an error of the bucket", () => {
  test.each([
    ["stat", "head", "read", (store: ReturnType<typeof openBucket>) => store.stat("a/b")],
    ["read", "get", "read", (store: ReturnType<typeof openBucket>) => store.read("a/b")],
    ["stream", "get", "read", (store: ReturnType<typeof openBucket>) => store.stream("a/b")],
    ["put", "put", "write", (store: ReturnType<typeof openBucket>) => store.put("a/b", body)],
    ["upload", "put", "write", (store: ReturnType<typeof openBucket>) => store.upload("a/b", chunks(9))],
    ["delete", "delete", "delete", (store: ReturnType<typeof openBucket>) => store.delete("a/b")],
    [
      "list",
      "list",
      "list",
      (store: ReturnType<typeof openBucket>) => store.list("a/b/")[Symbol.asyncIterator]().next(),
    ],
  ])("in %s names the path and the bucket, and is the cause", async (_, kind, action, run) => {
    const { bucket } = scriptedBucket({ [kind]: ["We encountered an internal error. (10001)"] });
    await expect(run(openBucket(bucket, { name: "packages", prefix: "feed/" }))).rejects.toMatchObject({
      code: "store-failed",
      message: expect.stringMatching(
        new RegExp(
          String.raw`^Cannot ${action} "a/b/?" in "packages": ${kind}: We encountered an internal error\. \(10001\)$`,
        ),
      ),
      cause: expect.objectContaining({ message: `${kind}: We encountered an internal error. (10001)` }),
    });
  });

  test.each([
    [busyMessage, "store-busy"],
    ["Reduce your concurrent request rate for the same object.", "store-busy"],
    ["Unspecified error, status 429", "store-busy"],
    ["Please look at this a moment later (10058)", "store-busy"],
    ["We encountered an internal error. Please try again. (10001)", "store-failed"],
    ["The specified object is 4290 bytes (10011)", "store-failed"],
    ["Network connection lost.", "store-failed"],
  ])("that says %j is %s", async (message, code) => {
    const { bucket } = scriptedBucket({ put: [message], delete: [message] });
    await expect(openBucket(bucket).put("a", body)).rejects.toMatchObject({ code });
    await expect(openBucket(bucket).delete("a")).rejects.toMatchObject({ code });
  });
});

/** As the global of Workers, but leaves it to the store whether the length is right. */
class UncheckedLengthStream extends TransformStream<Uint8Array, Uint8Array> {
  constructor(_size: number) {
    super();
  }
}

describe("a list", () => {
  test("asks again for a page while the bucket is busy, and repeats no page that it has", async () => {
    const { bucket, calls } = scriptedBucket({ list: [busyMessage, busyMessage] });
    const paths: string[] = [];
    const pages = {
      ...bucket,
      list: async (options?: { readonly cursor?: string }) => {
        await bucket.list();
        const key = options?.cursor ?? "a";
        const object = { key, size: 4, etag: "e", uploaded };
        return key === "a"
          ? { objects: [object], truncated: true, cursor: "b" }
          : { objects: [object], truncated: false };
      },
    };
    for await (const { path } of openBucket(pages, { retry }).list("")) paths.push(path);
    expect(paths).toEqual(["a", "b"]);
    expect(calls).toEqual(["list", "list", "list", "list"]);
  });
});

describe("a put of a stream", () => {
  beforeEach(() => vi.stubGlobal("FixedLengthStream", UncheckedLengthStream));
  afterEach(() => vi.unstubAllGlobals());

  test.each([
    [
      "fails",
      async () => Promise.reject(new Error(`put: ${busyMessage}`)),
      { status: "rejected", reason: { code: "store-busy" } },
    ],
    ["conflicts", async () => null, { status: "fulfilled", value: { kind: "conflict" } }],
  ])("ends and cancels its source when it %s before it has read anything", async (_, put, expected) => {
    let cancelled = 0;
    const stream = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(1000)),
        cancel: () => {
          cancelled += 1;
        },
      });
    const store = openBucket({ ...scriptedBucket({}).bucket, put });
    const putting = store.put("a", { size: 5000, stream }, { condition: { ifAbsent: true } });
    expect(await Promise.allSettled([putting])).toMatchObject([expected]);
    expect(cancelled).toBe(1);
  });

  test("gives the bucket its last bytes only when the source has ended without an error", async () => {
    const received: number[] = [];
    const put: R2Bucket["put"] = async (key, value) => {
      if (value instanceof Uint8Array) throw new Error("expected a stream");
      for await (const { length } of value) received.push(length);
      return { key, size: 4, etag: "e", uploaded };
    };
    const store = openBucket({ ...scriptedBucket({}).bucket, put });
    const failing = (): ReadableStream<Uint8Array> =>
      chunkStream(
        (async function* (): AsyncGenerator<Uint8Array> {
          yield new Uint8Array(1);
          yield new Uint8Array(3);
          throw new Error("source broke");
        })(),
      );
    await expect(store.put("a", { size: 4, stream: failing })).rejects.toThrow("source broke");
    expect(received.reduce((sum, length) => sum + length, 0)).toBeLessThan(4);
    await store.put("a", { size: 4, stream: () => new Blob([body]).stream() });
    expect(received.at(-1)).toBe(4);
  });
});

describe("an upload", () => {
  test("of up to 8 MiB is one put", async () => {
    const { bucket, calls } = scriptedBucket({});
    await openBucket(bucket).upload("a", chunks(8 * MEBIBYTE));
    expect(calls).toEqual(["put"]);
  });

  test("of more goes in parts of 8 MiB", async () => {
    const { bucket, calls } = scriptedBucket({});
    await openBucket(bucket).upload("a", chunks(16 * MEBIBYTE + 1));
    const parts = [`part 1: ${8 * MEBIBYTE}`, `part 2: ${8 * MEBIBYTE}`, "part 3: 1"];
    expect(calls).toEqual(["create", ...parts, "complete 1,2,3"]);
  });

  test("repeats each step while the bucket is busy, and sends no byte twice to another part", async () => {
    const { bucket, calls } = scriptedBucket({
      create: [busyMessage],
      part: [busyMessage, busyMessage],
      complete: [busyMessage],
    });
    await openBucket(bucket, { retry }).upload("a", chunks(9 * MEBIBYTE));
    const [first, second] = [`part 1: ${8 * MEBIBYTE}`, `part 2: ${MEBIBYTE}`];
    expect(calls).toEqual(["create", "create", first, first, first, second, "complete 1,2", "complete 1,2"]);
  });

  test("that is small is repeated as well", async () => {
    const { bucket, calls } = scriptedBucket({ put: [busyMessage, busyMessage] });
    await openBucket(bucket, { retry }).upload("a", chunks(5));
    expect(calls).toEqual(["put", "put", "put"]);
  });

  test("is not repeated unless it is said how", async () => {
    const { bucket, calls } = scriptedBucket({ put: [busyMessage] });
    await expect(openBucket(bucket).upload("a", chunks(5))).rejects.toMatchObject({ code: "store-busy" });
    expect(calls).toEqual(["put"]);
  });

  test.each([
    ["a part", { part: ["We encountered an internal error. (10001)"] }],
    ["the end", { complete: ["We encountered an internal error. (10001)"] }],
    [
      "a part, and giving it up",
      { part: ["We encountered an internal error. (10001)"], abort: ["Gone. (10024)"] },
    ],
  ])("is given up and its source ended when %s fails", async (_, failures) => {
    const { bucket, calls } = scriptedBucket(failures);
    let hasEnded = false;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      try {
        yield* chunks(9 * MEBIBYTE);
      } finally {
        hasEnded = true;
      }
    };
    await expect(openBucket(bucket).upload("a", source())).rejects.toThrow("internal error");
    expect(calls.at(-1)).toBe("abort");
    expect(hasEnded).toBe(true);
  });

  test("is given up when its source fails", async () => {
    const { bucket, calls } = scriptedBucket({});
    const source = async function* (): AsyncGenerator<Uint8Array> {
      yield* chunks(9 * MEBIBYTE);
      throw new Error("source broke");
    };
    await expect(openBucket(bucket).upload("a", source())).rejects.toThrow("source broke");
    expect(calls).toEqual(["create", `part 1: ${8 * MEBIBYTE}`, "abort"]);
  });

  test("holds no more than one part and a chunk", async () => {
    const { bucket, calls } = scriptedBucket({});
    let ahead = 0;
    let mostAhead = 0;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks(40 * MEBIBYTE)) {
        ahead += chunk.length;
        mostAhead = Math.max(
          mostAhead,
          ahead - 8 * MEBIBYTE * calls.filter((call) => call.startsWith("part")).length,
        );
        yield chunk;
      }
    };
    await openBucket(bucket).upload("a", source());
    expect(mostAhead).toBeLessThanOrEqual(9 * MEBIBYTE);
  });
});
