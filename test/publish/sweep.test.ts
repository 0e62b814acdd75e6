import { describe, expect, test } from "vitest";
import { isAssetPath, SEARCH_ANSWER } from "../../src/feed/urls.js";
import { cleanPartition } from "../../src/publish/clean-partition.js";
import type { PublishProgress } from "../../src/publish/context.js";
import { sweep } from "../../src/publish/sweep.js";
import type { StoredRecord } from "../../src/state/id-state.js";
import { EMPTY_INDEX, type StateIndex } from "../../src/state/state-index.js";
import { idState, makePublishing, type Publishing, partition } from "../support/publishing.js";
import { storedRecord, testDigest } from "../support/records.js";

const icon = `${testDigest("icon")}.png`;
const core = storedRecord({ icon });
const text = storedRecord({ id: "Contoso.Text", icon });

/** Publishes an id of a partition of its own, over what is there. */
async function publish(
  { context, load }: Publishing,
  n: number,
  records: readonly StoredRecord[],
): Promise<StateIndex["rows"][number]> {
  const [before] = (await load(n)).values();
  return (await cleanPartition(context, n, partition(await idState(records, before)), true)).row;
}

describe("a sweep", () => {
  test("of what has nothing obsolete writes nothing and keeps the index", async () => {
    const publishing = await makePublishing();
    const index = { ...EMPTY_INDEX, rows: [await publish(publishing, 1, [core])] };
    publishing.store.reset();
    expect(await sweep(publishing.context, index, publishing.load)).toBe(index);
    expect(publishing.store.writes).toEqual([]);
  });

  test("deletes what points before what it points to, and forgets it after that", async () => {
    const steps: PublishProgress[] = [];
    const publishing = await makePublishing({ onProgress: (step) => steps.push(step) });
    await publish(publishing, 1, [core]);
    const rows = [await publish(publishing, 1, [])];
    publishing.store.reset();
    const index = await sweep(publishing.context, { ...EMPTY_INDEX, rows }, publishing.load);
    expect(publishing.store.writes.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "delete v3/flat/contoso.core/index.json",
      "delete v3/registration-semver1/contoso.core/index.json",
      "delete v3/registration/contoso.core/index.json",
      "delete v3/registration/contoso.core/1.0.0.json",
      `delete v3/assets/${icon}`,
      "delete v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg",
      "delete v3/flat/contoso.core/1.0.0/contoso.core.nuspec",
      "delete feed-state/packages/01.jsonl",
      "put feed-state/index.json",
    ]);
    expect(index.rows).toEqual([]);
    expect(steps.at(-1)).toEqual({ phase: "delete", done: 7, total: 7 });
    expect(steps).toHaveLength(7);
  });

  test("keeps an asset for as long as another id wants it", async () => {
    const publishing = await makePublishing();
    const { store, context, load } = publishing;
    await publish(publishing, 1, [core]);
    const rows = [await publish(publishing, 1, []), await publish(publishing, 2, [text])];
    store.reset();
    const index = await sweep(context, { ...EMPTY_INDEX, rows }, load);
    expect(store.deletedPaths().filter(isAssetPath)).toEqual([]);

    const gone = await publish(publishing, 2, []);
    await sweep(context, { ...index, rows: [gone] }, load);
    expect(store.deletedPaths().filter(isAssetPath)).toEqual([`v3/assets/${icon}`]);
  });

  test("deletes documents of the whole feed too, and forgets them", async () => {
    const { store, context, load } = await makePublishing();
    const path = SEARCH_ANSWER;
    const index = { ...EMPTY_INDEX, obsolete: [path] };
    expect(await sweep(context, index, load)).toEqual(EMPTY_INDEX);
    expect(store.deletedPaths()).toEqual([path]);
  });

  test("as a dry run tells what it would delete, and deletes nothing", async () => {
    const publishing = await makePublishing();
    await publish(publishing, 1, [core]);
    const rows = [await publish(publishing, 1, [])];
    publishing.store.reset();
    const dry = { ...publishing.context, dryRun: true };
    const told = publishing.changes.length;
    expect((await sweep(dry, { ...EMPTY_INDEX, rows }, publishing.load)).rows).toEqual([]);
    expect(publishing.changes.slice(told).map(({ kind }) => kind)).toEqual(Array(7).fill("delete"));
    expect(publishing.store.writes).toEqual([]);
  });
});
