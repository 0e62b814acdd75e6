/**
 * The part of the store's contract that is about writes with a condition, and the etags that these compare.
 */
import { expect, test } from "vitest";
import type { Body, Etag, Store } from "../../src/store/store.js";
import { bytes, chunks, defined, filled, listPaths, readText, stored, streamBody, text } from "./bodies.js";

/** What differs between kinds of stores. */
export interface StoreKind {
  /** Why etags come back with the bytes that they were of, for a kind that has no others. */
  readonly etagsAreOfBytes?: string;
  /** Of the race whose losers try again until they win; for a slow kind fewer than 50. */
  readonly persistentWriters?: number;
}

export function describeConditions(
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
