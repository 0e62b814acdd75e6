import { afterAll, beforeAll, expect, test } from "vitest";
import { breakLease } from "../../src/publish/lease.js";
import type { Store } from "../../src/store/store.js";
import { countingStore } from "../support/counting-store.js";
import { copyOf, partitionPathOf, told, truncate } from "../support/damaged-feed.js";
import { type Failure, failingStore } from "../support/failing-store.js";
import { checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makePackages(
    { id: "Contoso.Core", version: "1.0.0", readme: { path: "README.md", content: "# Core" } },
    { id: "Contoso.Core", version: "1.1.0" },
    { id: "Contoso.Text", version: "1.0.0" },
  );
  await feed.build();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

/** A partition and the index are damaged, and a document that is made of them. */
async function damagedCopy(): Promise<Store> {
  const store = await copyOf(feed.store);
  await truncate(store, partitionPathOf("contoso.core"), 100);
  await truncate(store, "feed-state/index.json", 100);
  await truncate(store, "feed-state/feed.json", 20);
  return store;
}

const ways: readonly Failure["how"][] = ["fail", "crash", "crash-after", "crash-within"];

test.for(ways)(
  "a build that mends the state and stops at any write (%s) is finished by the next",
  async (how) => {
    const counted = countingStore(await damagedCopy());
    await feed.build({}, counted);
    const writes = counted.writes.length;
    expect(writes).toBeGreaterThan(15);
    for (let at = 1; at <= writes; at++) {
      const store = await damagedCopy();
      await feed.build({}, failingStore(store, { at, how })).catch(() => {});
      await breakLease(store);
      expect(await checkLinks(store, settings.baseUrl), `links after write ${at}`).toEqual([]);
      await feed.build({}, store);
      expect(await feed.tree(store), `stopped at write ${at}`).toEqual(await feed.tree());
      expect(await told(store), `stopped at write ${at}`).toEqual([]);
    }
  },
);
