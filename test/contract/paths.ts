/**
 * The part of the store's contract that is about paths: which are refused, and which are objects like any other.
 */
import { expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { bytes, listPaths, pieces, readText } from "./bodies.js";

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

export function describePaths(store: () => Store): void {
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
