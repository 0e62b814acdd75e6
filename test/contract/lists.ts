/**
 * The part of the store's contract that is about lists.
 */
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { bytes, listPaths } from "./bodies.js";

export function describeLists(store: () => Store): void {
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
