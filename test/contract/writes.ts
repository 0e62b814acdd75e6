/**
 * The part of the store's contract that is about writes without a condition: objects arrive whole or not at all.
 */
import { expect, test } from "vitest";
import type { Body, Store, StreamBody } from "../../src/store/store.js";
import {
  bytes,
  chunks,
  collect,
  defined,
  failingBody,
  filled,
  listed,
  listPaths,
  readText,
  stored,
  streamBody,
  text,
} from "./bodies.js";

export function describeWrites(store: () => Store): void {
  test("an object may be empty", async () => {
    await store().put("a", new Uint8Array());
    await store().put("b", streamBody(0, []));
    for (const path of ["a", "b"]) {
      expect(await store().stat(path)).toMatchObject({ size: 0 });
      expect(await readText(store(), path)).toBe("");
      expect(text(await collect(defined(await store().stream(path)).stream))).toBe("");
    }
  });

  test("a put replaces, also by a shorter body, and changes the etag", async () => {
    const first = await stored(store().put("a", bytes("long body")));
    const second = await stored(store().put("a", bytes("short")));
    expect(await readText(store(), "a")).toBe("short");
    expect(second).not.toBe(first);
  });

  test.each([
    ["bytes", (): Body => filled(3_000_000, 7)],
    ["a stream", (): Body => streamBody(3_000_000, chunks(3_000_000, 70_001))],
  ])("a large body of %s arrives whole", async (_, body) => {
    await store().put("big", body());
    await store().put("big", body());
    const read = defined(await store().read("big"));
    expect(read.bytes.length).toBe(3_000_000);
    expect(read.bytes.every((byte) => byte === 7)).toBe(true);
    expect((await collect(defined(await store().stream("big")).stream)).length).toBe(3_000_000);
  });

  const badStreams: [string, () => StreamBody, string][] = [
    ["fails", () => failingBody(new Error("source broke")), "source broke"],
    ["is shorter than promised", () => streamBody(10, [filled(4, 1)]), "only 4 of 10 bytes"],
    ["is longer than promised", () => streamBody(3, [filled(2, 1), filled(2, 1)]), "more of 3 bytes"],
  ];

  test.each(badStreams)("a stream that %s creates nothing", async (_, body, message) => {
    await expect(store().put("a/b", body(), { condition: { ifAbsent: true } })).rejects.toThrow(message);
    await expect(store().put("a/b", body())).rejects.toThrow(message);
    expect(await listPaths(store())).toEqual([]);
    await stored(store().put("a/b", bytes("next"), { condition: { ifAbsent: true } }));
  });

  test.each(badStreams)("a stream that %s leaves the old object and its etag", async (_, body, message) => {
    const ifMatch = await stored(store().put("a", bytes("old")));
    await expect(store().put("a", body())).rejects.toThrow(message);
    await expect(store().put("a", body(), { condition: { ifMatch } })).rejects.toThrow(message);
    expect(await readText(store(), "a")).toBe("old");
    expect(await listed(store())).toEqual([expect.objectContaining({ path: "a", size: 3, etag: ifMatch })]);
  });

  test("an aborted signal writes nothing", async () => {
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(store().put("a", bytes("x"), { signal })).rejects.toThrow("stop");
    await expect(store().put("b", streamBody(1, [bytes("x")]), { signal })).rejects.toThrow("stop");
    expect(await listPaths(store())).toEqual([]);
  });

  test("a signal aborted in the middle of a stream writes nothing and cancels the stream", async () => {
    const abort = new AbortController();
    let isCancelled = false;
    const stream = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull(controller) {
          controller.enqueue(filled(1000, 1));
          abort.abort(new Error("stop"));
        },
        cancel() {
          isCancelled = true;
        },
      });
    const options = { signal: abort.signal, condition: { ifAbsent: true } } as const;
    await expect(store().put("a", { size: 5000, stream }, options)).rejects.toThrow("stop");
    expect(await listPaths(store())).toEqual([]);
    expect(isCancelled).toBe(true);
  });

  test("writes to many paths at once all arrive", async () => {
    const paths = Array.from({ length: 100 }, (_, n) => `folder${n % 7}/${n}`);
    await Promise.all(paths.map((path) => store().put(path, bytes(path))));
    expect(await listPaths(store())).toEqual(paths.toSorted());
  });
}
