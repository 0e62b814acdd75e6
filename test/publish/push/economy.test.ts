/** How much a push does to a store: object stores charge by the operation, and each takes a while. */
import { describe, expect, test } from "vitest";
import { createFeed } from "../../../src/publish/scheduled/create-feed.js";
import { runScheduled } from "../../../src/publish/scheduled/run.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { makePackages } from "../../support/packages-fixture.js";
import { push, pushContext } from "../../support/push-feed.js";

interface Operations {
  readonly reads: number;
  readonly writes: number;
}

/** Operations of pushing a version into what lies in a store. */
async function operationsOf(inner: Store, version: string): Promise<Operations> {
  let [reads, writes] = [0, 0];
  const read = () => void (reads += 1);
  const write = () => void (writes += 1);
  const store: Store = {
    ...inner,
    stat: async (path) => (read(), await inner.stat(path)),
    read: async (path, options) => (read(), await inner.read(path, options)),
    stream: async (path, options) => (read(), await inner.stream(path, options)),
    list: (prefix) => (read(), inner.list(prefix)),
    put: async (path, body, options) => (write(), await inner.put(path, body, options)),
    upload: async (path, chunks, options) => (write(), await inner.upload(path, chunks, options)),
    delete: async (path) => (write(), await inner.delete(path)),
  };
  const result = await push(await pushContext(store), { id: "Contoso.Core", version });
  expect(result).toMatchObject({ kind: "created" });
  return { reads, writes };
}

async function feedOf(ids: number): Promise<Store> {
  const context = await pushContext(createMemoryStore());
  await createFeed(context);
  await push(context, { id: "Contoso.Core", version: "1.0.0" });
  for (let n = 0; n < ids; n++) await push(context, { id: `Contoso.N${n}`, version: "1.0.0" });
  await runScheduled(context, { grace: 0 });
  return context.store;
}

describe("a push", () => {
  test("does as much in a feed of one id as in one of many", async () => {
    const alone = await operationsOf(await feedOf(0), "2.0.0");
    const amongMany = await operationsOf(await feedOf(40), "2.0.0");
    expect(amongMany).toEqual(alone);
    // Staging, package, two changes of the state, nuspec, leaf, three indexes, search; and the staging is cleared.
    expect(alone.writes).toBe(11);
  });

  test("writes the pages that change, however many versions there are", async () => {
    const versions = Array.from({ length: 200 }, (_, n) => ({ id: "Contoso.Core", version: `1.${n}.0` }));
    await using source = await makePackages(...versions);
    await source.build();
    // The first change through the API gives all documents that change in place their revision.
    const first = await operationsOf(source.store, "2.0.0");
    const second = await operationsOf(source.store, "2.1.0");
    expect(second.writes).toBeLessThanOrEqual(first.writes);
    expect(second.writes).toBeLessThan(25);
  });
});
