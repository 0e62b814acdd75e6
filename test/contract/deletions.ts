/**
 * The part of the store's contract that is about deletions.
 */
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { bytes, listPaths, streamBody } from "./bodies.js";

export function describeDeletions(store: () => Store): void {
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
