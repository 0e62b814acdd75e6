import { describe, expect, it, test } from "vitest";
import type { Facts } from "../../src/feed/facts.js";
import type { OriginFile, OriginName, StoredRecord } from "../../src/state/id-state.js";
import { type IncomingPackage, mergeRecords, type SourceChange } from "../../src/state/merge.js";
import { type RecordOptions, storedRecord, testRecord } from "../support/records.js";

const folder: OriginName = "folder:packages";

function file(path: string, mtime = 1): OriginFile {
  return { path, mtime };
}

/** A record that this source's files hold. */
function held(options: RecordOptions, ...paths: readonly string[]): StoredRecord {
  return storedRecord({ ...options, origins: { [folder]: paths.map((path) => file(path)) } });
}

function incoming(path: string, options: RecordOptions = {}, mtime = 1): IncomingPackage {
  return { record: testRecord(options), file: file(path, mtime) };
}

function change(parts: Partial<SourceChange> = {}): SourceChange {
  return {
    origin: folder,
    incoming: [],
    gone: new Set(),
    touched: new Map(),
    facts: () => undefined,
    ...parts,
  };
}

describe("mergeRecords", () => {
  it("keeps the same records, as the same objects, when nothing changed", () => {
    const current = [held({ version: "1.0.0" }, "a.nupkg"), storedRecord({ version: "2.0.0" })];
    const merged = mergeRecords(current, change());
    expect(merged).toEqual({ records: current, conflicts: [], known: 2, withdrawn: 0 });
    expect(merged.records.map((record, i) => record === current[i])).toEqual([true, true]);
  });

  it("takes in new versions, ascending", () => {
    const current = [held({ version: "1.0.0" }, "b.nupkg")];
    const merged = mergeRecords(
      current,
      change({
        incoming: [incoming("a.nupkg", { version: "1.0.0-rc" }), incoming("c.nupkg", { version: "1.0.0.1" })],
      }),
    );
    expect(merged.records.map(({ version }) => version)).toEqual(["1.0.0-rc", "1.0.0", "1.0.0.1"]);
    expect(merged.records[0]).toEqual(held({ version: "1.0.0-rc" }, "a.nupkg"));
    expect(merged).toMatchObject({ conflicts: [], known: 1, withdrawn: 0 });
  });

  it("notes both files of a version that lies there twice with the same bytes, sorted", () => {
    const merged = mergeRecords([], change({ incoming: [incoming("b.nupkg"), incoming("a.nupkg")] }));
    expect(merged).toMatchObject({ conflicts: [], records: [held({}, "a.nupkg", "b.nupkg")] });
  });

  it("adds a further file with the bytes of a known version", () => {
    const merged = mergeRecords([held({}, "b.nupkg")], change({ incoming: [incoming("a.nupkg")] }));
    expect(merged.records).toEqual([held({}, "a.nupkg", "b.nupkg")]);
  });

  it("keeps a version of which one file of two is gone", () => {
    const merged = mergeRecords([held({}, "a.nupkg", "b.nupkg")], change({ gone: new Set(["a.nupkg"]) }));
    expect(merged).toMatchObject({ records: [held({}, "b.nupkg")], known: 1, withdrawn: 0 });
  });

  it("withdraws a version whose last file is gone", () => {
    const merged = mergeRecords([held({}, "a.nupkg")], change({ gone: new Set(["a.nupkg"]) }));
    expect(merged).toEqual({ records: [], conflicts: [], known: 1, withdrawn: 1 });
  });

  it("lets a version go on under a new path when its file moved", () => {
    const merged = mergeRecords(
      [held({}, "old/a.nupkg")],
      change({ gone: new Set(["old/a.nupkg"]), incoming: [incoming("new/a.nupkg", {}, 5)] }),
    );
    expect(merged.records[0]?.origins).toEqual({ [folder]: [file("new/a.nupkg", 5)] });
    expect(merged).toMatchObject({ conflicts: [], known: 1, withdrawn: 0 });
  });

  it("keeps what the record of a moved file holds beside its package", () => {
    const known = {
      ...held({ accepted: "2024-01-01T00:00:00+00:00", facts: { api: { listed: false } } }, "old.nupkg"),
      downloads: 7,
    };
    const merged = mergeRecords(
      [known],
      change({ gone: new Set(["old.nupkg"]), incoming: [incoming("new.nupkg")] }),
    );
    expect(merged.records).toEqual([{ ...known, origins: { [folder]: [file("new.nupkg")] } }]);
  });

  it("notes the new time of a file that was only touched", () => {
    const merged = mergeRecords(
      [held({}, "a.nupkg", "b.nupkg")],
      change({ touched: new Map([["b.nupkg", 9]]) }),
    );
    expect(merged.records[0]?.origins).toEqual({ [folder]: [file("a.nupkg"), file("b.nupkg", 9)] });
  });

  it("takes a file whose version changed for the new version", () => {
    const merged = mergeRecords(
      [held({ version: "1.0.0" }, "a.nupkg")],
      change({ gone: new Set(["a.nupkg"]), incoming: [incoming("a.nupkg", { version: "2.0.0" })] }),
    );
    expect(merged).toMatchObject({
      records: [held({ version: "2.0.0" }, "a.nupkg")],
      conflicts: [],
      known: 1,
      withdrawn: 1,
    });
  });
});

