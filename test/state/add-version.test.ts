import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { addVersion } from "../../src/state/add-version.js";
import type { StoredRecord } from "../../src/state/id-state.js";
import { storedRecord, testRecord } from "../support/records.js";

const one = storedRecord({ version: "1.0.0" });

describe("addVersion", () => {
  it("takes in a new version in its place", () => {
    const three = storedRecord({ version: "3.0.0" });
    const two = testRecord({ version: "2.0.0-rc", accepted: "2024-05-01T10:00:00+00:00" });
    expect(addVersion([one, three], two, "added")).toEqual({
      kind: "added",
      records: [one, { ...two, origins: { added: [] } }, three],
    });
  });

  it("lets another origin hold a version of the same bytes as well, and keeps its record", () => {
    const again = testRecord({
      version: "1.0",
      content: "Contoso.Core 1.0.0",
      accepted: "2024-05-01T10:00:00+00:00",
    });
    expect(addVersion([one], again, "pushed")).toEqual({
      kind: "exists",
      records: [{ ...one, origins: { ...one.origins, pushed: [] } }],
    });
  });

  it("gives back the same list when the origin holds the version already", () => {
    const records = [storedRecord({ origins: { added: [] } })];
    const result = addVersion(records, testRecord(), "added");
    expect(result).toEqual({ kind: "exists", records });
    expect("records" in result && result.records).toBe(records);
  });

  it("takes over a version of which nobody knows where it came from", () => {
    const recovered = storedRecord({ origins: { recovered: [] } });
    expect(addVersion([recovered], testRecord(), "added")).toEqual({
      kind: "exists",
      records: [storedRecord({ origins: { added: [] } })],
    });
  });

  test.each(["1.0.0", "1.0", "1.0.0.0", "1.0.0+build"])(
    "refuses other bytes for 1.0.0, spelt %s",
    (version) => {
      const other = testRecord({ version, content: "other" });
      expect(addVersion([one], other, "added")).toEqual({ kind: "conflict", standing: one });
    },
  );

  it("comes to the same records in any order", () => {
    const versions = ["1.0.0", "1.0.0-rc", "1.0.0--0", "1.0.0-0", "2.0.0+build"];
    const addAll = (texts: readonly string[]): readonly StoredRecord[] =>
      texts.reduce<readonly StoredRecord[]>((records, version) => {
        const result = addVersion(records, testRecord({ version }), "added");
        return result.kind === "conflict" ? [] : result.records;
      }, []);
    fc.assert(
      fc.property(fc.shuffledSubarray(versions, { minLength: versions.length }), (shuffled) => {
        expect(addAll(shuffled)).toEqual(addAll(versions));
      }),
    );
  });
});
