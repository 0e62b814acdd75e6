import { execFileSync } from "node:child_process";
import { mkdir, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import { storeError } from "../../src/store/fs/errors.js";
import { checkFilePath } from "../../src/store/fs/names.js";
import { openFolder } from "../../src/store/fs.js";
import type { Store } from "../../src/store/store.js";
import { describeStoreContract } from "../contract/store.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

describeStoreContract("folder", async () => {
  const folder = await makeTemporaryFolder();
  return { store: openFolder(join(folder.path, "feed")), close: folder.remove };
});

let temporary: TemporaryFolder;
let root: string;
let store: Store;
const body = new TextEncoder().encode("body");
const big = new Uint8Array(300_000);

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  root = join(temporary.path, "feed");
  store = openFolder(root);
});
afterEach(() => temporary.remove());

describe("files", () => {
  test("reading and deleting in a folder that does not exist does not make it", async () => {
    await store.read("a");
    await store.delete("a");
    expect(await readdir(temporary.path)).toEqual([]);
  });

  test("a replacement leaves no other file behind, whether it succeeds or fails", async () => {
    await store.put("a/b", body);
    await store.put("a/b", big);
    const broken = { size: 5, stream: () => new Response(big).body ?? new ReadableStream<Uint8Array>() };
    await expect(store.put("a/b", broken)).rejects.toThrow("more of 5 bytes");
    expect(await readdir(join(root, "a"))).toEqual(["b"]);
    expect(await readFile(join(root, "a/b"))).toHaveLength(big.length);
  });

  test("an upload leaves no other file behind, whether it succeeds or fails, and none before it ends", async () => {
    const source = async function* (error?: Error): AsyncGenerator<Uint8Array> {
      yield big;
      expect((await readdir(join(root, "a"))).filter((name) => !name.endsWith(".tmp"))).toEqual(before);
      if (error !== undefined) throw error;
    };
    let before: string[] = [];
    await expect(store.upload("a/b", source(new Error("source broke")))).rejects.toThrow("source broke");
    expect(await readdir(join(root, "a"))).toEqual([]);
    await store.upload("a/b", source());
    before = ["b"];
    await expect(store.upload("a/b", source(new Error("source broke")))).rejects.toThrow("source broke");
    expect(await readdir(join(root, "a"))).toEqual(["b"]);
    expect(await readFile(join(root, "a/b"))).toHaveLength(big.length);
  });

  test("files that a dead process left half written are not listed, and cannot be read or written", async () => {
    await store.put("a", body);
    await writeFile(join(root, ".nupress-12-0badcafe-3.tmp"), "half");
    expect(await listPaths()).toEqual(["a"]);
    const unsafe = expect.objectContaining({ code: "path-unsafe" });
    await expect(store.read(".nupress-12-0badcafe-3.tmp")).rejects.toEqual(unsafe);
    await expect(store.put("v3/.nupress-12-0badcafe-3.tmp", body)).rejects.toEqual(unsafe);
  });

  test("a changed file has another etag, also when it was changed by others", async () => {
    await store.put("a", body);
    const before = await store.stat("a");
    await rm(join(root, "a"));
    await writeFile(join(root, "a"), "BODY");
    expect((await store.stat("a"))?.etag).not.toBe(before?.etag);
  });

  test("a replacing file is newer than the replaced one, whatever the clock says", async () => {
    await store.put("a", body);
    const future = new Date("2100-01-01T00:00:00Z");
    await utimes(join(root, "a"), future, future);
    await store.put("a", body);
    expect((await stat(join(root, "a"))).mtimeMs).toBeGreaterThan(future.getTime());
  });

  test("deleting what is gone already removes the folders that a dead process left empty", async () => {
    await store.put("a/b/kept", body);
    await mkdir(join(root, "a/c"));
    await store.delete("a/c/d/gone");
    expect(await readdir(join(root, "a"))).toEqual(["b"]);
  });

  test("deleting removes folders that become empty, up to the root, and no others", async () => {
    await store.put("a/b/c/d", body);
    await store.put("a/e", body);
    await store.delete("a/b/c/d");
    expect(await readdir(join(root, "a"))).toEqual(["e"]);
    await store.delete("a/e");
    expect(await readdir(root)).toEqual([]);
  });
});