describe("versions held by several origins", () => {
  it("stay for as long as one of them holds them", () => {
    const both = storedRecord({ origins: { pushed: [], [folder]: [file("a.nupkg")] } });
    const merged = mergeRecords([both], change({ gone: new Set(["a.nupkg"]) }));
    expect(merged.records).toEqual([storedRecord({ origins: { pushed: [] } })]);
    expect(merged).toMatchObject({ known: 1, withdrawn: 1 });
  });

  test.each<OriginName>(["added", "pushed", "mirrored", "folder:nightly"])(
    "are never withdrawn from %s by a build of another source",
    (origin) => {
      const other = storedRecord({ origins: { [origin]: [file("a.nupkg")] } });
      const merged = mergeRecords([other], change({ gone: new Set(["a.nupkg"]) }));
      expect(merged).toEqual({ records: [other], conflicts: [], known: 0, withdrawn: 0 });
      expect(merged.records[0]).toBe(other);
    },
  );

  it("become held by the source as well when a file has the same bytes", () => {
    const pushed = storedRecord({ accepted: "2024-01-01T00:00:00+00:00", origins: { pushed: [] } });
    const merged = mergeRecords([pushed], change({ incoming: [incoming("a.nupkg")] }));
    expect(merged.records).toEqual([{ ...pushed, origins: { pushed: [], [folder]: [file("a.nupkg")] } }]);
    expect(merged.conflicts).toEqual([]);
  });
});

describe("conflicts", () => {
  it("are two new files of one version with other bytes", () => {
    const merged = mergeRecords(
      [],
      change({
        incoming: [
          incoming("a.nupkg", { content: "a" }),
          incoming("b.nupkg", { version: "1.0", content: "b" }),
        ],
      }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "duplicate", path: "b.nupkg", other: "a.nupkg" }]);
    expect(merged.records).toEqual([held({ content: "a" }, "a.nupkg")]);
  });

  test.each([
    ["1.0", "1.0.0"],
    ["1.0.0.0", "1.0.0"],
    ["1.0.0+a", "1.0.0+b"],
    ["1.0.0-RC", "1.0.0-rc"],
  ])("see %s and %s as one version", (one, other) => {
    const merged = mergeRecords(
      [],
      change({ incoming: [incoming("a.nupkg", { version: one }), incoming("b.nupkg", { version: other })] }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "duplicate" }]);
    expect(merged.records).toHaveLength(1);
  });

  it("are a new file beside a known one with other bytes", () => {
    const merged = mergeRecords(
      [held({ content: "a" }, "z.nupkg")],
      change({ incoming: [incoming("b.nupkg", { content: "b" })] }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "duplicate", path: "b.nupkg", other: "z.nupkg" }]);
    expect(merged.records).toEqual([held({ content: "a" }, "z.nupkg")]);
  });

  it("are a file that changed in place beside one that did not", () => {
    const merged = mergeRecords(
      [held({ content: "old" }, "a.nupkg", "b.nupkg")],
      change({ gone: new Set(["a.nupkg"]), incoming: [incoming("a.nupkg", { content: "new" })] }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "duplicate", path: "a.nupkg", other: "b.nupkg" }]);
  });

  it("are a published version whose file changed in place; its new record is proposed", () => {
    const merged = mergeRecords(
      [held({ content: "old" }, "a.nupkg")],
      change({ gone: new Set(["a.nupkg"]), incoming: [incoming("a.nupkg", { content: "new" }, 2)] }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "changed", path: "a.nupkg", other: "a.nupkg" }]);
    expect(merged.records).toEqual([
      storedRecord({ content: "new", origins: { [folder]: [file("a.nupkg", 2)] } }),
    ]);
    expect(merged).toMatchObject({ known: 1, withdrawn: 0 });
  });

  it("are a published version that comes back under another path with other bytes", () => {
    const merged = mergeRecords(
      [held({ content: "old" }, "a.nupkg")],
      change({ gone: new Set(["a.nupkg"]), incoming: [incoming("b.nupkg", { content: "new" })] }),
    );
    expect(merged.conflicts).toMatchObject([{ kind: "changed", path: "b.nupkg", other: "a.nupkg" }]);
  });

  it("tell a change once when all files of a version changed alike", () => {
    const merged = mergeRecords(
      [held({ content: "old" }, "a.nupkg", "b.nupkg")],
      change({
        gone: new Set(["a.nupkg", "b.nupkg"]),
        incoming: [incoming("a.nupkg", { content: "new" }), incoming("b.nupkg", { content: "new" })],
      }),
    );
    expect(merged.conflicts.map(({ kind }) => kind)).toEqual(["changed"]);
    expect(merged.records).toEqual([held({ content: "new" }, "a.nupkg", "b.nupkg")]);
  });

  it("leave a replaced version unlisted where the API said so", () => {
    const merged = mergeRecords(
      [held({ content: "old", facts: { api: { listed: false } } }, "a.nupkg")],
      change({ gone: new Set(["a.nupkg"]), incoming: [incoming("a.nupkg", { content: "new" })] }),
    );
    expect(merged.records[0]?.facts).toEqual({ api: { listed: false } });
  });

  test.each<OriginName>(["added", "pushed", "mirrored"])(
    "are other bytes than those of a version that was %s, which stays",
    (origin) => {
      const standing = storedRecord({ content: "old", origins: { [origin]: [] } });
      const merged = mergeRecords(
        [standing],
        change({ incoming: [incoming("a.nupkg", { content: "new" })] }),
      );
      expect(merged.conflicts).toMatchObject([{ kind: "other-origin", path: "a.nupkg", other: origin }]);
      expect(merged.records).toEqual([standing]);
    },
  );

  it("name the own file where another origin holds the version too", () => {
    const standing = storedRecord({
      content: "old",
      origins: { "folder:nightly": [file("n.nupkg")], pushed: [], [folder]: [file("a.nupkg")] },
    });
    const merged = mergeRecords([standing], change({ incoming: [incoming("b.nupkg", { content: "new" })] }));
    expect(merged.conflicts).toMatchObject([{ kind: "duplicate", path: "b.nupkg", other: "a.nupkg" }]);
  });
});

