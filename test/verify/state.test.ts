/** Damage of more than one part of the state, and what becomes of records that were lost. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../../src/store/store.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import {
  bytesOf,
  copyOf,
  edit,
  flip,
  makeFeed,
  partitionPathOf,
  pathsOf,
  replace,
  told,
} from "../support/damaged-feed.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";
import { core, type Damage, feedFile, index, testDamages } from "./state-damages.js";

let feed: PackagesFixture;

beforeAll(async () => {
  feed = await makeFeed();
});
afterAll(async () => {
  await feed[Symbol.asyncDispose]();
});

const damages: readonly Damage[] = [
  {
    what: "a partition and documents of the whole feed are gone or changed",
    damage: async (store) => {
      await store.delete(core);
      await replace(store, ".nojekyll", "x");
      await replace(store, "v3/search/query.json", '{"totalHits":0,"data":[]}');
      await store.delete("v3/search/shards/0/0.json");
    },
    findings: [
      `state-missing ${core}`,
      `state-damaged ${core}`,
      "document-differs .nojekyll",
      "document-missing v3/search/shards/0/0.json",
    ],
  },
  {
    what: "everything of the state is gone but the settings",
    damage: async (store) => {
      for (const path of await pathsOf(store)) {
        if (path.startsWith("feed-state/") && path !== feedFile) await store.delete(path);
      }
    },
    findings: [
      `state-missing ${index}`,
      ...["contoso.text", "contoso.many", "contoso.core", "contoso.old"]
        .map(partitionPathOf)
        .sort()
        .map((path) => `state-damaged ${path}`),
    ],
  },
];

testDamages(damages);

describe("a version of a lost record", () => {
  const origins = async (store: Store): Promise<unknown> => {
    const lines = new TextDecoder().decode(await bytesOf(store, core));
    return JSON.parse(lines).records[0].origins;
  };

  test("belongs to nobody, until a folder brings it again", async () => {
    const store = await copyOf(feed.store);
    await flip(store, core, 200);
    await verifyStore(store, { repair: true });
    expect(await origins(store)).toEqual({ recovered: [] });
    await feed.build({}, store);
    expect(await origins(store)).toEqual({
      "folder:packages": [{ path: "Contoso.Core.1.0.0.nupkg", mtime: expect.any(Number) }],
    });
  });

  test("stays where no folder has it", async () => {
    const store = await copyOf(feed.store);
    await flip(store, core, 200);
    await verifyStore(store, { repair: true });
    await using other = await makePackages({ id: "Contoso.Other", version: "1.0.0" });
    await other.build({ allowMassRemoval: true }, store);
    expect(await origins(store)).toEqual({ recovered: [] });
    expect(await told(store)).toEqual([]);
  });
});

test("a state of a later version of nupress is refused", async () => {
  const store = await copyOf(feed.store);
  await edit(store, feedFile, (json) => json.replace('"format":1', '"format":2'));
  await expect(verifyStore(store)).rejects.toMatchObject({ code: "state-newer" });
});

test("without settings that anybody could tell, the documents are checked for themselves", async () => {
  const store = await copyOf(feed.store);
  await store.delete(feedFile);
  await store.delete(index);
  expect(await told(store)).toEqual([`state-missing ${feedFile}`, `state-missing ${index}`]);
  const before = await pathsOf(store);
  expect(await told(store, { repair: true })).toEqual([
    `state-missing ${feedFile}`,
    `state-missing ${index}`,
  ]);
  expect(await pathsOf(store)).toEqual(before);
});
