/** Taking in the bytes of a package, and refusing what no feed should take. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { PackageError } from "../../../src/errors.js";
import type { PushContext } from "../../../src/publish/push/context.js";
import { sweepStaging } from "../../../src/publish/push/leftover.js";
import { STAGING_LIFETIME, stagePackage, unstagePackage } from "../../../src/publish/push/stage.js";
import { stagingTime } from "../../../src/state/layout.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { failingStore } from "../../support/failing-store.js";
import { buildPackage, type PackageOptions } from "../../support/package-builder.js";
import { chunksOf, pushContext } from "../../support/push-feed.js";

const now = Date.parse("2026-02-03T04:05:06Z");
const core: PackageOptions = { id: "Contoso.Core", version: "1.0.0" };

async function emptyFeed(options: Partial<PushContext> = {}): Promise<PushContext> {
  return await pushContext(createMemoryStore(), { now: () => now, ...options });
}

async function stored({ store }: PushContext): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.list("")) paths.push(path);
  return paths;
}

describe("staging", () => {
  test.for([1, 3, 1000, 1_000_000])("takes a package in, in chunks of %i bytes", async (size) => {
    const context = await emptyFeed();
    const bytes = buildPackage({ ...core, description: "x".repeat(5000) });
    const { path, record } = await stagePackage(context, chunksOf(bytes, size));
    expect(record).toMatchObject({
      id: "Contoso.Core",
      version: "1.0.0",
      size: bytes.length,
      sha512: createHash("sha512").update(bytes).digest("base64"),
      accepted: "2026-02-03T04:05:06+00:00",
    });
    expect((await context.store.read(path))?.bytes).toEqual(bytes);
    expect(stagingTime(path)).toBe(now);
    await unstagePackage(context.store, path);
    expect(await stored(context)).toEqual([]);
  });

  test("gives every push a place of its own", async () => {
    const context = await emptyFeed();
    const bytes = buildPackage(core);
    const staged = [
      await stagePackage(context, chunksOf(bytes)),
      await stagePackage(context, chunksOf(bytes)),
    ];
    expect(new Set(staged.map(({ path }) => path)).size).toBe(2);
  });

  test.for<readonly [string, Uint8Array]>([
    ["nothing", new Uint8Array()],
    ["a part of the first bytes", new Uint8Array([0x50, 0x4b])],
    ["a page of text", new TextEncoder().encode("<html>Not found</html>")],
    ["an empty zip", new Uint8Array([0x50, 0x4b, 0x05, 0x06, ...new Uint8Array(18)])],
  ])("refuses %s", async ([, bytes]) => {
    const context = await emptyFeed();
    await expect(stagePackage(context, chunksOf(bytes, 1))).rejects.toMatchObject({ code: "not-a-zip" });
    expect(await stored(context)).toEqual([]);
  });

  test("stops reading what is no zip", async () => {
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) {
        read += 1;
        yield new Uint8Array(100);
      }
    }
    await expect(stagePackage(await emptyFeed(), endless())).rejects.toThrow(PackageError);
    expect(read).toBe(1);
  });

  test("leaves nothing of a package that is cut short", async () => {
    const context = await emptyFeed();
    const bytes = buildPackage(core).subarray(0, -30);
    await expect(stagePackage(context, chunksOf(bytes))).rejects.toThrow(PackageError);
    expect(await stored(context)).toEqual([]);
  });

  test("leaves nothing when the client goes away", async () => {
    const context = await emptyFeed();
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield buildPackage(core).subarray(0, 100);
      throw new Error("gone");
    }
    await expect(stagePackage(context, broken())).rejects.toThrow("gone");
    expect(await stored(context)).toEqual([]);
  });

  test("leaves nothing of what the store cannot hold", async () => {
    const refuseRecord = (): never => {
      throw new PackageError("version-unstorable", "it is too odd");
    };
    const context = await emptyFeed({ refuseRecord });
    await expect(stagePackage(context, chunksOf(buildPackage(core)))).rejects.toThrow("it is too odd");
    expect(await stored(context)).toEqual([]);
  });

  test("does not fail when a staged package cannot be taken away", async () => {
    const context = await emptyFeed();
    const { path } = await stagePackage(context, chunksOf(buildPackage(core)));
    const store = failingStore(context.store, { at: 1, how: "fail" });
    await expect(unstagePackage(store, path)).resolves.toBeUndefined();
    expect(await stored(context)).toEqual([path]);
  });
});

describe("a push refuses a package", () => {
  const tomorrow = new Date(now + 24 * 60 * 60 * 1000).toISOString();
  const today = new Date(now + 60 * 60 * 1000).toISOString();

  test.for<readonly [string, Partial<PackageOptions>, string]>([
    ["with an empty folder name", { files: { "lib//net8.0/a.dll": "" } }, "zip-entry-path"],
    ["with files of the future", { entryTime: tomorrow }, "zip-entry-time"],
    ["of symbols", { packageTypes: ["symbolsPackage"] }, "symbols-package"],
    [
      "with two groups of one framework",
      {
        dependencies: [
          { targetFramework: "net8.0", dependencies: { A: "1.0.0" } },
          { targetFramework: "net8.0", dependencies: { B: "1.0.0" } },
        ],
      },
      "nuspec-dependency-groups",
    ],
  ])("%s", async ([, odd, code]) => {
    const context = await emptyFeed();
    const bytes = buildPackage({ ...core, ...odd });
    await expect(stagePackage(context, chunksOf(bytes))).rejects.toMatchObject({ code });
    expect(await stored(context)).toEqual([]);
  });

  test("not for the time zone of whoever packed it", async () => {
    const bytes = buildPackage({ ...core, entryTime: today });
    await expect(stagePackage(await emptyFeed(), chunksOf(bytes))).resolves.toBeDefined();
  });
});

describe("the sweep of the staging area", () => {
  test("takes away what is older than any push takes, and nothing else", async () => {
    const context = await emptyFeed();
    const { path } = await stagePackage(context, chunksOf(buildPackage(core)));
    await context.store.put("feed-state/staging/notes.txt", new Uint8Array());
    await sweepStaging(context, now - STAGING_LIFETIME);
    expect(await stored(context)).toContain(path);
    await sweepStaging(context, now);
    expect(await stored(context)).toEqual(["feed-state/staging/notes.txt"]);
  });

  test.for(["feed-state/staging/1-a.nupkg", "feed-state/staging/1-a.json"])(
    "takes broken files away: %s",
    async (path) => {
      const context = await emptyFeed();
      await context.store.put(path, new TextEncoder().encode("{"));
      await sweepStaging(context, now);
      expect(await stored(context)).toEqual([]);
    },
  );
});
