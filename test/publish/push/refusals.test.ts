/** When a push cannot be taken in, and what is left of it then. */
import { describe, expect, test } from "vitest";
import { untilDone } from "../../../src/publish/push/attempts.js";
import type { PushContext } from "../../../src/publish/push/context.js";
import { replaceShardEntry } from "../../../src/publish/push/search-shard-entry.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { partitionOf, partitionPath } from "../../../src/state/layout.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";

const core = { id: "Contoso.Core", version: "1.0.0" };
const partition = partitionPath(partitionOf(testId("contoso.core")));
const shard = "v3/search/shards/0/0.json";

async function makeFeed(): Promise<PushContext> {
  const context = await pushContext(createMemoryStore());
  await createFeed(context);
  await push(context, core);
  await runScheduled(context, { grace: 0 });
  return context;
}

async function staged(store: Store): Promise<number> {
  let count = 0;
  for await (const { path } of store.list("feed-state/staging/")) if (path.endsWith(".nupkg")) count += 1;
  return count;
}

async function text({ store }: PushContext, path: string): Promise<string> {
  return new TextDecoder().decode((await store.read(path))?.bytes);
}

describe("a push", () => {
  test.for<readonly [string, (store: Store) => Promise<unknown>]>([
    ["is damaged", async (store) => await store.put(partition, new TextEncoder().encode("{"))],
    ["is lost", async (store) => await store.delete(partition)],
    ["is empty", async (store) => await store.put(partition, new Uint8Array())],
  ])("is refused where the state %s, and changes nothing", async ([, harm]) => {
    const context = await makeFeed();
    await harm(context.store);
    const list = await text(context, "v3/flat/contoso.core/index.json");
    await expect(push(context, { ...core, version: "2.0.0" })).rejects.toMatchObject({
      code: "state-corrupt",
    });
    expect(await text(context, "v3/flat/contoso.core/index.json")).toBe(list);
    expect(await staged(context.store)).toBe(0);
  });

  test("is refused where somebody else's file lies, and taken once it is gone", async () => {
    const context = await makeFeed();
    const leaf = "v3/registration/contoso.core/2.0.0.json";
    await context.store.put(leaf, new TextEncoder().encode("mine"));
    await expect(push(context, { ...core, version: "2.0.0" })).rejects.toMatchObject({
      code: "foreign-file",
    });
    expect(await text(context, leaf)).toBe("mine");
    expect(await text(context, "v3/flat/contoso.core/index.json")).not.toContain("2.0.0");
    await context.store.delete(leaf);
    expect(await push(context, { ...core, version: "2.0.0" })).toMatchObject({ kind: "created" });
    await runScheduled(context, { grace: 0 });
    expect((await verifyStore(context.store)).findings).toEqual([]);
  });

  test("gives up when others always come first, and leaves nothing for good", async () => {
    let time = Date.parse("2026-02-03T04:05:06Z");
    const { store } = await makeFeed();
    const busy: Store = {
      ...store,
      put: async (path, body, options) =>
        path === partition ? { kind: "conflict" } : await store.put(path, body, options),
    };
    const late = await pushContext(busy, { now: () => time });
    await expect(push(late, { ...core, version: "2.0.0" })).rejects.toMatchObject({ code: "lost-race" });
    for (let run = 0; run < 2; run++) {
      time += 2 * 60 * 60 * 1000;
      await runScheduled(await pushContext(store, { now: () => time }), { grace: 0 });
    }
    expect((await verifyStore(store)).findings).toEqual([]);
  });

  test("writes nothing more once it is aborted", async () => {
    const context = await makeFeed();
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(push({ ...context, signal }, { ...core, version: "2.0.0" })).rejects.toThrow("gone");
    expect(await context.store.stat("v3/flat/contoso.core/2.0.0/contoso.core.2.0.0.nupkg")).toBeUndefined();
  });
});

describe("attempts", () => {
  test("pause longer and longer, but never longer than a second", async () => {
    const pauses: number[] = [];
    const context = { random: () => 0.5, wait: async (pause: number) => void pauses.push(pause) };
    let left = 12;
    const attempt = async () => (left-- > 0 ? undefined : "done");
    expect(await untilDone(context, "change it", attempt)).toBe("done");
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 500, 500, 500, 500, 500, 500]);
  });

  test("tell what could not be done", async () => {
    const context = { random: () => 0, wait: async () => {} };
    await expect(untilDone(context, 'change "it"', async () => undefined)).rejects.toThrow(
      'Cannot change "it": others wrote it 60 times meanwhile',
    );
  });
});

describe("the entry of an id in search", () => {
  test("never replaces one of a higher revision", async () => {
    const context = await makeFeed();
    const old = await push(context, { ...core, version: "2.0.0" });
    await push(context, { ...core, version: "3.0.0" });
    const before = await text(context, shard);
    if (old.kind !== "exists") await replaceShardEntry(context, old.state);
    expect(await text(context, shard)).toBe(before);
    expect(before).toContain('"3.0.0"');
  });

  test.for(["v3/search/shards/index.json", shard])(
    "is left to the next run where there is no %s",
    async (path) => {
      const context = await makeFeed();
      await context.store.delete(path);
      expect(await push(context, { ...core, version: "2.0.0" })).toMatchObject({ kind: "created" });
      expect(await context.store.stat(path)).toBeUndefined();
    },
  );

  test.for<readonly [string, string]>([
    ["v3/search/shards/index.json", "{"],
    ["v3/search/shards/index.json", '{"bits":-1}'],
    ["v3/search/shards/index.json", '{"bits":0.5}'],
    [shard, "{"],
  ])("is taken although %s is damaged: %s", async ([path, damage]) => {
    const context = await makeFeed();
    await context.store.put(path, new TextEncoder().encode(damage));
    expect(await push(context, { ...core, version: "2.0.0" })).toMatchObject({ kind: "created" });
    expect(await text(context, path)).toBe(damage);
    expect(await text(context, "v3/flat/contoso.core/index.json")).toContain("2.0.0");
  });

  test("replaces its line where that is damaged", async () => {
    const context = await makeFeed();
    const damaged = (await text(context, shard)).replace(/("revision":).*/, "$1");
    await context.store.put(shard, new TextEncoder().encode(damaged));
    await push(context, { ...core, version: "2.0.0" });
    expect(JSON.parse(await text(context, shard))).toMatchObject({ entries: [{ key: "contoso.core" }] });
  });
});
