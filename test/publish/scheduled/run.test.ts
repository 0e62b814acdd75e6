/** The scheduled run: what it finishes, what it deletes and when, and what it leaves alone. */
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { changePublished } from "../../../src/publish/push/change-version.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { type CountingStore, countingStore } from "../../support/counting-store.js";
import { Crash, failingStore } from "../../support/failing-store.js";
import { tinyPng } from "../../support/packages-fixture.js";
import { push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";

const HOUR = 60 * 60 * 1000;
const icon = { path: "icon.png", content: tinyPng };
const id = testId("contoso.core");
const one = lowerVersion(parseVersion("1.0.0")!);
const nupkg = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";

/** Two ids that share an icon, after a run. */
async function makeFeed(time: { now: number }): Promise<CountingStore> {
  const store = countingStore(createMemoryStore());
  const context = await pushContext(store, { now: () => time.now });
  await createFeed(context);
  await push(context, { id: "Contoso.Core", version: "1.0.0", icon });
  await push(context, { id: "Contoso.Core", version: "2.0.0" });
  await push(context, { id: "Contoso.Text", version: "1.0.0", icon });
  await runScheduled(context, { grace: HOUR });
  store.reset();
  return store;
}

async function contextOf(store: Store, time: { now: number }) {
  return await pushContext(store, { now: () => time.now });
}

describe("a scheduled run", () => {
  test("that has nothing to do reads no partition, and writes nothing", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    expect(await runScheduled(await contextOf(store, time), { grace: HOUR })).toEqual({
      finished: 0,
      problems: [],
    });
    expect(store.writes).toEqual([]);
    expect(store.readPaths()).toEqual(["feed-state/index.json"]);
  });

  test("finishes what a push left that died, and the feed-wide documents", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    // Staged, put, recorded.
    const dying = await contextOf(failingStore(store, { at: 4, how: "crash" }), time);
    await expect(push(dying, { id: "Contoso.Core", version: "3.0.0" })).rejects.toThrow(Crash);
    time.now += 2 * HOUR;
    expect(await runScheduled(await contextOf(store, time), { grace: HOUR })).toEqual({
      finished: 1,
      problems: [],
    });
    const answer = new TextDecoder().decode((await store.read("v3/search/query.json"))?.bytes);
    expect(answer).toContain('"3.0.0"');
    expect((await verifyStore(store)).findings).toEqual([]);
  });

  test("tells what is wrong with one id, and goes on with the others", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    for (const name of ["Contoso.Core", "Contoso.Text"]) {
      const dying = await contextOf(failingStore(store, { at: 4, how: "crash" }), time);
      await expect(push(dying, { id: name, version: "3.0.0" })).rejects.toThrow(Crash);
    }
    await store.delete("v3/flat/contoso.core/3.0.0/contoso.core.3.0.0.nupkg");
    const report = await runScheduled(await contextOf(store, time), { grace: HOUR });
    expect(report).toMatchObject({ finished: 1, problems: [{ code: "package-missing" }] });
    expect(await store.stat("v3/registration/contoso.text/3.0.0.json")).toBeDefined();
  });
});

describe("files of a deleted version", () => {
  test("stay for as long as readers may be on their way to them", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    await changePublished(await contextOf(store, time), id, one, "delete");
    time.now += HOUR - 1;
    await runScheduled(await contextOf(store, time), { grace: HOUR });
    expect(await store.stat(nupkg)).toBeDefined();
    time.now += 1;
    await runScheduled(await contextOf(store, time), { grace: HOUR });
    expect(await store.stat(nupkg)).toBeUndefined();
    expect((await verifyStore(store)).findings).toEqual([]);
  });

  test("stay when the version was pushed again", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    await changePublished(await contextOf(store, time), id, one, "delete");
    time.now += 2 * HOUR;
    const again = { id: "Contoso.Core", version: "1.0.0", icon };
    expect(await push(await contextOf(store, time), again)).toMatchObject({ kind: "created" });
    await runScheduled(await contextOf(store, time), { grace: HOUR });
    expect(await store.stat(nupkg)).toBeDefined();
    expect((await verifyStore(store)).findings).toEqual([]);
  });

  test("are no assets that another id uses", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await makeFeed(time);
    const icons = async () => {
      const paths: string[] = [];
      for await (const { path } of store.list("v3/assets/")) paths.push(path);
      return paths.length;
    };
    const after: number[] = [];
    for (const name of ["contoso.core", "contoso.text"]) {
      await changePublished(await contextOf(store, time), testId(name), one, "delete");
      time.now += 2 * HOUR;
      await runScheduled(await contextOf(store, time), { grace: HOUR });
      after.push(await icons());
      expect((await verifyStore(store)).findings).toEqual([]);
    }
    expect(after).toEqual([1, 0]);
  });
});

describe("an id whose files are being deleted", () => {
  async function dieSweeping(time: { now: number }): Promise<CountingStore> {
    const store = await makeFeed(time);
    await changePublished(await contextOf(store, time), id, one, "delete");
    await runScheduled(await contextOf(store, time), { grace: HOUR });
    time.now += 2 * HOUR;
    // Marked, and one file deleted.
    const dying = await contextOf(failingStore(store, { at: 2, how: "crash-after" }), time);
    await expect(runScheduled(dying, { grace: HOUR })).rejects.toThrow(Crash);
    return store;
  }

  test("cannot be pushed to", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const context = await contextOf(await dieSweeping(time), time);
    await expect(push(context, { id: "Contoso.Core", version: "3.0.0" })).rejects.toMatchObject({
      code: "sweeping",
    });
    await expect(changePublished(context, id, one, "unlist")).rejects.toMatchObject({ code: "sweeping" });
  });

  test("is swept to the end by the next run", async () => {
    const time = { now: Date.parse("2026-02-03T04:05:06Z") };
    const store = await dieSweeping(time);
    const context = await contextOf(store, time);
    await runScheduled(context, { grace: HOUR });
    expect(await store.stat(nupkg)).toBeUndefined();
    expect((await verifyStore(store)).findings).toEqual([]);
    expect(await push(context, { id: "Contoso.Core", version: "3.0.0" })).toMatchObject({ kind: "created" });
  });
});
