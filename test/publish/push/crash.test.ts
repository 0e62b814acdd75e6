/** A process that dies at any write: nothing is half visible, and what comes later finishes it. */
import { describe, expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import { changePublished } from "../../../src/publish/push/change-version.js";
import type { PushContext } from "../../../src/publish/push/context.js";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { stagingTime } from "../../../src/state/layout.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { verifyStore } from "../../../src/verify/node/verify.js";
import { countingStore } from "../../support/counting-store.js";
import { datedStore } from "../../support/dated-store.js";
import { Crash, type Failure, failingStore } from "../../support/failing-store.js";
import { checkFeed, checkLinks } from "../../support/feed-checker.js";
import { plainTree } from "../../support/feed-tree.js";
import type { PackageOptions } from "../../support/package-builder.js";
import { tinyPng } from "../../support/packages-fixture.js";
import { type PushOptions, push, pushContext } from "../../support/push-feed.js";
import { testId } from "../../support/records.js";
import { testSettings } from "../../support/render-feed.js";

const HOUR = 60 * 60 * 1000;
const begin = Date.parse("2026-02-03T04:05:06Z");

const icon = { path: "icon.png", content: tinyPng };
const readme = { path: "README.md", content: "# Text" };
const core: PackageOptions = { id: "Contoso.Core", version: "1.1.0", icon, readme };
const text: PackageOptions = { id: "Contoso.Text", version: "1.0.0", icon, readme };
const lower = (version: string) => lowerVersion(parseVersion(version)!);

interface Change {
  readonly what: string;
  readonly make: (context: PushContext) => Promise<unknown>;
  readonly options?: PushOptions;
}

const changes: readonly Change[] = [
  { what: "a push of a new id", make: async (context) => await push(context, text) },
  {
    what: "a push of another version",
    make: async (context) => await push(context, { ...core, version: "2.0.0" }),
  },
  {
    what: "a push that overwrites",
    make: async (context) =>
      await push(context, { ...core, description: "other", readme: { ...readme, content: "#" } }),
    options: { overwrite: "always" },
  },
  {
    what: "an unlisting",
    make: async (context) => await changePublished(context, testId("contoso.core"), lower("1.1.0"), "unlist"),
  },
  {
    what: "a deletion",
    make: async (context) => await changePublished(context, testId("contoso.core"), lower("1.1.0"), "delete"),
  },
  {
    what: "a deletion of all that there is of an id",
    make: async (context) => await changePublished(context, testId("contoso.old"), lower("1.0.0"), "delete"),
  },
  { what: "a scheduled run", make: async (context) => await runScheduled(context, { grace: HOUR }) },
];

/** A feed with versions that the fold has not seen, and with files that wait for their deletion. */
async function makeFeed(options: PushOptions = {}): Promise<Store> {
  const store = datedStore(createMemoryStore(), () => begin);
  const context = await contextOf(store, begin, options);
  await createFeed(context);
  await push(context, { ...core, version: "1.0.0" });
  await push(context, core);
  await push(context, { id: "Contoso.Old", version: "1.0.0" });
  await push(context, {
    id: "Contoso.Old",
    version: "0.9.0",
    icon: { ...icon, content: new Uint8Array([...tinyPng, 7]) },
  });
  await runScheduled(context, { grace: HOUR });
  await changePublished(context, testId("contoso.old"), lower("0.9.0"), "delete");
  await push(context, { ...core, version: "1.0.1" });
  return store;
}

async function contextOf(store: Store, time: number, options: PushOptions = {}): Promise<PushContext> {
  return await pushContext(store, { ...options, now: () => time });
}

/** What the next hours bring: the client tries again, and runs finish what is left. */
async function goOn(store: Store, { make, options }: Change): Promise<void> {
  await make(await contextOf(store, begin + 2 * HOUR, options));
  for (const hours of [4, 6, 8]) {
    const { problems } = await runScheduled(await contextOf(store, begin + hours * HOUR, options), {
      grace: HOUR,
    });
    expect(problems).toEqual([]);
  }
}

/** But for the last one of a push, which takes its staged package away: that this fails is no matter. */
async function writesOf(change: Change): Promise<number> {
  const store = countingStore(await makeFeed(change.options));
  await change.make(await contextOf(store, begin + 2 * HOUR, change.options));
  return store.writes.filter(({ kind, path }) => kind !== "delete" || stagingTime(path) === undefined).length;
}

async function undisturbedTree(change: Change): Promise<unknown> {
  const store = await makeFeed(change.options);
  await goOn(store, change);
  return await plainTree(store);
}

const cases = changes.flatMap((change) => [
  { ...change, who: "one of many", options: { ...change.options, isShared: true } },
  { ...change, who: "the only process", options: { ...change.options, isShared: false } },
]);

/** A part of what was to be created is left in folders only. */
function waysOf({ options }: Change): Failure["how"][] {
  return options?.isShared === false ? ["crash", "crash-after", "crash-within"] : ["crash", "crash-after"];
}

describe.for(cases)("$what of $who that dies", (change) => {
  const { baseUrl } = testSettings;

  async function crash(store: Store, failure: Failure): Promise<void> {
    const context = await contextOf(failingStore(store, failure), begin + 2 * HOUR, change.options);
    await expect(change.make(context)).rejects.toThrow(Crash);
  }

  test("at any write, each in one way in turn", async () => {
    const ways = waysOf(change);
    const wanted = await undisturbedTree(change);
    const writes = await writesOf(change);
    expect(writes).toBeGreaterThan(2);
    for (let at = 1; at <= writes; at++) {
      const how = ways[at % ways.length] ?? "crash";
      const where = `${how} at write ${at}`;
      const store = await makeFeed(change.options);
      await crash(store, { at, how });
      expect(await checkLinks(store, baseUrl), where).toEqual([]);
      await goOn(store, change);
      expect(await checkFeed(store, baseUrl), where).toEqual([]);
      expect((await verifyStore(store)).findings, where).toEqual([]);
      expect(await plainTree(store), where).toEqual(wanted);
    }
  });
});
