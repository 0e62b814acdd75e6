import { describe, expect, test } from "vitest";
import {
  dependencyTargets,
  parseUsedByShard,
  renderUsedByIndex,
  renderUsedByShard,
  type UsedBy,
  usedByBits,
  usedByShardOf,
  withDependent,
  withoutDependent,
} from "../../../src/site/used-by.js";
import { documentJson, packageId, testId, testPackage } from "../../support/records.js";

const target: UsedBy = { key: testId("Contoso.Core"), isHere: true, by: [packageId("Contoso.Text")] };

function dependsOn(...ids: string[]) {
  return { dependencyGroups: [{ dependencies: ids.map((id) => ({ id: packageId(id), range: "(, )" })) }] };
}

describe("who depends on an id", () => {
  test("is told by the newest listed versions, stable and prerelease", () => {
    const pack = testPackage([
      { version: "1.0.0", metadata: dependsOn("Old") },
      { version: "2.0.0", metadata: dependsOn("B", "a", "A") },
      { version: "3.0.0-rc", metadata: dependsOn("C") },
      { version: "4.0.0", metadata: dependsOn("Hidden"), facts: { input: { listed: false } } },
    ]);
    expect(dependencyTargets(pack)).toEqual(["a", "b", "c"]);
  });

  test("is a sorted list without duplicates", () => {
    const more = withDependent(withDependent(target, packageId("alpha")), packageId("CONTOSO.text"));
    expect(more.by).toEqual(["alpha", "CONTOSO.text"]);
  });

  test("goes when nothing is left to tell", () => {
    expect(withoutDependent(target, testId("Contoso.Text"))).toEqual({ ...target, by: [] });
    const elsewhere: UsedBy = { key: target.key, by: target.by };
    expect(withoutDependent(elsewhere, testId("Contoso.Text"))).toBeUndefined();
    expect(withoutDependent(elsewhere, testId("Other"))).toEqual(elsewhere);
  });
});

describe("a shard of dependents", () => {
  const other: UsedBy = { key: testId("A.B"), by: [packageId("X")] };

  test("is read as it was written, one line per target", () => {
    const { path, body } = renderUsedByShard(2, 3, new Map([target, other].map((line) => [line.key, line])));
    const text = new TextDecoder().decode(body);
    expect(path).toBe("site/used-by/2/3.json");
    expect(text).toBe(
      '{"targets":[\n{"key":"a.b","by":["X"]},\n{"key":"contoso.core","isHere":true,"by":["Contoso.Text"]}\n]}\n',
    );
    expect(JSON.parse(text)).toMatchObject({ targets: [other, target] });
    expect(parseUsedByShard(text)).toEqual(new Map([other, target].map((line) => [line.key, line])));
  });

  test("may be empty", () => {
    const text = new TextDecoder().decode(renderUsedByShard(0, 0, new Map()).body);
    expect(parseUsedByShard(text)).toEqual(new Map());
    expect(JSON.parse(text)).toEqual({ targets: [] });
  });

  test.each([
    "",
    "{}",
    '{"targets":[\n{"key":"A","by":[]}\n]}\n',
    '{"targets":[\n{"key":"a","by":[1]}\n]}\n',
    '{"targets":[\nx\n]}\n',
  ])("is made anew where it is not of that form: %j", (text) => {
    expect(parseUsedByShard(text)).toBeUndefined();
  });

  test("holds 256 targets or so", () => {
    expect([0, 1, 256, 257, 100_000].map(usedByBits)).toEqual([0, 0, 0, 1, 9]);
    expect(usedByShardOf(target.key, 0)).toBe(0);
    expect(usedByShardOf(target.key, 9)).toBeLessThan(512);
    expect(documentJson(renderUsedByIndex(9))).toEqual({ bits: 9 });
  });
});
