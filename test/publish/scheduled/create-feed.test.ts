import { describe, expect, test } from "vitest";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { FEED_FILE, STATE_INDEX } from "../../../src/state/layout.js";
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

  describe("where only the note of its settings is lost", () => {
    async function lost(files: readonly string[], settings = siteSettings) {
      const store = countingStore(createMemoryStore());
      const context = await pushContext(store, { settings });
      await createFeed(context);
      await push(context, { id: "Contoso.Core", version: "1.0.0" });
      await runScheduled(context, { grace: 0 });
      const note = await store.read(FEED_FILE);
      for (const path of files) await store.delete(path);
      store.reset();
      return { store, context, note };
    }

    test.for([
      ["a feed", testSettings],
      ["a feed with a web site", siteSettings],
    ] as const)("takes %s for its own that was made with the same settings", async ([, settings]) => {
      const { store, context, note } = await lost([FEED_FILE], settings);
      expect(await createFeed(context)).toBe(false);
      expect(store.putPaths()).toEqual([FEED_FILE]);
      expect((await store.read(FEED_FILE))?.bytes).toEqual(note?.bytes);
      expect((await verifyStore(store)).findings).toEqual([]);
    });

    test.for([
      ["address", { baseUrl: "https://other.example.com/" }],
      ["site", { site: { title: "Fabrikam" } }],
      ["static search", { staticSearch: 3 }],
    ] as const)("refuses a feed of another %s, and says what to do", async ([, settings]) => {
      const { store } = await lost([FEED_FILE]);
      const other = await pushContext(store, { settings: { ...siteSettings, ...settings } });
      await expect(createFeed(other)).rejects.toMatchObject({
        code: "foreign-feed",
        message: expect.stringContaining(
          `"${FEED_FILE}" is missing, and the rest of its state was made with other settings`,
        ),
        hint: expect.stringMatching(/^put the file back from a backup, or repair the feed/),
      });
      expect(store.writes).toEqual([]);
    });

    test("refuses a feed whose state tells no settings", async () => {
      const { store, context } = await lost([FEED_FILE, STATE_INDEX]);
      const told = { code: "foreign-feed", message: expect.stringContaining("does not tell its settings") };
      await expect(createFeed(context)).rejects.toMatchObject(told);
      await store.put(STATE_INDEX, new TextEncoder().encode("{"));
      await expect(createFeed(context)).rejects.toMatchObject(told);
      expect(store.putPaths()).toEqual([STATE_INDEX]);
    });
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
