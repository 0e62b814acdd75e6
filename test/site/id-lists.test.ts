import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LowerId } from "../../src/nuget/id.js";
import { divideIds } from "../../src/site/id-lists.js";
import { testKey } from "../support/ids.js";

const idTexts = fc.stringMatching(/^(?:a|con|contoso)(?:\.?[abü]){1,5}$/);

/** Ids with much in common, so that lists get divided often. */
const idSets = fc
  .uniqueArray(idTexts, { minLength: 1, maxLength: 60 })
  .map((texts) => [...new Set(texts.map(testKey))].sort());

function sorted(...texts: readonly string[]): LowerId[] {
  return texts.map(testKey).sort();
}

describe("lists of ids", () => {
  test("are one list while a feed is small", () => {
    expect(divideIds(sorted("a", "b"), 2)).toEqual([{ prefix: "", ids: ["a", "b"], divisions: [] }]);
    expect(divideIds([], 2)).toEqual([{ prefix: "", ids: [], divisions: [] }]);
  });

  test("are divided behind what all ids have in common", () => {
    expect(divideIds(sorted("contoso", "contoso.a1", "contoso.a2", "contoso.b"), 2)).toEqual([
      { prefix: "", ids: ["contoso"], divisions: ["contoso."] },
      { prefix: "contoso.", ids: [], divisions: ["contoso.a", "contoso.b"] },
      { prefix: "contoso.a", ids: ["contoso.a1", "contoso.a2"], divisions: [] },
      { prefix: "contoso.b", ids: ["contoso.b"], divisions: [] },
    ]);
  });

  test("hold every id once, below its own beginning, and never more than they may", () => {
    fc.assert(
      fc.property(idSets, (ids) => {
        const lists = divideIds(ids, 3);
        expect(lists.flatMap((list) => list.ids).sort()).toEqual(ids);
        for (const list of lists) {
          expect(list.ids.length).toBeLessThanOrEqual(3);
          expect(list.ids.filter((id) => !id.startsWith(list.prefix))).toEqual([]);
        }
        const prefixes = lists.map(({ prefix }) => prefix);
        expect(["", ...lists.flatMap(({ divisions }) => divisions)].sort()).toEqual(prefixes.sort());
        expect(new Set(prefixes).size).toBe(prefixes.length);
      }),
    );
  });

  test("stay as they are when an id comes, but for one; no address is lost", () => {
    fc.assert(
      fc.property(idSets, idTexts, (ids, text) => {
        const before = divideIds(ids, 3);
        const after = new Map(
          divideIds([...new Set([...ids, testKey(text)])].sort(), 3).map((list) => [
            list.prefix,
            JSON.stringify(list),
          ]),
        );
        expect(before.filter(({ prefix }) => !after.has(prefix))).toEqual([]);
        const changed = before.filter((list) => after.get(list.prefix) !== JSON.stringify(list));
        expect(changed.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
