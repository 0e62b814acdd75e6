/** Builds over damaged state: what they name, mend and keep. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { countingStore } from "../support/counting-store.js";
import { bytesOf, copyOf, makeFeed, pathsOf, replace, told, truncate } from "../support/damaged-feed.js";
import { copies, core, damages, feedFile, index, messages, old, startOf } from "../support/damaged-state.js";
import { checkFeed } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

describe("a build finds, names and mends", () => {
  test.for(damages)("$what", async ({ damage, told: expected, isKept = true }) => {
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    const damaged = await stateBytes(store);
    store.reset();
    const { problems } = await feed.build({}, store);
    expect(messages(problems)).toEqual([expect.stringMatching(startOf(expected))]);
    expect(problems).toMatchObject([{ severity: "warning", code: "state-damaged" }]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
    const kept = await copies(store);
    expect(kept).toHaveLength(isKept ? 1 : 0);
    for (const path of kept) {
      expect(problems[0]?.message).toContain(`kept as "${path}"`);
      expect(damaged).toContainEqual(await bytesOf(store, path));
    }
    expect((await verifyStore(store)).setAside).toEqual(kept);
    store.reset();
    expect((await feed.build({}, store)).problems).toEqual([]);
    expect(store.writes).toEqual([]);
  });

  test("everything but the settings", async () => {
    const store = await copyOf(feed.store);
    for (const path of await pathsOf(store)) {
      if (path.startsWith("feed-state/") && path !== feedFile) await store.delete(path);
    }
    const { problems } = await feed.build({}, store);
    expect(problems).toHaveLength(5);
    expect(await feed.tree(store)).toEqual(await feed.tree());
    expect(await told(store)).toEqual([]);
  });

  test("the state of a feed with a web site", async () => {
    const options = { settings: { ...settings, site: {} } };
    const store = createMemoryStore();
    await feed.build(options, store);
    const before = await feed.tree(store);
    await truncate(store, core, 99);
    await store.delete(old);
    await truncate(store, index, 99);
    await feed.build(options, store);
    expect(await feed.tree(store)).toEqual(before);
    expect(await told(store)).toEqual([]);
  });

  test("damage of two kinds, while packages come and go and another address is given", async () => {
    await using packages = await makeFeed();
    await truncate(packages.store, core, 99);
    await packages.store.delete(index);
    await packages.add({ id: "Contoso.Core", version: "3.0.0" });
    await packages.add({ id: "Contoso.New", version: "1.0.0" });
    await packages.remove("Contoso.Text.1.0.0.nupkg");
    const options = { settings: { ...settings, baseUrl: "https://other.example.com/" } };
    await packages.build(options);
    const clean = createMemoryStore();
    await packages.build(options, clean);
    expect(await packages.tree()).toEqual(await packages.tree(clean));
    expect(await told(packages.store)).toEqual([]);
  });
});

describe("a dry run over damaged state", () => {
  test.for(damages)("tells the same and writes nothing ($what)", async ({ damage, told: expected }) => {
    const store = countingStore(await copyOf(feed.store));
    await damage(store);
    store.reset();
    const { problems, deleted } = await feed.build({ dryRun: true }, store);
    expect(messages(problems)).toEqual([expect.stringMatching(startOf(expected))]);
    expect(deleted).toBe(0);
    expect(store.writes).toEqual([]);
  });
});

test("a build that is refused leaves damaged state as it is", async () => {
  await using packages = await makePackages({ id: "Contoso.Core", version: "1.0.0" });
  await packages.build();
  await truncate(packages.store, core, 50);
  await packages.add({ id: "Contoso.Core", version: "1.0.0", description: "other bytes" });
  packages.store.reset();
  await expect(packages.build()).rejects.toMatchObject({
    code: "version-conflict",
    problems: [{ code: "state-damaged" }, { code: "version-changed", file: "Contoso.Core.1.0.0.nupkg" }],
  });
  expect(packages.store.writes).toEqual([]);
  await packages.build({ allowReplace: true });
  expect(await checkFeed(packages.store, settings.baseUrl)).toEqual([]);
});

describe("state of a later version of nupress is refused, also when it", () => {
  test.for([
    ["is whole", JSON.stringify({ format: 2, settings: {} })],
    ["is cut short", '{"format":2,"settings":{"base'],
  ] as const)("%s", async ([, text]) => {
    const store = countingStore(await copyOf(feed.store));
    await replace(store, feedFile, text);
    store.reset();
    await expect(feed.build({}, store)).rejects.toMatchObject({ code: "state-newer" });
    expect(store.writes).toEqual([]);
  });
});

async function stateBytes(store: Store): Promise<Uint8Array[]> {
  const paths = (await pathsOf(store)).filter((path) => path.startsWith("feed-state/"));
  return await Promise.all(paths.map(async (path) => await bytesOf(store, path)));
}
