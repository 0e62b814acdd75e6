/**
 * Versions against the answers of the reference client, and the laws their order keeps.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareVersions,
  compareVersionsWithMetadata,
  fullVersion,
  hasMetadata,
  isPrerelease,
  isSemVer2,
  lowerVersion,
  type NuGetVersion,
  normalizedVersion,
  parseStrictVersion,
  parseVersion,
  sameVersion,
  versionText,
} from "../../src/nuget/version.js";
import {
  type CompareVector,
  compareVectors,
  type VersionVector,
  versionVectors,
} from "./vectors/read-vectors.js";

/** What the reference answers for a text, computed by our code in the form of the table. */
function describeVersion(input: string): VersionVector {
  const version = parseVersion(input);
  const strict = parseStrictVersion(input) !== undefined;
  if (version === undefined) {
    return { input, valid: false, strict };
  }
  const { major, minor, patch, revision } = version;
  return {
    input,
    valid: true,
    strict,
    normalized: normalizedVersion(version),
    full: fullVersion(version),
    url: lowerVersion(version),
    text: versionText(version),
    isPrerelease: isPrerelease(version),
    isSemVer2: isSemVer2(version),
    hasMetadata: hasMetadata(version),
    numbers: [major, minor, patch, revision],
  };
}

/** The same for two texts. */
function describeOrder(a: string, b: string): CompareVector {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === undefined || right === undefined) {
    return { a, b, sign: null };
  }
  const sign = Math.sign(compareVersions(left, right));
  return { a, b, sign, signWithMetadata: Math.sign(compareVersionsWithMetadata(left, right)) };
}

function parsed(text: string): NuGetVersion {
  const version = parseVersion(text);
  if (version === undefined) {
    throw new Error(`not a version: ${JSON.stringify(text)}`);
  }
  return version;
}

describe("a version text is read as the reference client reads it", () => {
  test.each(versionVectors())("$input", (row) => {
    expect(describeVersion(row.input)).toEqual(row);
  });
});

describe("two versions compare as in the reference client", () => {
  test.each(compareVectors())("$a with $b", (row) => {
    expect(describeOrder(row.a, row.b)).toEqual(row);
  });
});

const number = fc.oneof(fc.nat(3), fc.constantFrom(10, 2_147_483_647));
const label = fc.oneof(
  fc.constantFrom("0", "7", "10", "a", "A", "alpha", "beta1", "-", "-5", "1a", "2147483648", "9999999999"),
  fc.stringMatching(/^[0-9A-Za-z-]{1,4}$/).filter((text) => !/^-?0\d+$/.test(text) && text !== "-0"),
);
const version = fc
  .tuple(
    fc.array(number, { minLength: 1, maxLength: 4 }),
    fc.array(label, { maxLength: 3 }),
    fc.option(label),
  )
  .map(([numbers, labels, metadata]) => {
    const release = labels.length > 0 ? `-${labels.join(".")}` : "";
    return parsed(`${numbers.join(".")}${release}${metadata === null ? "" : `+${metadata}`}`);
  });

describe("the order of versions", () => {
  test("is antisymmetric, and tells apart exactly the versions that are not the same", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        const order = Math.sign(compareVersions(a, b));
        expect(Math.sign(compareVersions(b, a)) + order).toBe(0);
        expect(order === 0).toBe(sameVersion(a, b));
        expect(order === 0).toBe(lowerVersion(a) === lowerVersion(b));
      }),
      { numRuns: 2000 },
    );
  });

  test("is transitive", () => {
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        const [low, middle, high] = [a, b, c].toSorted(compareVersions);
        expect(low && high && compareVersions(low, high)).toBeLessThanOrEqual(0);
        expect(low && middle && compareVersions(low, middle)).toBeLessThanOrEqual(0);
        expect(middle && high && compareVersions(middle, high)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2000 },
    );
  });

  test("ignores metadata unless it is asked for", () => {
    expect(compareVersions(parsed("1.0.0+a"), parsed("1.0.0+b"))).toBe(0);
    expect(compareVersionsWithMetadata(parsed("1.0.0"), parsed("1.0.0+a"))).toBeLessThan(0);
  });

  test("takes two spellings of one negative number as equal, although they are not the same version", () => {
    expect(compareVersions(parsed("1.0.0--05"), parsed("1.0.0--5"))).toBe(0);
    expect(sameVersion(parsed("1.0.0--05"), parsed("1.0.0--5"))).toBe(false);
  });
});

test("reading a normalized text gives the same version and the same text", () => {
  fc.assert(
    fc.property(version, (original) => {
      const again = parsed(normalizedVersion(original));
      expect(normalizedVersion(again)).toBe(normalizedVersion(original));
      expect(sameVersion(again, original)).toBe(true);
      expect(fullVersion(parsed(fullVersion(original)))).toBe(fullVersion(original));
    }),
  );
});
