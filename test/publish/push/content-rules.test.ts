/** What a push does about bytes that lie where its package is to lie. */
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { changePublished } from "../../../src/publish/push/change-version.js";
import type { OverwritePolicy, PushContext } from "../../../src/publish/push/context.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { partitionOf, partitionPath } from "../../../src/state/layout.js";
import { decodePartition } from "../../../src/state/partition.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { datedStore } from "../../support/dated-store.js";
import { Crash, failingStore } from "../../support/failing-store.js";
import { buildPackage, type PackageOptions } from "../../support/package-builder.js";
import { makePackages } from "../../support/packages-fixture.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";

const HOUR = 60 * 60 * 1000;
const core: PackageOptions = { id: "Contoso.Core", version: "1.0.0" };
const other: PackageOptions = { ...core, description: "other bytes" };
const path = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";
const version = lowerVersion(parseVersion("1.0.0")!);

interface Feed {
  readonly store: Store;
  readonly context: (options?: Partial<PushContext>) => Promise<PushContext>;
  readonly pass: (milliseconds: number) => void;
}

async function makeFeed(): Promise<Feed> {
  let time = Date.parse("2026-02-03T04:05:06Z");
  const now = () => time;
  const store = datedStore(createMemoryStore(), now);
  await createFeed(await pushContext(store, { now }));
  return {
    store,
    context: async (options) => await pushContext(store, { now, ...options }),
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}

async function lying({ store }: Feed): Promise<Buffer> {
  return Buffer.from((await store.read(path))?.bytes ?? []);
}

async function soundness({ store, context, pass }: Feed): Promise<unknown> {
  for (let run = 0; run < 2; run++) {
    pass(2 * HOUR);
    await runScheduled(await context(), { grace: HOUR });
  }
  return (await verifyStore(store)).findings;
}

describe("bytes that lie there and that nobody recorded", () => {
  test("are taken when they are those of the package", async () => {
    const feed = await makeFeed();
    await feed.store.put(path, buildPackage(core));
    const before = await feed.store.stat(path);
    expect(await push(await feed.context(), core)).toMatchObject({ kind: "created" });
    expect((await feed.store.stat(path))?.etag).toBe(before?.etag);
  });

  test("are somebody else's for an hour", async () => {
    const feed = await makeFeed();
    await feed.store.put(path, buildPackage(other));
    feed.pass(HOUR);
    expect(await push(await feed.context(), core)).toEqual({ kind: "exists" });
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(other)));
  });

  test("are replaced after that", async () => {
    const feed = await makeFeed();
    await feed.store.put(path, buildPackage(other));
    feed.pass(HOUR + 1);
    expect(await push(await feed.context(), core)).toMatchObject({ kind: "created" });
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(core)));
    expect(await soundness(feed)).toEqual([]);
  });

  test("stay where the store does not tell their age", async () => {
    const context = await pushContext(createMemoryStore());
    await createFeed(context);
    await context.store.put(path, buildPackage(other));
    expect(await push(context, core)).toEqual({ kind: "exists" });
  });

  test("are replaced at once when they are of a version that was deleted", async () => {
    const feed = await makeFeed();
    await push(await feed.context(), core);
    await changePublished(await feed.context(), testId("contoso.core"), version, "delete");
    expect(await push(await feed.context(), other)).toMatchObject({ kind: "created" });
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(other)));
    expect(await soundness(feed)).toEqual([]);
  });

  test("go when the push that put them there died", async () => {
    const feed = await makeFeed();
    // Staged, put, and then not recorded.
    const dying = await feed.context({ store: failingStore(feed.store, { at: 3, how: "crash" }) });
    await expect(push(dying, core)).rejects.toThrow(Crash);
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(core)));
    expect(await soundness(feed)).toEqual([]);
    expect(await feed.store.stat(path)).toBeUndefined();
  });

  test("go when the push that put them there failed", async () => {
    const feed = await makeFeed();
    const failing = await feed.context({ store: failingStore(feed.store, { at: 3, how: "fail" }) });
    await expect(push(failing, core)).rejects.toThrow("write 3 fails");
    expect(await soundness(feed)).toEqual([]);
    expect(await feed.store.stat(path)).toBeUndefined();
  });
});

