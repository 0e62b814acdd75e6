/**
 * The part of the store's contract that is about uploads: objects of unknown length, whole or not at all.
 */
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import {
  bytes,
  collect,
  defined,
  failingBody,
  filled,
  listed,
  listPaths,
  pieces,
  readText,
  stored,
} from "./bodies.js";

const MEBIBYTE = 1024 * 1024;

export function describeUploads(store: () => Store): void {
  test.each([
    ["of no chunk", []],
    ["of an empty chunk", [bytes("")]],
    ["of one chunk", [bytes("hello")]],
    ["of some chunks, empty ones among them", [bytes("he"), bytes(""), bytes("llo"), bytes("")]],
  ])("an upload %s answers the size and etag that stat and list tell", async (_, values) => {
    const info = await store().upload("a/b", pieces(values));
    expect(info.size).toBe(values.reduce((size, { length }) => size + length, 0));
    expect(await store().stat("a/b")).toEqual(info);
    expect(await listed(store())).toEqual([{ path: "a/b", ...info }]);
    expect(await readText(store(), "a/b")).toBe(values.length > 1 || info.size > 0 ? "hello" : "");
  });

  test("an upload replaces, changes the etag, and may be replaced under a condition", async () => {
    const before = await stored(store().put("a", bytes("a longer body")));
    const { etag } = await store().upload("a", pieces([bytes("short")]));
    expect(etag).not.toBe(before);
    expect(await readText(store(), "a")).toBe("short");
    const stale = await store().put("a", bytes("late"), { condition: { ifMatch: before } });
    expect(stale).toEqual({ kind: "conflict" });
    await stored(store().put("a", bytes("next"), { condition: { ifMatch: etag } }));
  });

  test.each([
    ["a little over 20 MiB in odd chunks", 20 * MEBIBYTE + 12_345, [1, 70_001, 3 * MEBIBYTE + 7, 4096]],
    ["one chunk of 17 MiB", 17 * MEBIBYTE, [17 * MEBIBYTE]],
    ["exactly 8 MiB", 8 * MEBIBYTE, [MEBIBYTE]],
    ["exactly 16 MiB, ending in an empty chunk", 16 * MEBIBYTE, [16 * MEBIBYTE - 1, 1, 0]],
  ])("%s arrive whole", async (_, size, steps) => {
    const expected = createHash("sha256");
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (const chunk of pattern(size, steps)) {
        expected.update(chunk);
        yield chunk;
      }
    };
    const info = await store().upload("big", source());
    expect(info.size).toBe(size);
    expect(await store().stat("big")).toEqual(info);
    const arrived = await collect(defined(await store().stream("big")).stream);
    expect(arrived.length).toBe(size);
    expect(createHash("sha256").update(arrived).digest("hex")).toBe(expected.digest("hex"));
  });

  test("a source may use the memory of its chunks again", async () => {
    const memory = new Uint8Array(4);
    const source = async function* (): AsyncGenerator<Uint8Array> {
      for (const word of ["one ", "two ", "more"]) {
        memory.set(bytes(word));
        yield memory;
      }
      memory.fill(0);
    };
    await store().upload("a", source());
    expect(await readText(store(), "a")).toBe("one two more");
  });

  test.each([
    ["at once", []],
    ["after some bytes", [filled(1000, 1)]],
    ["after 9 MiB", [filled(9 * MEBIBYTE, 1)]],
  ])("an upload whose source fails %s creates nothing, and can be done again", async (_, values) => {
    const failing = store().upload("a/b", pieces(values, new Error("source broke")));
    await expect(failing).rejects.toThrow("source broke");
    expect(await listPaths(store())).toEqual([]);
    await stored(store().put("a/b", bytes("next"), { condition: { ifAbsent: true } }));
  });

  test.each([
    ["after some bytes", 1000],
    ["after 9 MiB", 9 * MEBIBYTE],
  ])("an upload whose source fails %s leaves the old object and its etag", async (_, size) => {
    const etag = await stored(store().put("a", bytes("old")));
    const failing = store().upload("a", pieces([filled(size, 1)], new Error("source broke")));
    await expect(failing).rejects.toThrow("source broke");
    expect(await readText(store(), "a")).toBe("old");
    expect(await listed(store())).toMatchObject([{ path: "a", size: 3, etag }]);
  });

  test("readers see nothing of an upload before it has ended", async () => {
    const seen: (string | undefined)[] = [];
    const look = async (): Promise<void> => {
      const object = await store().read("a");
      seen.push(object && new TextDecoder().decode(object.bytes));
      expect(await listPaths(store())).toEqual(object === undefined ? [] : ["a"]);
    };
    const source = async function* (body: string): AsyncGenerator<Uint8Array> {
      yield bytes(body);
      await look();
    };
    await store().upload("a", source("first"));
    await store().upload("a", source("second"));
    expect(seen).toEqual([undefined, "first"]);
    expect(await readText(store(), "a")).toBe("second");
  });

  test("an aborted signal uploads nothing", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(store().upload("a", pieces([bytes("x")]), { signal })).rejects.toThrow("stop");
    expect(await listPaths(store())).toEqual([]);
  });

  test.each([
    ["between chunks", [filled(9 * MEBIBYTE, 1), bytes("more")]],
    ["after the last chunk", [bytes("x")]],
  ])("a signal aborted %s uploads nothing and ends the source", async (_, values) => {
    const abort = new AbortController();
    let hasEnded = false;
    const source = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (const value of values) {
          yield value;
          abort.abort(new Error("stop"));
        }
      } finally {
        hasEnded = true;
      }
    };
    const aborted = store().upload("a", source(), { signal: abort.signal });
    await expect(aborted).rejects.toThrow("stop");
    expect(await listPaths(store())).toEqual([]);
    expect(hasEnded).toBe(true);
  });

  test("a stream can be uploaded", async () => {
    await store().upload("a", new Blob(["from a stream"]).stream());
    expect(await readText(store(), "a")).toBe("from a stream");
    const failing = store().upload("b", failingBody(new Error("source broke")).stream());
    await expect(failing).rejects.toThrow("source broke");
    expect(await listPaths(store())).toEqual(["a"]);
  });

  test("of 20 uploads to one path at once one is there whole", async () => {
    const uploads = Array.from({ length: 20 }, async (_, n) =>
      store().upload("a", pieces([filled(40_000, n), filled(10_000 + n, n)])),
    );
    const infos = await Promise.all(uploads);
    const { bytes: found, size, etag } = defined(await store().read("a"));
    const winner = defined(found[0]);
    expect(found).toEqual(filled(50_000 + winner, winner));
    expect(infos[winner]).toMatchObject({ size, etag });
  });
}

/** Bytes of which no two neighbours are equal, in chunks of these sizes in turn. */
function* pattern(size: number, steps: readonly number[]): Generator<Uint8Array> {
  for (let at = 0, n = 0; at < size; n++) {
    const length = Math.min(defined(steps[n % steps.length]), size - at);
    const chunk = new Uint8Array(length);
    for (let i = 0; i < length; i++) chunk[i] = (at + i) % 251;
    yield chunk;
    at += length;
  }
  if (steps.includes(0)) yield new Uint8Array();
}
