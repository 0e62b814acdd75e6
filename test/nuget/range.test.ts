/**
 * Ranges against the answers of the reference client, and the laws that hold for all of them.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  anyVersion,
  findBestMatch,
  legacyShortRange,
  normalizedRange,
  parseRange,
  prettyRange,
  satisfies,
  shortRange,
  type VersionRange,
} from "../../src/nuget/range.js";
import {
  compareVersions,
  fullVersion,
  isPrerelease,
  type NuGetVersion,
  normalizedVersion,
  parseVersion,
} from "../../src/nuget/version.js";
import { type RangeVector, rangeVectors } from "./vectors/read-vectors.js";

/** What the reference answers for a text, computed by our code in the form of the table. */
function describeRange(input: string, probes: readonly string[]): RangeVector {
  const range = parseRange(input);
  const validNoFloat = parseRange(input, { allowFloating: false }) !== undefined;
  if (range === undefined) {
    return { input, valid: false, validNoFloat, probes };
  }
  const versions = probes.map(parsed);
  const best = findBestMatch(range, versions);
  return {
    input,
    valid: true,
    validNoFloat,
    normalized: normalizedRange(range),
    short: shortRange(range),
    legacyShort: legacyShortRange(range),
    pretty: prettyRange(range),
    ...describeBounds(range),
    probes,
    satisfies: versions.map((version) => satisfies(range, version)),
    best: best === undefined ? null : fullVersion(best),
  };
}

function describeBounds({ min, minInclusive, max, maxInclusive, float, original }: VersionRange) {
  const unbounded = { ...(min && { min }), minInclusive: true, ...(float && { float }) };
  return {
    min: min === undefined ? null : normalizedVersion(min),
    minInclusive,
    max: max === undefined ? null : normalizedVersion(max),
    maxInclusive,
    floating: float === undefined ? null : shortRange({ ...unbounded, maxInclusive: false, original }),
  };
}

function parsed(text: string): NuGetVersion {
  const version = parseVersion(text);
  if (version === undefined) {
    throw new Error(`not a version: ${JSON.stringify(text)}`);
  }
  return version;
}

function parsedRange(text: string): VersionRange {
  const range = parseRange(text);
  if (range === undefined) {
    throw new Error(`not a range: ${JSON.stringify(text)}`);
  }
  return range;
}

describe("a range text is read as the reference client reads it", () => {
  test.each(rangeVectors())("$input", (row) => {
    expect(describeRange(row.input, row.probes)).toEqual(row);
  });
});

test("any version is the range without bounds", () => {
  expect(normalizedRange(anyVersion)).toBe("(, )");
  expect(parseRange("(, )")).toEqual(anyVersion);
  expect(satisfies(anyVersion, parsed("0.0.0-0"))).toBe(true);
});

test("a range keeps the text it was read from", () => {
  expect(parsedRange(" [1.0,2.0 ) ").original).toBe(" [1.0,2.0 ) ");
});

test("of equal versions the first is the best match", () => {
  const versions = ["1.0.0+b", "1.0.0+a"].map(parsed);
  expect(findBestMatch(parsedRange("1.0"), versions)).toBe(versions[0]);
  expect(findBestMatch(parsedRange("1.*"), versions)).toBe(versions[0]);
});

const version = fc
  .tuple(
    fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
    fc.array(fc.constantFrom("a", "B", "rc1", "0", "10", "-5"), { maxLength: 2 }),
  )
  .map(([numbers, labels]) => `${numbers.join(".")}${labels.length > 0 ? `-${labels.join(".")}` : ""}`);
const interval = fc
  .record({
    open: fc.constantFrom("[", "("),
    min: fc.oneof(fc.constant(" "), version),
    max: fc.oneof(fc.constant(" "), version),
    close: fc.constantFrom("]", ")"),
  })
  .filter(({ open, min, max, close }) => parseRange(`${open}${min},${max}${close}`) !== undefined);
const floating = fc.constantFrom(
  "*",
  "1.*",
  "1.2.*",
  "1.0.0-*",
  "1.0.0-rc*",
  "*-*",
  "1.*-a*",
  "[1.*, 2.0.0)",
);

describe("for every range", () => {
  test("the interval decides by comparison", () => {
    fc.assert(
      fc.property(interval, version.map(parsed), ({ open, min, max, close }, candidate) => {
        const lower = min === " " ? 1 : compareVersions(candidate, parsed(min));
        const upper = max === " " ? 1 : compareVersions(parsed(max), candidate);
        const contained = (open === "[" ? lower >= 0 : lower > 0) && (close === "]" ? upper >= 0 : upper > 0);
        expect(satisfies(parsedRange(`${open}${min},${max}${close}`), candidate)).toBe(contained);
      }),
      { numRuns: 1000 },
    );
  });

  test("reading the normalized text gives the same range", () => {
    const text = fc.oneof(
      version,
      floating,
      interval.map(({ open, min, max, close }) => `${open}${min},${max}${close}`),
    );
    fc.assert(
      fc.property(text, (text) => {
        const normalized = normalizedRange(parsedRange(text));
        expect(normalizedRange(parsedRange(normalized))).toBe(normalized);
        expect(normalizedRange(parsedRange(shortRange(parsedRange(text))))).toBe(normalized);
      }),
    );
  });

  test("the best match of an interval is its lowest allowed version, in whatever order they come", () => {
    fc.assert(
      fc.property(interval, fc.array(version.map(parsed)), ({ open, min, max, close }, versions) => {
        const range = parsedRange(`${open}${min},${max}${close}`);
        const allowsPrerelease = `${min}${max}`.includes("-");
        const allowed = versions.filter(
          (one) => satisfies(range, one) && (allowsPrerelease || !isPrerelease(one)),
        );
        const [lowest] = allowed.toSorted(compareVersions);
        expect(findBestMatch(range, versions)).toEqual(lowest);
      }),
      { numRuns: 1000 },
    );
  });

  test("the best match of a float is one that it contains", () => {
    fc.assert(
      fc.property(floating, fc.array(version.map(parsed)), (text, versions) => {
        const best = findBestMatch(parsedRange(text), versions);
        expect(best === undefined || satisfies(parsedRange(text), best)).toBe(true);
      }),
    );
  });
});
