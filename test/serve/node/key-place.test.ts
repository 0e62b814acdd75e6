import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { assertKeysPrivate } from "../../../src/serve/node/key-place.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let feed: string;

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  feed = join(temporary.path, "public");
  await mkdir(join(feed, "feed-state"), { recursive: true });
  await mkdir(join(feed, "v3/deep"), { recursive: true });
});
afterEach(() => temporary.remove());

describe("a file of keys", () => {
  test.each(["keys.json", "a/b/keys.json"])(
    "may lie beside a feed, in a folder that need not be there: %s",
    async (path) => {
      await expect(assertKeysPrivate(join(temporary.path, path))).resolves.toBeUndefined();
    },
  );

  test.each(["keys.json", "v3/deep/keys.json", "feed-state/keys.json", "missing/keys.json"])(
    "may not lie in a feed: %s",
    async (path) => {
      await expect(assertKeysPrivate(join(feed, path), "the file")).rejects.toMatchObject({
        code: "keys-public",
        message: `Cannot keep keys in "the file": "${feed}" is a feed, and published`,
        hint: `name a file beside it: --keys ${join(temporary.path, "keys.json")}`,
      });
    },
  );

  test("may not be reached through a link out of a feed, nor lie in one behind a link", async () => {
    await writeFile(join(temporary.path, "keys.json"), "{}");
    await symlink(join(temporary.path, "keys.json"), join(feed, "out.json"));
    await symlink(join(feed, "v3"), join(temporary.path, "in"));
    for (const path of ["public/out.json", "in/keys.json", "in/missing/keys.json"]) {
      await expect(assertKeysPrivate(join(temporary.path, path))).rejects.toMatchObject({
        code: "keys-public",
      });
    }
  });

  test("has to lie outside of the outermost feed", async () => {
    await mkdir(join(feed, "inner/feed-state"), { recursive: true });
    await expect(assertKeysPrivate(join(feed, "inner/keys.json"))).rejects.toMatchObject({
      hint: `name a file beside it: --keys ${join(temporary.path, "keys.json")}`,
    });
  });
});
