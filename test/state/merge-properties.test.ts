import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredRecord } from "../../src/state/id-state.js";
import { mergeRecords, type SourceChange } from "../../src/state/merge.js";
import { testRecord } from "../support/records.js";

const folder = "folder:packages";
const nightly = "folder:nightly";

/** A folder as path → version and content; every file of a version has the same bytes, so nothing conflicts. */
type Folder = ReadonlyMap<string, string>;

// Two of them differ in nothing that the client's order sees.
const versions = ["1.0.0", "1.0.0-rc", "1.0.0--0", "1.0.0-0", "2.0.0+build", "2.0.1.4"];
const folders: fc.Arbitrary<Folder> = fc
  .dictionary(fc.constantFrom("a", "b", "c", "d", "e", "f"), fc.constantFrom(...versions))
  .map((files) => new Map(Object.entries(files)));

function files(folder: Folder): readonly string[] {
  return [...folder.keys()].toSorted();
}

/** What a source says when its folder was `before` and is `after`. */
function changeOf(before: Folder, after: Folder, origin: SourceChange["origin"] = folder): SourceChange {
  return {
    origin,
    incoming: files(after)
      .filter((path) => before.get(path) !== after.get(path))
      .map((path) => ({ record: testRecord({ version: after.get(path) ?? "" }), file: { path, mtime: 1 } })),
    gone: new Set(files(before).filter((path) => before.get(path) !== after.get(path))),
    touched: new Map(),
    facts: () => undefined,
  };
}

const none: Folder = new Map();

function recordsOf(folder: Folder): readonly StoredRecord[] {
  return mergeRecords([], changeOf(none, folder)).records;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

describe("mergeRecords", () => {
  it("comes to the same records step by step and at once", () => {
    fc.assert(
      fc.property(fc.array(folders, { maxLength: 4 }), folders, (steps, last) => {
        let records: readonly StoredRecord[] = [];
        let before = none;
        for (const step of [...steps, last]) {
          records = mergeRecords(records, changeOf(before, step)).records;
          before = step;
        }
        expect(records).toEqual(recordsOf(last));
      }),
    );
  });

  it("counts what it knew and what it lost", () => {
    fc.assert(
      fc.property(folders, folders, (before, after) => {
        const merged = mergeRecords(recordsOf(before), changeOf(before, after));
        const had = new Set(before.values());
        const has = new Set(after.values());
        expect(merged.conflicts).toEqual([]);
        expect(merged.known).toBe(had.size);
        expect(merged.withdrawn).toBe([...had].filter((version) => !has.has(version)).length);
        expect(merged.records.map(({ version }) => version).toSorted()).toEqual([...has].toSorted());
      }),
    );
  });

  it("does not depend on the order in which records and files come", () => {
    fc.assert(
      fc.property(folders, folders, fc.infiniteStream(fc.nat()), (before, after, numbers) => {
        const shuffle = <T>(list: readonly T[]): T[] =>
          list
            .map((value) => ({ value, at: numbers.next().value ?? 0 }))
            .toSorted((a, b) => a.at - b.at)
            .map(({ value }) => value);
        const change = changeOf(before, after);
        const shuffled = { ...change, incoming: shuffle(change.incoming) };
        const current = recordsOf(before);
        expect(mergeRecords(shuffle(current), shuffled)).toEqual(mergeRecords(current, change));
      }),
    );
  });

  it("changes nothing that it is given", () => {
    fc.assert(
      fc.property(folders, folders, (before, after) => {
        const current = deepFreeze(recordsOf(before));
        const change = changeOf(before, after);
        deepFreeze(change.incoming);
        expect(() => mergeRecords(current, change)).not.toThrow();
      }),
    );
  });

  it("keeps two sources apart", () => {
    fc.assert(
      fc.property(folders, folders, folders, (ours, theirs, later) => {
        const both = mergeRecords(recordsOf(ours), changeOf(none, theirs, nightly)).records;
        const withoutOurs = mergeRecords(both, changeOf(ours, none)).records;
        expect(withoutOurs).toEqual(mergeRecords([], changeOf(none, theirs, nightly)).records);
        const moved = mergeRecords(both, changeOf(ours, later)).records;
        const versions = new Set([...theirs.values(), ...later.values()]);
        expect(new Set(moved.map(({ version }) => version))).toEqual(versions);
      }),
    );
  });
});
