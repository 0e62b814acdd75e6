import { describe, expect, it, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import { FACT_KEYS, parseFacts } from "../../src/feed/parse-facts.js";

function parse(value: unknown) {
  return parseFacts(value, {
    refuse: (reason) => new FeedError("facts-invalid", reason),
    passOver: (reason) => {
      throw new Error(`passed over: ${reason}`);
    },
  });
}

describe("parseFacts", () => {
  it("takes every fact there is", () => {
    const facts = {
      listed: false,
      published: "2024-05-01T10:00:00Z",
      deprecation: {
        reasons: ["Legacy", "Contoso"],
        message: "Take the other one",
        alternatePackage: { id: "Contoso.Next", range: "2.0" },
      },
      vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: "high" }],
      owners: ["contoso"],
      verified: true,
    };
    expect(Object.keys(facts).toSorted()).toEqual([...FACT_KEYS].toSorted());
    expect(parse(facts)).toEqual({
      ...facts,
      published: "2024-05-01T10:00:00+00:00",
      deprecation: { ...facts.deprecation, alternatePackage: { id: "Contoso.Next", range: "[2.0.0, )" } },
      vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: 2 }],
    });
  });

  it("takes nothing for nothing said", () => {
    expect(parse({})).toEqual({});
  });

  test.each([
    ["low", 0],
    ["Moderate", 1],
    ["HIGH", 2],
    ["critical", 3],
    [0, 0],
    [3, 3],
    ["2", 2],
  ])("reads the severity %j as %i", (severity, level) => {
    const vulnerabilities = [{ advisoryUrl: "https://example.com", severity }];
    expect(parse({ vulnerabilities }).vulnerabilities).toEqual([
      { advisoryUrl: "https://example.com", severity: level },
    ]);
  });

  test.each([
    ["*", "*"],
    ["1.0", "[1.0.0, )"],
    ["[1.0,2.0)", "[1.0.0, 2.0.0)"],
  ])("writes the range %s of an alternative as %s", (range, expected) => {
    const deprecation = { reasons: ["Other"], alternatePackage: { id: "A", range } };
    expect(parse({ deprecation }).deprecation?.alternatePackage?.range).toBe(expected);
  });

  const advisoryUrl = "https://example.com";

  test.each<readonly [unknown, string]>([
    [{ listed: "false" }, 'listed "false" is neither true nor false'],
    [{ listed: null }, "listed null is neither true nor false"],
    [{ verified: 1 }, "verified 1 is neither true nor false"],
    [{ published: 1714557600 }, "published 1714557600 is no text"],
    [{ published: "soon" }, 'published "soon" is no time after 1901 such as 2024-05-01T10:00:00Z'],
    [
      { published: "1900-01-01" },
      'published "1900-01-01" is no time after 1901 such as 2024-05-01T10:00:00Z',
    ],
    [{ deprecation: true }, "deprecation true is no object"],
    [{ deprecation: {} }, "deprecation reasons undefined is no list"],
    [
      { deprecation: { reasons: [] } },
      "deprecation reasons are empty; known are Legacy, CriticalBugs and Other",
    ],
    [{ deprecation: { reasons: [7] } }, "a deprecation reason 7 is no text"],
    [{ deprecation: { reasons: ["Other"], message: "" } }, 'deprecation message "" is no text'],
    [{ deprecation: { reasons: ["Other"], alternatePackage: "A" } }, 'alternatePackage "A" is no object'],
    [
      { deprecation: { reasons: ["Other"], alternatePackage: {} } },
      "alternatePackage id undefined is no text",
    ],
    [
      { deprecation: { reasons: ["Other"], alternatePackage: { id: "a b" } } },
      'alternatePackage id "a b" is no package id',
    ],
    [
      { deprecation: { reasons: ["Other"], alternatePackage: { id: "A", range: "1.*" } } },
      'alternatePackage range "1.*" is no range and not *',
    ],
    [{ vulnerabilities: {} }, "vulnerabilities {} is no list"],
    [{ vulnerabilities: [{ severity: 1 }] }, "advisoryUrl undefined is no text"],
    [{ vulnerabilities: [{ advisoryUrl: "x", severity: 1 }] }, 'advisoryUrl "x" is no absolute web address'],
    [
      { vulnerabilities: [{ advisoryUrl }] },
      "severity undefined is none of low, moderate, high, critical and not 0 to 3",
    ],
    [
      { vulnerabilities: [{ advisoryUrl, severity: 4 }] },
      "severity 4 is none of low, moderate, high, critical and not 0 to 3",
    ],
    [
      { vulnerabilities: [{ advisoryUrl, severity: [1] }] },
      "severity [1] is none of low, moderate, high, critical and not 0 to 3",
    ],
    [{ owners: "contoso" }, 'owners "contoso" is no list'],
    [{ owners: [""] }, 'an owner "" is no text'],
    ["listed", 'the value "listed" is no object'],
  ])("refuses %j", (value, message) => {
    expect(() => parse(value)).toThrow(message);
    expect(() => parse(value)).toThrow(FeedError);
  });
});
