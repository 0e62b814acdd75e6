/** Unlisting, relisting and deleting versions of a feed, and what everybody sees then. */
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { changePublished } from "../../../src/publish/push/change-version.js";
import type { PushContext } from "../../../src/publish/push/context.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { countingStore } from "../../support/counting-store.js";
import { Crash, failingStore } from "../../support/failing-store.js";
import { makePackages } from "../../support/packages-fixture.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";

const id = testId("contoso.core");
const one = lowerVersion(parseVersion("1.0.0")!);
const two = lowerVersion(parseVersion("2.0.0")!);
const flat = "v3/flat/contoso.core";

async function makeFeed(): Promise<PushContext> {
  const context = await pushContext(createMemoryStore());
  await createFeed(context);
  await push(context, { id: "Contoso.Core", version: "1.0.0" });
  await push(context, { id: "Contoso.Core", version: "2.0.0" });
  return context;
}

async function json({ store }: PushContext, path: string): Promise<unknown> {
  return JSON.parse(new TextDecoder().decode((await store.read(path))?.bytes));
}

/** Versions in search. */
async function found(context: PushContext): Promise<unknown> {
  return await json(context, "v3/search/shards/0/0.json");
}

describe("unlisting", () => {
  test("takes a version out of search, and leaves it where restore looks", async () => {
    const context = await makeFeed();
    expect(await changePublished(context, id, two, "unlist")).toMatchObject({ kind: "changed" });
    expect(await found(context)).toMatchObject({ entries: [{ versions: [{ version: "1.0.0" }] }] });
    expect(await json(context, `${flat}/index.json`)).toMatchObject({ versions: ["1.0.0", "2.0.0"] });
    expect(await json(context, "v3/registration/contoso.core/2.0.0.json")).toMatchObject({ listed: false });
    expect(await changePublished(context, id, two, "relist")).toMatchObject({ kind: "changed" });
    expect(await found(context)).toMatchObject({
      entries: [{ versions: [{ version: "1.0.0" }, { version: "2.0.0" }] }],
    });
  });

  test("grows the revision of the id with every change", async () => {
    const context = await makeFeed();
    const revisions: unknown[] = [];
    for (const change of ["unlist", "unlist", "relist"] as const) {
      await changePublished(context, id, one, change);
      revisions.push(await json(context, `${flat}/index.json`));
    }
    expect(revisions).toMatchObject([{ revision: 3 }, { revision: 3 }, { revision: 4 }]);
  });

  test("of what is unlisted already writes nothing", async () => {
    const context = await makeFeed();
    const store = countingStore(context.store);
    await changePublished(context, id, one, "unlist");
    expect(await changePublished({ ...context, store }, id, one, "unlist")).toEqual({ kind: "unchanged" });
    expect(store.writes).toEqual([]);
  });

  test("again finishes what the first request left", async () => {
    const context = await makeFeed();
    // Recorded, and then not shown.
    const dying = { ...context, store: failingStore(context.store, { at: 2, how: "crash" }) };
    await expect(changePublished(dying, id, two, "unlist")).rejects.toThrow(Crash);
    expect(await found(context)).toMatchObject({ entries: [{ versions: [{}, { version: "2.0.0" }] }] });
    expect(await changePublished(context, id, two, "unlist")).toEqual({ kind: "unchanged" });
    expect(await found(context)).toMatchObject({ entries: [{ versions: [{ version: "1.0.0" }] }] });
  });

  test.for([
    ["of a version", "contoso.core", "3.0.0"],
    ["of an id", "contoso.text", "1.0.0"],
  ] as const)("%s that is not there is unknown", async ([, text, version]) => {
    const context = await makeFeed();
    const lower = lowerVersion(parseVersion(version)!);
    expect(await changePublished(context, testId(text), lower, "unlist")).toEqual({ kind: "unknown" });
  });
});

describe("deleting", () => {
  test("takes a version out of all documents, and leaves its files for those on their way to them", async () => {
    const context = await makeFeed();
    expect(await changePublished(context, id, one, "delete")).toMatchObject({ kind: "changed" });
    expect(await json(context, `${flat}/index.json`)).toMatchObject({ versions: ["2.0.0"] });
    expect(await found(context)).toMatchObject({ entries: [{ versions: [{ version: "2.0.0" }] }] });
    expect(await context.store.stat(`${flat}/1.0.0/contoso.core.1.0.0.nupkg`)).toBeDefined();
    await runScheduled(context, { grace: 0 });
    expect(await context.store.stat(`${flat}/1.0.0/contoso.core.1.0.0.nupkg`)).toBeUndefined();
    expect((await verifyStore(context.store)).findings).toEqual([]);
  });

  test("takes the last version of an id out of search, and the id can come back", async () => {
    const context = await makeFeed();
    await changePublished(context, id, one, "delete");
    await changePublished(context, id, two, "delete");
    expect(await found(context)).toEqual({ entries: [] });
    await runScheduled(context, { grace: 0 });
    expect((await verifyStore(context.store)).findings).toEqual([]);
    expect(await push(context, { id: "Contoso.Core", version: "1.0.0" })).toMatchObject({ kind: "created" });
    // Its documents are none that a cache may have seen before.
    expect(await json(context, `${flat}/index.json`)).toEqual({ revision: 5, versions: ["1.0.0"] });
  });
});

describe("a change of what a build made", () => {
  test("is refused where a file of facts says otherwise", async () => {
    await using source = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await source.facts({ "Contoso.Core": { "1.0.0": { listed: false } } });
    await source.build();
    const context = await pushContext(source.store, { isShared: false });
    expect(await changePublished(context, id, one, "relist")).toEqual({ kind: "by-file" });
  });

  test("is no deletion of what a folder of packages holds", async () => {
    await using source = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await source.build();
    const context = await pushContext(source.store, { isShared: false });
    expect(await changePublished(context, id, one, "delete")).toEqual({
      kind: "by-folder",
      origin: "folder:packages",
    });
  });

  test("stays when the folder is built again", async () => {
    await using source = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
    await source.build();
    const context = await pushContext(source.store, { isShared: false });
    expect(await changePublished(context, id, one, "unlist")).toMatchObject({ kind: "changed" });
    await source.add({ id: "Contoso.Core", version: "2.0.0" });
    await source.build();
    expect(await json(context, "v3/registration/contoso.core/1.0.0.json")).toMatchObject({ listed: false });
    expect(await json(context, `${flat}/index.json`)).toMatchObject({
      revision: 2,
      versions: ["1.0.0", "2.0.0"],
    });
    expect((await verifyStore(source.store)).findings).toEqual([]);
  });
});
