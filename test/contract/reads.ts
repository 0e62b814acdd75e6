/**
 * The part of the store's contract that is about reads: whole, ranges, streams, and what is seen beside writes.
 */
import { expect, test } from "vitest";
import type { ByteRange, Store } from "../../src/store/store.js";
import { bytes, collect, defined, filled, listed, readText, stored, text } from "./bodies.js";

export function describeReads(store: () => Store): void {
  test("a missing object is undefined, also below a file and in place of a folder", async () => {
    await store().put("a/b", bytes("x"));
    for (const path of ["c", "a/c", "c/d", "a/b/c", "a", `${"long".repeat(200)}/x`]) {
      expect(await store().stat(path)).toBeUndefined();
      expect(await store().read(path)).toBeUndefined();
      expect(await store().stream(path)).toBeUndefined();
    }
  });

  test("stat, read, stream, list and the answer of put agree on size and etag", async () => {
    const etag = await stored(store().put("a/b", bytes("hello")));
    const { stream, ...streamed } = defined(await store().stream("a/b"));
    await stream.cancel();
    const info = { size: 5, etag, modified: expect.any(Number) };
    expect(streamed).toEqual(info);
    expect(await store().stat("a/b")).toEqual(info);
    expect(await store().read("a/b")).toEqual({ ...info, bytes: bytes("hello") });
    expect(await listed(store())).toEqual([{ path: "a/b", ...info }]);
  });

  test.each<[ByteRange, string]>([
    [{ offset: 0, length: 5 }, "01234"],
    [{ offset: 3, length: 4 }, "3456"],
    [{ offset: 9, length: 1 }, "9"],
    [{ offset: 4, length: 0 }, ""],
    [{ offset: 10, length: 0 }, ""],
  ])("range %j is read and streamed, with the size of the whole", async (range, expected) => {
    await store().put("a", bytes("0123456789"));
    const read = defined(await store().read("a", { range }));
    expect([text(read.bytes), read.size]).toEqual([expected, 10]);
    const streamed = defined(await store().stream("a", { range }));
    expect([text(await collect(streamed.stream)), streamed.size]).toEqual([expected, 10]);
  });

  test.each<ByteRange>([
    { offset: 8, length: 3 },
    { offset: 11, length: 0 },
    { offset: -1, length: 2 },
    { offset: 2, length: -1 },
  ])("range %j of ten bytes is refused", async (range) => {
    await store().put("a", bytes("0123456789"));
    await expect(store().read("a", { range })).rejects.toThrow(RangeError);
    await expect(store().stream("a", { range })).rejects.toThrow(RangeError);
  });

  test("bytes handed in and out are not shared with the store", async () => {
    const body = bytes("before");
    await store().put("a", body);
    body.fill(0);
    const read = defined(await store().read("a"));
    read.bytes.fill(0);
    expect(await readText(store(), "a")).toBe("before");
  });

  test("an aborted signal ends reads with its reason", async () => {
    await store().put("a", bytes("x"));
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(store().read("a", { signal })).rejects.toThrow("stop");
    await expect(store().stream("a", { signal })).rejects.toThrow("stop");
  });

  test("a stream that was opened before its object is replaced yields the old bytes", async () => {
    await store().put("a", bytes("old"));
    const { stream } = defined(await store().stream("a"));
    await store().put("a", bytes("new!"));
    expect(text(await collect(stream))).toBe("old");
  });

  test("a reader sees the old or the new bytes of a replaced object, never a mixture", async () => {
    await store().put("a", filled(200_000, 0));
    const writes = (async () => {
      for (let round = 1; round <= 20; round++) await store().put("a", filled(200_000 + round, round));
    })();
    for (let round = 0; round < 20; round++) {
      const read = defined(await store().read("a"));
      expect(read.bytes.length).toBe(200_000 + defined(read.bytes[0]));
      expect(read.bytes.every((byte) => byte === read.bytes[0])).toBe(true);
    }
    await writes;
  });
}