describe("what writers that died left behind", () => {
  test("is not listed, and goes when the store is tidied; nothing else does", async () => {
    const left = join(root, "v3", ".nupress-4711-0a1b2c3d-1.tmp");
    await store.put("v3/index.json", new Uint8Array([1]));
    await writeFile(left, "half");
    await writeFile(join(root, "v3", ".nupress.tmp"), "mine");
    expect(await listPaths()).not.toContain("v3/.nupress-4711-0a1b2c3d-1.tmp");
    await store.tidy();
    expect((await readdir(join(root, "v3"))).sort()).toEqual([".nupress.tmp", "index.json"]);
  });

  test("is nothing in a folder that is not there", async () => {
    await expect(openFolder(join(root, "none")).tidy()).resolves.toBeUndefined();
  });
});

describe("links", () => {
  beforeEach(async () => {
    await store.put("inside/a", body);
    await mkdir(join(temporary.path, "outside"));
    await writeFile(join(temporary.path, "outside/secret"), "secret");
  });

  test("links that stay inside the folder are followed", async () => {
    await symlink("inside", join(root, "folder-link"));
    await symlink("inside/a", join(root, "link"));
    expect((await store.read("folder-link/a"))?.bytes).toEqual(body);
    expect((await store.read("link"))?.bytes).toEqual(body);
    await store.put("folder-link/b", body);
    expect(await listPaths()).toEqual(["inside/a", "inside/b", "link"]);
  });

  test("links that lead out of the folder are neither read, listed, written through nor deleted through", async () => {
    await symlink(join(temporary.path, "outside"), join(root, "way-out"));
    await symlink("../outside/secret", join(root, "link"));
    const unsafe = expect.objectContaining({ code: "path-unsafe" });
    for (const path of ["way-out/secret", "link"]) {
      await expect(store.stat(path)).rejects.toEqual(unsafe);
      await expect(store.read(path)).rejects.toEqual(unsafe);
      await expect(store.stream(path)).rejects.toEqual(unsafe);
    }
    await expect(store.put("way-out/new/file", body)).rejects.toEqual(unsafe);
    await expect(store.upload("way-out/new/file", new Blob([body]).stream())).rejects.toEqual(unsafe);
    await expect(store.delete("way-out/secret")).rejects.toEqual(unsafe);
    expect(await listPaths()).toEqual(["inside/a"]);
    expect(await readdir(join(temporary.path, "outside"))).toEqual(["secret"]);
  });

  test("replacing or deleting a link leaves what it points to", async () => {
    await symlink("../outside/secret", join(root, "link"));
    await store.put("link", body);
    expect((await store.read("link"))?.bytes).toEqual(body);
    await symlink("../outside/secret", join(root, "other"));
    await store.delete("other");
    expect(await readFile(join(temporary.path, "outside/secret"), "utf8")).toBe("secret");
    expect(await listPaths()).toEqual(["inside/a", "link"]);
  });

  test("broken and circular links are no objects", async () => {
    await symlink("nowhere", join(root, "broken"));
    await symlink("circle", join(root, "circle"));
    expect(await store.read("broken")).toBeUndefined();
    expect(await store.read("circle")).toBeUndefined();
    expect(await listPaths()).toEqual(["inside/a"]);
  });

  test("pipes are no objects, and nobody waits for them", async () => {
    execFileSync("mkfifo", [join(root, "pipe")]);
    await symlink("pipe", join(root, "link"));
    for (const name of ["pipe", "link"]) {
      expect(await store.read(name)).toBeUndefined();
      expect(await store.stat(name)).toBeUndefined();
      const creating = store.put(name, body, { condition: { ifAbsent: true } });
      await expect(creating).rejects.toThrow(`Cannot use path "${name}": what sits on it is no file`);
    }
  });

  test.each(["broken", "circle"])("nothing can be created on a link that leads nowhere: %s", async (name) => {
    await symlink(name === "circle" ? "circle" : "nowhere", join(root, name));
    const creating = store.put(name, body, { condition: { ifAbsent: true } });
    await expect(creating).rejects.toThrow(`Cannot use path "${name}": a symbolic link on it leads nowhere`);
  });

  test("a condition on a link is one on what it leads to", async () => {
    await symlink("inside/a", join(root, "link"));
    const etag = (await store.stat("link"))?.etag;
    if (etag === undefined) throw new Error("the link is not there");
    expect((await store.put("link", big, { condition: { ifMatch: etag } })).kind).toBe("stored");
    expect(await readFile(join(root, "link"))).toHaveLength(big.length);
    expect((await store.put("link", body, { condition: { ifMatch: etag } })).kind).toBe("conflict");
  });

  test("the folder itself may be a link", async () => {
    await symlink("feed", join(temporary.path, "feed-link"));
    const linked = openFolder(join(temporary.path, "feed-link"));
    await linked.put("inside/b", body);
    expect((await linked.read("inside/a"))?.bytes).toEqual(body);
    expect(await listPaths()).toEqual(["inside/a", "inside/b"]);
  });
});

