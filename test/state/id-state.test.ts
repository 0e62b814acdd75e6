import { describe, expect, it, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import { versionListPath } from "../../src/feed/urls.js";
import { type IdState, isDirty, statePackage, withRecords } from "../../src/state/id-state.js";
import { type RecordOptions, storedRecord, testDigest, testId } from "../support/records.js";

const id = testId("contoso.core");
const settings = testDigest("settings");

async function stateOf(records: readonly RecordOptions[], previous?: IdState): Promise<IdState> {
  return await withRecords(id, previous, records.map(storedRecord), digest);
}

function rendered(state: IdState): IdState {
  return { ...state, rendered: { records: state.recordsDigest, settings } };
}

describe("an id", () => {
  it("is dirty before its first rendering", async () => {
    expect(isDirty(await stateOf([{}]), settings)).toBe(true);
  });

  it("is clean after it", async () => {
    expect(isDirty(rendered(await stateOf([{}])), settings)).toBe(false);
  });

  it("is dirty with other settings", async () => {
    expect(isDirty(rendered(await stateOf([{}])), testDigest("other"))).toBe(true);
  });

  test.each<readonly [string, readonly RecordOptions[]]>([
    ["another version", [{}, { version: "2.0.0" }]],
    ["other bytes", [{ content: "new" }]],
    ["other facts", [{ facts: { input: { listed: false } } }]],
    ["no record at all", []],
  ])("is dirty with %s", async (_, records) => {
    expect(isDirty(await stateOf(records, rendered(await stateOf([{}]))), settings)).toBe(true);
  });

  it("stays clean when only its files moved, which shows in no document", async () => {
    const before = rendered(await withRecords(id, undefined, [storedRecord()], digest));
    const moved = storedRecord({ origins: { "folder:packages": [{ path: "new.nupkg", mtime: 7 }] } });
    const after = await withRecords(id, before, [moved], digest);
    expect(isDirty(after, settings)).toBe(false);
    expect(after.records).toEqual([moved]);
  });
});

describe("withRecords", () => {
  it("keeps everything else, also what this version does not know", async () => {
    const previous = {
      ...rendered(await stateOf([{}])),
      revision: 3,
      outputs: { [versionListPath(id)]: testDigest("list") },
      obsolete: [versionListPath(testId("gone"))],
      watchers: ["somebody"],
    };
    const { records: _, recordsDigest: __, revision: ___, ...kept } = previous;
    expect(await stateOf([], previous)).toMatchObject(kept);
  });

  it("has no revision before the first change through the API", async () => {
    const built = await stateOf([{}]);
    expect(await withRecords(built.id, built, [...built.records], digest)).toEqual(built);
    expect((await stateOf([{}, { version: "2.0.0" }], built)).revision).toBeUndefined();
  });

  it("has a revision from then on, which grows with every change by whomever", async () => {
    const built = await stateOf([{}]);
    const more = (await stateOf([{}, { version: "2.0.0" }])).records;
    const pushed = await withRecords(built.id, built, more, digest, "api");
    expect(pushed.revision).toBe(1);
    expect(pushed.records.map(({ revision }) => revision)).toEqual([undefined, 1]);
    const removed = await withRecords(built.id, pushed, built.records, digest);
    expect(removed.revision).toBe(2);
    expect(removed.recordsDigest).not.toBe(built.recordsDigest);
    expect(await withRecords(built.id, removed, built.records, digest, "api")).toEqual(removed);
  });

  it("begins without outputs", async () => {
    expect((await stateOf([{}])).outputs).toEqual({});
  });
});

it("the package of a state holds its records and its revision", async () => {
  const state = { ...(await stateOf([{ version: "2.0.0" }, { version: "1.0.0" }])), revision: 2 };
  const { versions, revision } = statePackage(state);
  expect(versions.map(({ lower }) => lower)).toEqual(["1.0.0", "2.0.0"]);
  expect(versions[0]?.record).toBe(state.records[1]);
  expect(revision).toBe(2);
});
