import { execFileSync } from "node:child_process";
import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openFolder } from "../../src/store/fs.js";
import { type FeedReader, storeReader } from "../../src/verify/feed-reader.js";
import { folderReader } from "../../src/verify/node/folder-reader.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

let temporary: TemporaryFolder;
let readers: readonly (readonly [string, FeedReader])[];

beforeAll(async () => {
  temporary = await makeTemporaryFolder();
  const root = join(temporary.path, "public");
  await mkdir(join(root, "v3/flat/contoso"), { recursive: true });
  await mkdir(join(temporary.path, "outside"));
  await writeFile(join(temporary.path, "outside/secret.json"), "secret");
  await writeFile(join(root, "v3/index.json"), "0123456789");
  await writeFile(join(root, "v3/empty.json"), "");
  await writeFile(join(root, "v3/flat/contoso/.nupress-1-2.tmp"), "left by a writer");
  await writeFile(join(root, "v3/flat/contoso/ünï.json"), "x");
  execFileSync("mkfifo", [join(root, "v3/pipe.json")]);
  await symlink("index.json", join(root, "v3/inside.json"));
  await symlink("nothing.json", join(root, "v3/nowhere.json"));
  await symlink(join(temporary.path, "outside/secret.json"), join(root, "v3/outside.json"));
  await symlink(join(temporary.path, "outside"), join(root, "v3/linked"));
  readers = [
    ["folder", folderReader(root)],
    ["store", storeReader(openFolder(root))],
  ];
});
afterAll(() => temporary.remove());

/** The same, but not at once. */
async function later<T>(value: T): Promise<T> {
  await new Promise((resolve) => setImmediate(resolve));
  return value;
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes && new TextDecoder().decode(bytes);
}

/** What both readers answer. */
async function both<T>(ask: (reader: FeedReader) => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  for (const [, reader] of readers) answers.push(await ask(reader));
  return answers;
}

describe("a folder that is read by blocking calls answers as its store does:", () => {
  test.for([
    ["a file", "v3/index.json", "0123456789"],
    ["an empty file", "v3/empty.json", ""],
    ["a name beyond ASCII", "v3/flat/contoso/ünï.json", "x"],
    ["a link to a file inside", "v3/inside.json", "0123456789"],
    ["nothing", "v3/missing.json", undefined],
    ["nothing below a file", "v3/index.json/x.json", undefined],
    ["a folder", "v3/flat", undefined],
    ["a link to nothing", "v3/nowhere.json", undefined],
    ["a pipe", "v3/pipe.json", undefined],
  ] as const)("%s", async ([, path, text]) => {
    expect((await both((reader) => reader.read(path))).map(textOf)).toEqual([text, text]);
    expect(await both((reader) => reader.look(path, textOf))).toEqual([text, text]);
    expect(await both((reader) => reader.size(path))).toEqual([text?.length, text?.length]);
  });

  test.for([0, 1, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1])(
    "a file of %i bytes is looked at whole",
    async (size) => {
      const bytes = new Uint8Array(size).map((_, i) => i % 251);
      await writeFile(join(temporary.path, "public/v3/large.bin"), bytes);
      for (const [, reader] of readers) {
        const seen = await reader.look("v3/large.bin", (bytes) => bytes.slice());
        expect(Buffer.compare(seen ?? new Uint8Array(), bytes)).toBe(0);
      }
      await rm(join(temporary.path, "public/v3/large.bin"));
    },
  );

  test("files that are looked at together do not mix", async () => {
    for (const [, reader] of readers) {
      const texts = await Promise.all(
        ["v3/index.json", "v3/flat/contoso/ünï.json", "v3/empty.json"].map(
          async (path) => await reader.look(path, async (bytes) => textOf(await later(bytes))),
        ),
      );
      expect(texts).toEqual(["0123456789", "x", ""]);
    }
  });

  test.for(["v3/outside.json", "v3/linked/secret.json", "../outside/secret.json", "v3//index.json", ""])(
    "nothing outside is read: %j",
    async (path) => {
      for (const [, reader] of readers) {
        await expect(reader.read(path)).rejects.toMatchObject({ code: "path-unsafe" });
        await expect(reader.size(path)).rejects.toMatchObject({ code: "path-unsafe" });
        await expect(reader.look(path, textOf)).rejects.toMatchObject({ code: "path-unsafe" });
      }
    },
  );
});

async function listed(reader: FeedReader | undefined, folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of reader?.list(folder) ?? []) paths.push(path);
  return paths.toSorted();
}

test("names are listed without a look at the files, links too, but nothing behind them", async () => {
  const reader = readers[0]?.[1];
  expect(await listed(reader, "v3/")).toEqual([
    "v3/empty.json",
    "v3/flat/contoso/ünï.json",
    "v3/index.json",
    "v3/inside.json",
    "v3/linked",
    "v3/nowhere.json",
    "v3/outside.json",
    "v3/pipe.json",
  ]);
  expect(await listed(reader, "feed-state/")).toEqual([]);
});
