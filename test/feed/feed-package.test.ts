import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { effectiveFacts } from "../../src/feed/facts.js";
import { feedVersion, recordVersion } from "../../src/feed/feed-package.js";
import { packageId, testPackage, testRecord } from "../support/records.js";

describe("feedPackage", () => {
  it("orders versions as clients do", () => {
    const versions = ["1.0.0", "10.0.0", "1.0.0-rc", "1.0.0-beta.10", "1.0.0-beta.2", "1.0.0.1", "2.0.0"];
    expect(testPackage(versions.map((version) => ({ version }))).versions.map(({ lower }) => lower)).toEqual([
      "1.0.0-beta.2",
      "1.0.0-beta.10",
      "1.0.0-rc",
      "1.0.0",
      "1.0.0.1",
      "2.0.0",
      "10.0.0",
    ]);
  });

  it("orders versions that clients take for equal the same way, however they come", () => {
    const records = fc.shuffledSubarray(["1.0.0-0", "1.0.0--0", "1.0.0", "1.0.0--05", "1.0.0--5"], {
      minLength: 5,
    });
    fc.assert(
      fc.property(records, (versions) => {
        const ordered = testPackage(versions.map((version) => ({ version }))).versions;
        expect(ordered.map(({ lower }) => lower)).toEqual([
          "1.0.0--05",
          "1.0.0--5",
          "1.0.0--0",
          "1.0.0-0",
          "1.0.0",
        ]);
      }),
    );
  });

  it("has a revision only when it is given one", () => {
    expect(testPackage([{}])).not.toHaveProperty("revision");
    expect(testPackage([{}], 3).revision).toBe(3);
  });
});

describe("feedVersion", () => {
  it("is listed unless somebody says otherwise", () => {
    expect(feedVersion(testRecord()).isListed).toBe(true);
    expect(feedVersion(testRecord({ facts: { api: { listed: false } } })).isListed).toBe(false);
  });

  it("takes a record without a version for a defect", () => {
    expect(() => recordVersion({ id: packageId("a"), version: "latest" })).toThrow('no version: "latest"');
  });
});

describe("effectiveFacts", () => {
  it("takes each fact from the input files first, then from the API", () => {
    const sources = {
      input: { listed: true, owners: ["contoso"] },
      api: { listed: false, verified: true },
    };
    expect(effectiveFacts(sources)).toEqual({ listed: true, owners: ["contoso"], verified: true });
  });

  it("knows nothing where nobody said anything", () => {
    expect(effectiveFacts(undefined)).toEqual({});
  });
});