describe("a version that is recorded", () => {
  test.for<readonly [OverwritePolicy, string, string]>([
    ["never", "1.0.0", "exists"],
    ["never", "1.0.0-rc.1", "exists"],
    ["prerelease", "1.0.0", "exists"],
    ["prerelease", "1.0.0-rc.1", "replaced"],
    ["always", "1.0.0", "replaced"],
    ["always", "1.0.0-rc.1", "replaced"],
  ])("with other bytes, overwriting %s: %s %s", async ([overwrite, version, kind]) => {
    const feed = await makeFeed();
    await push(await feed.context(), { ...core, version });
    expect(await push(await feed.context({ overwrite }), { ...other, version })).toMatchObject({ kind });
    expect(await soundness(feed)).toEqual([]);
  });

  test("with the same bytes exists, also where it may be overwritten", async () => {
    const feed = await makeFeed();
    await push(await feed.context(), core);
    expect(await push(await feed.context({ overwrite: "always" }), core)).toEqual({ kind: "exists" });
  });

  test("exists also when it is written in another way", async () => {
    const feed = await makeFeed();
    await push(await feed.context(), core);
    const odd = { id: "CONTOSO.core", version: "1.0.0.0+build" };
    expect(await push(await feed.context(), odd)).toEqual({ kind: "exists" });
  });

  test("is never overwritten when a folder of packages holds it", async () => {
    await using source = await makePackages(core);
    await source.build();
    const context = await pushContext(source.store, { overwrite: "always", isShared: false });
    expect(await push(context, other)).toEqual({ kind: "exists" });
    expect((await verifyStore(source.store)).findings).toEqual([]);
  });

  test("is unlisted no longer once it was overwritten", async () => {
    const feed = await makeFeed();
    await push(await feed.context(), core);
    await changePublished(await feed.context(), testId("contoso.core"), version, "unlist");
    await push(await feed.context({ overwrite: "always" }), other);
    const index = await feed.store.read("v3/registration/contoso.core/1.0.0.json");
    expect(JSON.parse(new TextDecoder().decode(index?.bytes))).toMatchObject({ listed: true });
  });
});

describe("a claim", () => {
  /** A push that overwrote the bytes, and died before it recorded them. */
  async function dieAfterReplacing(feed: Feed): Promise<void> {
    await push(await feed.context(), core);
    // Staged, claimed, put.
    const store = failingStore(feed.store, { at: 3, how: "crash-after" });
    await expect(push(await feed.context({ store, overwrite: "always" }), other)).rejects.toThrow(Crash);
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(other)));
  }

  async function claimed({ store }: Feed): Promise<string[]> {
    const partition = partitionOf(testId("contoso.core"));
    const bytes = (await store.read(partitionPath(partition)))?.bytes ?? new Uint8Array();
    return Object.keys(decodePartition(partition, bytes).get(testId("contoso.core"))?.claims ?? {});
  }

  test("keeps others away while it may be used", async () => {
    const feed = await makeFeed();
    await dieAfterReplacing(feed);
    expect(await claimed(feed)).toEqual(["1.0.0"]);
    const third = { ...core, description: "third" };
    expect(await push(await feed.context({ overwrite: "always" }), third)).toEqual({ kind: "exists" });
  });

  test("is used by whoever pushes the same bytes again", async () => {
    const feed = await makeFeed();
    await dieAfterReplacing(feed);
    expect(await push(await feed.context({ overwrite: "always" }), other)).toMatchObject({
      kind: "replaced",
    });
    expect(await claimed(feed)).toEqual([]);
    expect(await soundness(feed)).toEqual([]);
  });

  test("of a push that died ends with a record of what lies there", async () => {
    const feed = await makeFeed();
    await dieAfterReplacing(feed);
    expect(await soundness(feed)).toEqual([]);
    expect(await claimed(feed)).toEqual([]);
    expect(await lying(feed)).toEqual(Buffer.from(buildPackage(other)));
  });
});
