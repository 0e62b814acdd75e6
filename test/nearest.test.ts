import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { nearestName } from "../src/nearest.js";

const keys = ["listed", "published", "deprecation", "vulnerabilities", "owners", "verified"];

describe("nearestName", () => {
  test.each([
    ["lsited", "listed"],
    ["Listed", "listed"],
    ["list", "listed"],
    ["unlisted", "listed"],
    ["owner", "owners"],
    ["depreciation", "deprecation"],
    ["vulnerability", "vulnerabilities"],
    ["publishedAt", "published"],
  ])("takes %s for %s", (name, expected) => {
    expect(nearestName(name, keys)).toBe(expected);
  });

  test.each(["", "x", "color", "totalDownloads"])("takes %j for none", (name) => {
    expect(nearestName(name, keys)).toBeUndefined();
  });

  it("finds nothing among nothing", () => {
    expect(nearestName("listed", [])).toBeUndefined();
  });

  it("allows one slip in a short name, and not two", () => {
    expect(nearestName("ab", ["ac"])).toBe("ac");
    expect(nearestName("ab", ["cd"])).toBeUndefined();
  });

  it("counts a swap of neighbours as one slip", () => {
    expect(nearestName("biuld", ["serve", "build"])).toBe("build");
    expect(nearestName("ba", ["ab"])).toBe("ab");
  });

  it("takes the closest, and of equally close ones the first", () => {
    expect(nearestName("contoso.cor", ["contoso.cord", "contoso.core", "contoso.cor2"])).toBe("contoso.cord");
    expect(nearestName("contoso.core", ["contoso.cord", "contoso.core2", "Contoso.Core"])).toBe(
      "Contoso.Core",
    );
  });

  const names = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1, maxLength: 8 });

  it("finds a candidate by its own name in any letter case", () => {
    fc.assert(
      fc.property(names, fc.array(names), (name, others) => {
        const found = nearestName(name.toUpperCase(), [...others, name]);
        expect(found).toBe(name);
      }),
    );
  });

  it("finds what a plain edit distance finds", () => {
    fc.assert(
      fc.property(names, fc.array(names, { maxLength: 6 }), (name, candidates) => {
        const allowed = candidates.filter(
          (other) =>
            distance(name, other) <= Math.max(1, Math.floor(Math.max(name.length, other.length) / 3)),
        );
        const least = Math.min(...allowed.map((other) => distance(name, other)));
        expect(nearestName(name, candidates)).toBe(allowed.find((other) => distance(name, other) === least));
      }),
    );
  });
});

/** Levenshtein's distance with swaps of neighbours, from its definition. */
function distance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const substitution = distance(a.slice(1), b.slice(1)) + (a[0] === b[0] ? 0 : 1);
  if (a[0] === b[0]) return substitution;
  const isSwap = a.length > 1 && a[0] === b[1] && a[1] === b[0];
  const swap = isSwap ? distance(a.slice(2), b.slice(2)) + 1 : Number.POSITIVE_INFINITY;
  return Math.min(substitution, swap, distance(a.slice(1), b) + 1, distance(a, b.slice(1)) + 1);
}
