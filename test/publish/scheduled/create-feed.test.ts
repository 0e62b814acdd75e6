import { describe, expect, test } from "vitest";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { countingStore } from "../../support/counting-store.js";
import { Crash, failingStore } from "../../support/failing-store.js";
import { checkFeed } from "../../support/feed-checker.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testSettings } from "../../support/render-feed.js";
import { siteSettings } from "../../support/site-feed.js";

describe("beginning a feed", () => {
  test.for([
    ["a feed", testSettings],
    ["a feed with a web site", siteSettings],
  ] as const)("makes %s without packages", async ([, settings]) => {
    const context = await pushContext(createMemoryStore(), { settings });
    expect(await createFeed(context)).toBe(true);
    expect(await checkFeed(context.store, settings.baseUrl)).toEqual([]);
    expect((await verifyStore(context.store)).findings).toEqual([]);
  });

  test("leaves a feed alone that is there", async () => {
    const store = countingStore(createMemoryStore());
    await createFeed(await pushContext(store));
    store.reset();
    expect(await createFeed(await pushContext(store))).toBe(false);
    expect(store.writes).toEqual([]);
  });

  test("refuses a feed that is another tool's", async () => {
    const context = await pushContext(createMemoryStore());
    await context.store.put("v3/index.json", new TextEncoder().encode("{}"));
    await expect(createFeed(context)).rejects.toMatchObject({ code: "foreign-feed" });
    expect(await context.store.stat("feed-state/feed.json")).toBeUndefined();
  });

  test("twice at once makes one feed", async () => {
    const store = createMemoryStore();
    await Promise.all([createFeed(await pushContext(store)), createFeed(await pushContext(store))]);
    expect((await verifyStore(store)).findings).toEqual([]);
  });

  test("is finished by the next scheduled run when the process died", async () => {
    const writes = countingStore(createMemoryStore());
    await createFeed(await pushContext(writes));
    for (let at = 2; at <= writes.writes.length; at++) {
      const store = createMemoryStore();
      const dying = await pushContext(failingStore(store, { at, how: "crash" }));
      await expect(createFeed(dying)).rejects.toThrow(Crash);
      const context = await pushContext(store);
      expect(await createFeed(context)).toBe(false);
      expect(await push(context, { id: "Contoso.Core", version: "1.0.0" })).toMatchObject({
        kind: "created",
      });
      await runScheduled(context, { grace: 0 });
      expect((await verifyStore(store)).findings, `died at write ${at}`).toEqual([]);
    }
  });
});