describe("facts of input files", () => {
  const unlisted: Facts = { listed: false };

  it("are put in by version", () => {
    const merged = mergeRecords(
      [held({ version: "1.0.0" }, "a.nupkg"), held({ version: "2.0.0" }, "b.nupkg")],
      change({ facts: ({ lower }) => (lower === "2.0.0" ? unlisted : undefined) }),
    );
    expect(merged.records.map(({ facts }) => facts)).toEqual([undefined, { input: unlisted }]);
  });

  it("leave a record as it is when it holds them already", () => {
    const record = held({ facts: { input: unlisted } }, "a.nupkg");
    expect(mergeRecords([record], change({ facts: () => ({ listed: false }) })).records[0]).toBe(record);
  });

  it("no longer count when their line is gone, while those of the API stay", () => {
    const merged = mergeRecords(
      [
        held({ version: "1.0.0", facts: { input: unlisted } }, "a.nupkg"),
        held({ version: "2.0.0", facts: { input: unlisted, api: { listed: true } } }, "b.nupkg"),
      ],
      change(),
    );
    expect(merged.records[0]).toEqual(held({ version: "1.0.0" }, "a.nupkg"));
    expect(merged.records[1]?.facts).toEqual({ api: { listed: true } });
  });

  it("count for pushed versions too", () => {
    const pushed = storedRecord({ origins: { pushed: [] } });
    const merged = mergeRecords([pushed], change({ facts: () => unlisted }));
    expect(merged.records[0]?.facts).toEqual({ input: unlisted });
  });

  it("do not count for versions of another folder, and are not taken from them", () => {
    const other = storedRecord({
      facts: { input: { verified: true } },
      origins: { "folder:nightly": [file("a.nupkg")] },
    });
    expect(mergeRecords([other], change()).records).toEqual([other]);
    expect(mergeRecords([other], change({ facts: () => unlisted })).records).toEqual([other]);
  });
});

describe("a version of which nobody knows where it came from", () => {
  const published = { input: { listed: false }, api: { listed: true } };
  const recovered = storedRecord({
    accepted: "2026-05-01T10:00:00+00:00",
    facts: published,
    origins: { recovered: [] },
  });

  it("stays as it is while nobody brings it", () => {
    const merged = mergeRecords([recovered], change({ gone: new Set(["a.nupkg"]) }));
    expect(merged).toEqual({ records: [recovered], conflicts: [], known: 0, withdrawn: 0 });
    expect(merged.records[0]).toBe(recovered);
  });

  it("is that of the folder that brings it, with what was said through the API only", () => {
    const merged = mergeRecords([recovered], change({ incoming: [incoming("a.nupkg")] }));
    expect(merged).toMatchObject({ conflicts: [], known: 0, withdrawn: 0 });
    expect(merged.records).toEqual([held({ facts: { api: { listed: true } } }, "a.nupkg")]);
  });

  it("was published with other bytes than the folder brings", () => {
    const other = incoming("a.nupkg", { content: "other" });
    const merged = mergeRecords([recovered], change({ incoming: [other] }));
    expect(merged.conflicts).toEqual([
      { kind: "changed", record: other.record, path: "a.nupkg", other: "a.nupkg" },
    ]);
    expect(merged.records[0]?.sha512).toBe(other.record.sha512);
  });

  it("takes what the input files say of it", () => {
    const merged = mergeRecords([recovered], change({ facts: () => ({ verified: true }) }));
    expect(merged.records[0]?.facts).toEqual({ input: { verified: true }, api: { listed: true } });
  });
});
