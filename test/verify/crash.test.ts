import { afterAll, beforeAll, expect, test } from "vitest";
import { breakLease } from "../../src/publish/lease.js";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { countingStore } from "../support/counting-store.js";
import { copyOf, partitionPathOf, replace, told, truncate } from "../support/damaged-feed.js";
import { Crash, type Failure, failingStore } from "../support/failing-store.js";
import { checkLinks } from "../support/feed-checker.js";
import { makePackages, type PackagesFixture, settings } from "../support/packages-fixture.js";
import { makeSiteFeed } from "../support/site-feed.js";

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

/** A partition is lost, the index too, and documents of the other id and of the whole feed are damaged. */
async function damagedCopy(): Promise<Store> {
  const store = await copyOf(feed.store);
  await truncate(store, partitionPathOf("contoso.core"), 100);
  await store.delete("feed-state/index.json");
  await store.delete("v3/flat/contoso.core/1.0.0/readme");
  await replace(store, "v3/registration/contoso.text/1.0.0.json", "<html>");
  await store.delete("v3/flat/contoso.text/1.0.0/contoso.text.nuspec");
  await replace(store, "v3/search/query.json", "{}");
  return store;
}

const ways: readonly Failure["how"][] = ["crash", "crash-after", "crash-within"];

test.for(ways)("a repair that dies at any write (%s) is finished by the next", async (how) => {
  const counted = countingStore(await damagedCopy());
  expect(await told(counted, { repair: true })).toEqual([]);
  const writes = counted.writes.length;
  expect(writes).toBeGreaterThan(10);
  for (let at = 1; at <= writes; at++) {
    const store = await damagedCopy();
    await expect(verifyStore(failingStore(store, { at, how }), { repair: true })).rejects.toThrow(Crash);
    await breakLease(store);
    expect(await told(store, { repair: true }), `died at write ${at}`).toEqual([]);
    expect(await feed.tree(store)).toEqual(await feed.tree());
  }
});

test.for(ways)("a repair of a site that dies at any write (%s) is finished by the next", async (how) => {
  await using sited = await makeSiteFeed();
  const damage = async (): Promise<Store> => {
    const store = await copyOf(sited.store);
    await truncate(store, partitionPathOf("contoso.core"), 100);
    await store.delete("feed-state/index.json");
    await store.delete("packages/contoso.text/index.html");
    await replace(store, "index.html", "gone");
    return store;
  };
  const counted = countingStore(await damage());
  expect(await told(counted, { repair: true })).toEqual([]);
  // Each way has its share of the writes.
  for (let at = 1 + ways.indexOf(how); at <= counted.writes.length; at += ways.length) {
    const store = await damage();
    await expect(verifyStore(failingStore(store, { at, how }), { repair: true })).rejects.toThrow(Crash);
    await breakLease(store);
    expect(await told(store, { repair: true }), `died at write ${at}`).toEqual([]);
    expect(await sited.tree(store)).toEqual(await sited.tree());
  }
});

test("a repair that dies leaves no document that leads to nothing, unless it was so before", async () => {
  const damage = async (): Promise<Store> => {
    const store = await copyOf(feed.store);
    await store.delete("v3/registration/contoso.text/1.0.0.json");
    await store.delete("v3/registration/contoso.text/index.json");
    await store.delete("v3/search/query.json");
    return store;
  };
  const before = await checkLinks(await damage(), settings.baseUrl);
  const counted = countingStore(await damage());
  await verifyStore(counted, { repair: true });
  for (let at = 1; at <= counted.writes.length; at++) {
    const store = await damage();
    await expect(verifyStore(failingStore(store, { at, how: "crash" }), { repair: true })).rejects.toThrow(
      Crash,
    );
    const after = await checkLinks(store, settings.baseUrl);
    expect(after.filter((finding) => !before.includes(finding))).toEqual([]);
  }
});
