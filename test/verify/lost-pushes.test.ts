/** Repairing a feed that was changed through the API and lost its state: nobody can build it again from a folder. */
import { expect, test } from "vitest";
import { lowerVersion, parseVersion } from "../../src/nuget/version.js";
import { changePublished } from "../../src/publish/push/change-version.js";
import type { PushContext } from "../../src/publish/push/context.js";
import { createFeed } from "../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { bytesOf, partitionPathOf, replace, told, truncate } from "../support/damaged-feed.js";
import { testKey } from "../support/ids.js";
import { push, pushContext } from "../support/push-feed.js";

const id = testKey("contoso.core");
const partition = partitionPathOf(id);

/** Two versions, of which one is unlisted. */
async function makeFeed(): Promise<PushContext> {
  const context = await pushContext(createMemoryStore());
  await createFeed(context);
  for (const version of ["1.0.0", "1.1.0"]) await push(context, { id: "Contoso.Core", version });
  await changePublished(context, id, lowerVersion(parseVersion("1.0.0")!), "unlist");
  await runScheduled(context, { grace: 0 });
  return context;
}

async function onlyLine(store: Store) {
  return JSON.parse(new TextDecoder().decode(await bytesOf(store, partition)));
}

test.for([
  ["gone", async (store: Store) => await store.delete(partition)],
  ["cut short", async (store: Store) => await truncate(store, partition, 100)],
  ["a page", async (store: Store) => await replace(store, partition, "<html>\n")],
] as const)("records of pushed versions are made again when their file is %s", async ([, damage]) => {
  const context = await makeFeed();
  const { revision } = await onlyLine(context.store);
  await damage(context.store);
  expect(await told(context.store, { repair: true })).toEqual([]);
  expect(await onlyLine(context.store)).toMatchObject({
    // Never published before: documents that are made again may differ from those of the last one.
    revision: revision + 1,
    records: [{ version: "1.0.0", facts: { api: { listed: false } } }, { version: "1.1.0" }],
  });
});

test("a feed whose records were made again takes pushes", async () => {
  const context = await makeFeed();
  await context.store.delete(partition);
  await told(context.store, { repair: true });
  expect(await push(context, { id: "Contoso.Core", version: "2.0.0" })).toMatchObject({ kind: "created" });
  await runScheduled(context, { grace: 0 });
  expect(await told(context.store)).toEqual([]);
});
