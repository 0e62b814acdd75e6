/**
 * The contract of `Store`: one suite that every implementation passes.
 */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Body, ByteRange, Etag, Store, StreamBody } from "../../src/store/store.js";
import {
  bytes,
  chunks,
  collect,
  defined,
  failingBody,
  filled,
  listed,
  listPaths,
  pieces,
  readText,
  stored,
  streamBody,
  text,
} from "./bodies.js";
import { describeUploads } from "./uploads.js";

/** A fresh, empty store and how to get rid of it. */
export interface OpenedStore {
  readonly store: Store;
  readonly close?: () => Promise<void> | void;
}

/** What differs between kinds of stores. */
export interface StoreKind {
  /** Why etags come back with the bytes that they were of, for a kind that has no others. */
  readonly etagsAreOfBytes?: string;
  /** Of the race whose losers try again until they win; for a slow kind fewer than 50. */
  readonly persistentWriters?: number;
}

/** Declares the suite for one kind of store. */
export function describeStoreContract(
  kind: string,
  open: () => Promise<OpenedStore> | OpenedStore,
  differences: StoreKind = {},
): void {
  describe(`${kind} keeps the store contract`, () => {
    let opened: OpenedStore;
    let store: Store;

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close?.());

    describePaths(() => store);
    describeReads(() => store);
    describeWrites(() => store);
    describeUploads(() => store);
    describeConditions(() => store, differences);
    describeDeletions(() => store);
    describeLists(() => store);
  });
}

const unsafePaths = [
  "",
  "/",
  "/etc/passwd",
  "a/",
  "a//b",
  ".",
  "..",
  "../a",
  "a/../b",
  "a/./b",
  "a/..",
  "a\\b",
  "..\\a",
  "a\0b",
  "a\nb",
  "a\ud800b",
];

function describePaths(store: () => Store): void {
  test.each(unsafePaths)("path %j is refused by every operation", async (path) => {
    const unsafe = expect.objectContaining({ name: "FeedError", code: "path-unsafe" });
    await expect(store().stat(path)).rejects.toEqual(unsafe);
    await expect(store().read(path)).rejects.toEqual(unsafe);
    await expect(store().stream(path)).rejects.toEqual(unsafe);
    await expect(store().put(path, bytes("x"))).rejects.toEqual(unsafe);
    await expect(store().upload(path, pieces([bytes("x")]))).rejects.toEqual(unsafe);
    await expect(store().delete(path)).rejects.toEqual(unsafe);
    expect(await listPaths(store())).toEqual([]);
  });

  test.each(["a", "../", "/", "a//", "./"])("prefix %j is refused by list", async (prefix) => {
    await expect(listPaths(store(), prefix)).rejects.toMatchObject({ code: "path-unsafe" });
  });

  test.each([
    "v3/index.json",
    ".nojekyll",
    "a b/c+d~e(1).txt",
    "grüße/包/файл.json",
    "😀.txt",
    "...",
    "a..b",
  ])("path %j is an object like any other", async (path) => {
    await store().put(path, bytes(path));
    expect(await readText(store(), path)).toBe(path);
    expect(await listPaths(store())).toEqual([path]);
  });
}

