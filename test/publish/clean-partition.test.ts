import { describe, expect, test } from "vitest";
import { cleanPartition } from "../../src/publish/clean-partition.js";
import { idState, makePublishing, partition } from "../support/publishing.js";
import { storedRecord, testDigest } from "../support/records.js";

const state = "feed-state/packages/07.jsonl";
const core = storedRecord({ readmeDigest: testDigest("readme") });
const text = storedRecord({ id: "Contoso.Text" });

describe("cleaning a partition", () => {
  test("saves what is intended, then writes packages before documents, then saves what was written", async () => {
    const { store, context } = await makePublishing();
    await cleanPartition(context, 7, partition(await idState([core])), true);
    expect(store.writes.map(({ path }) => path)).toEqual([
      state,
      "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
      "v3/flat/contoso.core/1.0.0/contoso.core.nuspec",
      "v3/flat/contoso.core/1.0.0/readme",
      "v3/registration/contoso.core/1.0.0.json",
      "v3/registration/contoso.core/index.json",
      "v3/registration-semver1/contoso.core/index.json",
      "v3/flat/contoso.core/index.json",
      state,
    ]);
  });

  test("writes the documents of all ids rank by rank", async () => {
    const { store, context } = await makePublishing();
    await cleanPartition(context, 7, partition(await idState([core]), await idState([text])), true);
    const documents = store.writes.map(({ path }) => path).filter((path) => path.endsWith(".json"));
    const firstIndex = documents.findIndex((path) => path.endsWith("/index.json"));
    expect(documents.slice(0, firstIndex)).toEqual([
      "v3/registration/contoso.core/1.0.0.json",
      "v3/registration/contoso.text/1.0.0.json",
    ]);
  });

  test("opens each package once and closes it", async () => {
    const { context, packages } = await makePublishing({ isVacant: true });
    await cleanPartition(context, 7, partition(await idState([core]), await idState([text])), true);
    expect(packages).toEqual([
      "open Contoso.Core 1.0.0",
      "close Contoso.Core 1.0.0",
      "open Contoso.Text 1.0.0",
      "close Contoso.Text 1.0.0",
    ]);
  });

  test("closes the package whose copy fails, and saves nothing as written", async () => {
    const { store, context, packages } = await makePublishing();
    const put: typeof store.put = async (path, body, options) => {
      if (path.endsWith(".nuspec")) throw new Error("no space");
      return await store.put(path, body, options);
    };
    const failing = { ...context, store: { ...store, put } };
    const ids = partition(await idState([core]));
    await expect(cleanPartition(failing, 7, ids, true)).rejects.toThrow("no space");
    expect(packages).toEqual(["open Contoso.Core 1.0.0", "close Contoso.Core 1.0.0"]);
    expect(store.putPaths().filter((path) => path === state)).toHaveLength(1);
  });

  test("leaves clean ids alone", async () => {
    const { store, context, load } = await makePublishing();
    const { row } = await cleanPartition(context, 7, partition(await idState([core])), true);
    store.reset();
    const again = await cleanPartition(context, 7, await load(7), false);
    expect(store.writes).toEqual([]);
    expect(again.row).toEqual(row);
  });

  test("saves records whose documents stay the same", async () => {
    const { store, context, load } = await makePublishing();
    const { ids } = await cleanPartition(context, 7, partition(await idState([core])), true);
    store.reset();
    const [before] = ids.values();
    const origins = { added: [] };
    await cleanPartition(context, 7, partition(await idState([{ ...core, origins }], before)), true);
    expect(store.writes.map(({ path }) => path)).toEqual([state]);
    expect([...(await load(7)).values()][0]?.records[0]?.origins).toEqual(origins);
  });

  test("refuses foreign files before anything is saved or written", async () => {
    const { store, context } = await makePublishing();
    await store.put("v3/flat/contoso.core/index.json", new TextEncoder().encode("mine"));
    store.reset();
    const ids = partition(await idState([core]));
    await expect(cleanPartition(context, 7, ids, true)).rejects.toMatchObject({ code: "foreign-file" });
    expect(store.writes).toEqual([]);
  });

  test("as a dry run tells the same changes, opens no package and writes nothing", async () => {
    const wet = await makePublishing();
    const dry = await makePublishing({ dryRun: true });
    const ids = partition(await idState([core]), await idState([text]));
    const cleaned = await cleanPartition(wet.context, 7, ids, true);
    expect(await cleanPartition(dry.context, 7, ids, true)).toEqual(cleaned);
    expect(dry.changes).toEqual(wet.changes.map((change) => ({ ...change, size: 0 })));
    expect([dry.store.writes, dry.packages]).toEqual([[], []]);
  });
});
