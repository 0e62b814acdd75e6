import { describe, expect, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import type { LoadPartition } from "../../src/publish/feed-documents.js";
import { fold, needsFold } from "../../src/publish/fold.js";
import { feedSettingsDigest } from "../../src/state/feed-file.js";
import type { PartitionNumber } from "../../src/state/layout.js";
import { decodeStateIndex, EMPTY_INDEX, type PartitionRow } from "../../src/state/state-index.js";
import { makePublishing } from "../support/publishing.js";
import { testDigest } from "../support/records.js";
import { testSettings } from "../support/render-feed.js";

const index = "feed-state/index.json";

/** A row that claims ids of which nobody asks for more than their number. */
function row(partition: PartitionNumber, ids: number, content = "first"): PartitionRow {
  const digest = testDigest(`${partition} ${content}`);
  return { partition, digest, ids, versions: ids, undated: 0, outputs: 0, recent: [] };
}

/** Enough ids for four shards. */
const rows = [0, 64, 128, 192].map((partition) => row(partition, 250));

/** Reads empty partitions, and notes which. */
function loadNothing(): { readonly load: LoadPartition; readonly loaded: PartitionNumber[] } {
  const loaded: PartitionNumber[] = [];
  const load: LoadPartition = async (partition) => {
    loaded.push(partition);
    return new Map();
  };
  return { load, loaded };
}

describe("a fold", () => {
  test("of rows and settings that did not change writes nothing", async () => {
    const { store, context } = await makePublishing();
    const { load } = loadNothing();
    const first = await fold(context, EMPTY_INDEX, rows, load);
    store.reset();
    expect(await fold(context, first, rows, load)).toBe(first);
    expect(store.writes).toEqual([]);
  });

  test("marks what it is about to write first, and writes the service index and its own last", async () => {
    const { store, context } = await makePublishing();
    const puts: string[] = [];
    const marks: unknown[] = [];
    const put: typeof store.put = async (path, body, options) => {
      puts.push(path);
      if (path === index && body instanceof Uint8Array) marks.push(decodeStateIndex(body));
      return await store.put(path, body, options);
    };
    const written = await fold(
      { ...context, store: { ...store, put } },
      EMPTY_INDEX,
      rows,
      loadNothing().load,
    );
    expect([puts[0], ...puts.slice(-2)]).toEqual([index, "v3/index.json", index]);
    expect(new Set(puts.slice(1, -1))).toEqual(new Set(Object.keys(written.outputs)));
    const underWay = Object.fromEntries(Object.keys(written.outputs).map((path) => [path, "?"]));
    expect(marks).toEqual([{ rows: [], outputs: underWay }, written]);
  });

  test("makes only the shards again whose partitions changed, and reads no others", async () => {
    const { store, context } = await makePublishing();
    const first = await fold(context, EMPTY_INDEX, rows, loadNothing().load);
    const shards = Object.keys(first.outputs).filter((path) => /shards\/\d+\//.test(path));
    expect(shards.sort()).toEqual([0, 1, 2, 3].map((n) => `v3/search/shards/2/${n}.json`));
    const { load, loaded } = loadNothing();
    const changed = rows.map((row) =>
      row.partition === 128 ? { ...row, digest: testDigest("other") } : row,
    );
    store.reset();
    const second = await fold(context, first, changed, load);
    expect(loaded).toEqual([128]);
    expect(store.putPaths()).toEqual([index, index]);
    expect(second).toEqual({ ...first, rows: changed });
  });

  test("makes a shard from all of its partitions when it does not lie there as it was written", async () => {
    const { store, context } = await makePublishing();
    const first = await fold(context, EMPTY_INDEX, rows, loadNothing().load);
    await store.put("v3/search/shards/2/2.json", new TextEncoder().encode("{}"));
    const { load, loaded } = loadNothing();
    const changed = rows.map((row) =>
      row.partition === 128 ? { ...row, digest: testDigest("other") } : row,
    );
    await fold(context, first, changed, load);
    expect(loaded).toEqual(Array.from({ length: 64 }, (_, n) => 128 + n));
  });

  test("leaves shards of another division to be deleted", async () => {
    const { context } = await makePublishing();
    const { load } = loadNothing();
    const first = await fold(context, EMPTY_INDEX, rows, load);
    const second = await fold(context, first, [row(0, 10)], load);
    expect(second.shardBits).toBe(0);
    expect(second.obsolete).toEqual([0, 1, 2, 3].map((n) => `v3/search/shards/2/${n}.json`));
  });

  test("refuses foreign files before it writes anything", async () => {
    const { store, context } = await makePublishing();
    await store.put("v3/search/shards/2/3.json", new TextEncoder().encode("mine"));
    store.reset();
    await expect(fold(context, EMPTY_INDEX, rows, loadNothing().load)).rejects.toMatchObject({
      code: "foreign-file",
      message: expect.stringContaining('"v3/search/shards/2/3.json"'),
    });
    expect(store.writes).toEqual([]);
  });
});

describe("the documents of the whole feed", () => {
  test.for([
    ["nothing changed", rows, testSettings, false],
    ["a partition came", [...rows, row(200, 1)], testSettings, true],
    ["a partition left", rows.slice(1), testSettings, true],
    ["a partition changed", [row(0, 250, "second"), ...rows.slice(1)], testSettings, true],
    ["a setting changed", rows, { ...testSettings, staticSearch: 0 }, true],
  ] as const)("are looked at when %s", async ([, after, settings, expected]) => {
    const before = { ...EMPTY_INDEX, rows, settings: await feedSettingsDigest(testSettings, digest) };
    expect(needsFold(before, after, await feedSettingsDigest(settings, digest))).toBe(expected);
  });
});