function describeReads(store: () => Store): void {
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

function describeWrites(store: () => Store): void {
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

function describeConditions(
  store: () => Store,
  { etagsAreOfBytes, persistentWriters = 50 }: StoreKind,
): void {
  test("ifAbsent stores where nothing is and conflicts where something is", async () => {
    const condition = { ifAbsent: true } as const;
    await stored(store().put("a/b", bytes("first"), { condition }));
    expect(await store().put("a/b", bytes("second"), { condition })).toEqual({ kind: "conflict" });
    expect(await readText(store(), "a/b")).toBe("first");
    await store().delete("a/b");
    await stored(store().put("a/b", bytes("third"), { condition }));
  });

  test("ifMatch stores only over the object with that etag", async () => {
    const first = await stored(store().put("a", bytes("1")));
    const second = await stored(store().put("a", bytes("2"), { condition: { ifMatch: first } }));
    expect(await store().put("a", bytes("3"), { condition: { ifMatch: first } })).toEqual({
      kind: "conflict",
    });
    expect(await readText(store(), "a")).toBe("2");
    await store().delete("a");
    expect(await store().put("a", bytes("4"), { condition: { ifMatch: second } })).toEqual({
      kind: "conflict",
    });
    expect(await listPaths(store())).toEqual([]);
  });

  test.each([
    ["bytes", (n: number): Body => bytes(`writer ${n}`)],
    ["streams", (n: number): Body => streamBody(300_000, chunks(300_000, 100_000 - n))],
  ])("of 50 writers of %s at once, ifAbsent lets exactly one win", async (_, body) => {
    const condition = { ifAbsent: true } as const;
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store().put("a/b/c", body(n), { condition })),
    );
    expect(results.filter(({ kind }) => kind === "stored")).toHaveLength(1);
    const winner = results.findIndex(({ kind }) => kind === "stored");
    const expected = body(winner);
    expect(defined(await store().stat("a/b/c")).size).toBe(
      "size" in expected ? expected.size : expected.length,
    );
  });

  test.each([
    ["bytes", (n: number): Body => filled(4, n)],
    ["large bytes", (n: number): Body => filled(200_000, n)],
    ["streams", (n: number): Body => streamBody(300_000, [filled(150_000, n), filled(150_000, n)])],
  ])("of 50 writers of %s at once, ifMatch lets exactly one win", async (_, body) => {
    const ifMatch = await stored(store().put("a", bytes("before")));
    const results = await Promise.all(
      Array.from({ length: 50 }, (_, n) => store().put("a", body(n), { condition: { ifMatch } })),
    );
    const winner = results.findIndex(({ kind }) => kind === "stored");
    expect(results.filter(({ kind }) => kind === "stored")).toHaveLength(1);
    expect(defined(await store().read("a")).bytes[0]).toBe(winner);
  });

  test(`${persistentWriters} writers that repeat on conflict lose no update`, async () => {
    await store().put("count", bytes("000"));
    const increment = async (): Promise<void> => {
      for (;;) {
        const { bytes: before, etag } = defined(await store().read("count"));
        const after = bytes(String(Number(text(before)) + 1).padStart(3, "0"));
        const result = await store().put("count", after, { condition: { ifMatch: etag } });
        if (result.kind === "stored") return;
      }
    };
    await Promise.all(Array.from({ length: persistentWriters }, increment));
    expect(Number(await readText(store(), "count"))).toBe(persistentWriters);
  });

  test("an object replaced many times never gets an earlier etag back", async ({ skip }) => {
    skip(etagsAreOfBytes !== undefined, etagsAreOfBytes);
    const etags = new Set<Etag>();
    for (let n = 0; n < 300; n++) etags.add(await stored(store().put("a", filled(100, n % 2))));
    expect(etags.size).toBe(300);
  });
}

function describeDeletions(store: () => Store): void {
  test("a deleted object is gone, and deleting it again succeeds", async () => {
    await store().put("a/b/c", bytes("x"));
    await store().put("a/d", bytes("y"));
    await store().delete("a/b/c");
    await store().delete("a/b/c");
    await store().delete("never/there");
    expect(await store().stat("a/b/c")).toBeUndefined();
    expect(await listPaths(store())).toEqual(["a/d"]);
  });

  test("deleting what is the folder of objects leaves them", async () => {
    await store().put("a/b", bytes("x"));
    await store().delete("a");
    await store().delete("a/b/c");
    expect(await listPaths(store())).toEqual(["a/b"]);
  });

  test("an object may take the place of a folder that became empty, and the other way round", async () => {
    await store().put("a/b", bytes("x"));
    await store().delete("a/b");
    await store().put("a", bytes("y"));
    await store().delete("a");
    await store().put("a/b/c", bytes("z"));
    expect(await listPaths(store())).toEqual(["a/b/c"]);
  });

  test("deletions beside creations in the same folder lose nothing", async () => {
    const rounds = Array.from({ length: 40 }, async (_, n) => {
      await store().put(`a/b/old${n}`, bytes("x"));
      const body = n % 2 === 0 ? bytes("y") : streamBody(1, [bytes("y")]);
      await Promise.all([store().delete(`a/b/old${n}`), store().put(`a/b/new${n}`, body)]);
    });
    await Promise.all(rounds);
    expect(await listPaths(store())).toEqual(Array.from({ length: 40 }, (_, n) => `a/b/new${n}`).toSorted());
  });
}

function describeLists(store: () => Store): void {
  test("list yields every object below a folder, and nothing of its neighbours", async () => {
    for (const path of ["v3/a/1", "v3/a/b/2", "v3/ab/3", "v3/a.json", "other"]) {
      await store().put(path, bytes("x"));
    }
    expect(await listPaths(store(), "v3/a/")).toEqual(["v3/a/1", "v3/a/b/2"]);
    expect(await listPaths(store(), "v3/")).toEqual(["v3/a.json", "v3/a/1", "v3/a/b/2", "v3/ab/3"]);
    expect(await listPaths(store())).toHaveLength(5);
    expect(await listPaths(store(), "none/")).toEqual([]);
    expect(await listPaths(store(), "other/")).toEqual([]);
  });

  test("an empty store lists nothing", async () => {
    expect(await listPaths(store())).toEqual([]);
    expect(await listPaths(store(), "v3/")).toEqual([]);
  });

  test("objects may be deleted while they are listed", async () => {
    for (let n = 0; n < 200; n++) await store().put(`a/${n}/b`, bytes("x"));
    for await (const { path } of store().list("a/")) await store().delete(path);
    expect(await listPaths(store())).toEqual([]);
  });
}