describe("failures", () => {
  test("a file in place of a folder is told as what it is", async () => {
    await store.put("a", body);
    for (const condition of [{ ifAbsent: true } as const, undefined]) {
      const put = store.put("a/b", body, condition && { condition });
      await expect(put).rejects.toMatchObject({
        code: "store-failed",
        message: `Cannot write "a/b" in "${root}": a file sits where a folder is needed`,
      });
    }
  });

  test("a folder in place of a file is told as what it is", async () => {
    await store.put("a/b", body);
    for (const condition of [{ ifAbsent: true } as const, undefined]) {
      await expect(store.put("a", body, condition && { condition })).rejects.toMatchObject({
        code: "store-failed",
        message: `Cannot write "a" in "${root}": a folder sits on this path`,
      });
    }
  });

  test.each([
    ["ENOSPC", "store-full", "no space left"],
    ["EDQUOT", "store-full", "the disk quota is used up"],
    ["EACCES", "store-failed", "permission denied"],
    ["EROFS", "store-failed", "the file system is read-only"],
    ["EMFILE", "store-failed", "too many files are open"],
    ["EIO", "store-failed", "EIO: text of the system"],
  ])("%s becomes %s with the path, the reason and its cause", (code, expected, reason) => {
    const cause = Object.assign(new Error(`${code}: text of the system`), { code, syscall: "write" });
    expect(storeError("write", "public", "v3/index.json", cause)).toMatchObject({
      code: expected,
      message: `Cannot write "v3/index.json" in "public": ${reason}`,
      cause,
    });
  });

  test.each([
    new TypeError("defect"),
    new FeedError("other", "text"),
    new DOMException("stop", "AbortError"),
  ])("%s stays as it is", (error) => expect(storeError("write", "public", "a", error)).toBe(error));
});

describe("names on Windows", () => {
  test.each([
    "con",
    "v3/flat/aux/index.json",
    "NUL.txt",
    "com1",
    "a:b",
    "a?",
    "folder./x",
    "x ",
    "FEED-S~1/feed.json",
  ])("%j is refused there only", (path) => {
    expect(() => checkFilePath(path, "win32")).toThrow(/Windows cannot store the name/);
    expect(() => checkFilePath(path, "linux")).not.toThrow();
  });

  test.each(["console", "v3/flat/auxiliary/1.0.0", "com", "lpt10.json", "a..b/.c"])("%j is fine", (path) => {
    expect(() => checkFilePath(path, "win32")).not.toThrow();
  });
});

async function listPaths(): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.list("")) paths.push(path);
  return paths.toSorted();
}
