import { describe, expect, test } from "vitest";
import type { Facts } from "../../src/feed/facts.js";
import { lowerVersion, parseVersion } from "../../src/nuget/version.js";
import { changeVersion } from "../../src/state/change-version.js";
import type { StoredRecord } from "../../src/state/id-state.js";
import { storedRecord } from "../support/records.js";

const lower = (text: string) => lowerVersion(parseVersion(text)!);
const origins = { pushed: [] };

function record(version: string, facts?: { readonly input?: Facts; readonly api?: Facts }): StoredRecord {
  return storedRecord({ version, origins, ...(facts && { facts }) });
}

const others = [record("1.0.0"), record("3.0.0-RC.1")];

describe("unlisting", () => {
  test("changes one version and leaves the others as they are", () => {
    const one = record("2.0.0");
    expect(changeVersion([...others, one], lower("2.0.0"), "unlist")).toEqual({
      kind: "changed",
      records: [...others, { ...one, facts: { api: { listed: false } } }],
    });
  });

  test("keeps what else was said of the version", () => {
    const one = record("2.0.0", { input: { published: "2026-01-01" }, api: { listed: true } });
    expect(changeVersion([one], lower("2.0.0"), "unlist")).toMatchObject({
      records: [{ facts: { input: { published: "2026-01-01" }, api: { listed: false } } }],
    });
  });

  test("and listing again give what was there before, but for the fact itself", () => {
    const once = changeVersion(others, lower("1.0.0"), "unlist");
    const records = once.kind === "changed" ? once.records : [];
    expect(changeVersion(records, lower("1.0.0"), "relist")).toMatchObject({
      kind: "changed",
      records: [{ facts: { api: { listed: true } } }, others[1]],
    });
  });
});

describe("a change", () => {
  test.for<readonly [string, StoredRecord, "unlist" | "relist", string]>([
    ["to a version that is unlisted", record("1.0.0", { api: { listed: false } }), "unlist", "unchanged"],
    ["to a version that is listed", record("1.0.0"), "relist", "unchanged"],
    ["that a file has made already", record("1.0.0", { input: { listed: false } }), "unlist", "unchanged"],
    ["against a file", record("1.0.0", { input: { listed: false } }), "relist", "by-file"],
    ["against a file that lists", record("1.0.0", { input: { listed: true } }), "unlist", "by-file"],
  ])("%s is %s", ([, one, change, kind]) => {
    expect(changeVersion([one], lower("1.0.0"), change).kind).toBe(kind);
  });

  test.for(["unlist", "relist", "delete"] as const)(
    "of a version that is not there is unknown: %s",
    (change) => {
      expect(changeVersion(others, lower("2.0.0"), change)).toEqual({ kind: "unknown" });
    },
  );

  test("finds a version by its lower-case form", () => {
    expect(changeVersion(others, lower("3.0-rc.1"), "unlist").kind).toBe("changed");
  });
});

describe("deleting", () => {
  test("takes the version away", () => {
    expect(changeVersion(others, lower("1.0.0"), "delete")).toEqual({
      kind: "changed",
      records: [others[1]],
    });
  });

  test("is refused while a folder of packages holds the version", () => {
    const one = storedRecord({ version: "1.0.0", origins: { pushed: [], "folder:packages": [] } });
    expect(changeVersion([one], lower("1.0.0"), "delete")).toEqual({
      kind: "by-folder",
      origin: "folder:packages",
    });
  });

  test("is not kept from by a file that says whether it is listed", () => {
    const one = record("1.0.0", { input: { listed: false } });
    expect(changeVersion([one], lower("1.0.0"), "delete")).toEqual({ kind: "changed", records: [] });
  });
});
