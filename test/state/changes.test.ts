import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FeedPath } from "../../src/feed/urls.js";
import { planOutputs, type WantedOutput } from "../../src/state/changes.js";
import { type Outputs, outputPaths } from "../../src/state/id-state.js";
import { testDigest } from "../support/records.js";

const one = testDigest("one");
const two = testDigest("two");

function path(text: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true enough: nothing here opens it
  return text as FeedPath;
}

function wanted(text: string, digest = one): WantedOutput {
  return { path: path(text), digest };
}

function kinds(plan: ReturnType<typeof planOutputs>): Record<string, string> {
  return Object.fromEntries(plan.writes.map(({ kind, output }) => [output.path, kind]));
}

describe("planOutputs", () => {
  it("creates what is new, replaces what differs, and keeps the rest", () => {
    const recorded = { [path("same")]: one, [path("other")]: one };
    const plan = planOutputs(recorded, [], [wanted("new"), wanted("same"), wanted("other", two)]);
    expect(kinds(plan)).toEqual({ new: "create", other: "replace" });
    expect(plan.written).toEqual({ new: one, same: one, other: two });
    expect(plan.obsolete).toEqual([]);
  });

  it("keeps the order in which outputs are wanted", () => {
    const plan = planOutputs({}, [], [wanted("z"), wanted("a"), wanted("m")]);
    expect(plan.writes.map(({ output }) => output.path)).toEqual(["z", "a", "m"]);
  });

  it("hands on whatever else a wanted output holds", () => {
    const output = { ...wanted("a"), contentType: "text/plain" };
    expect(planOutputs({}, [], [output]).writes).toEqual([{ kind: "create", output }]);
  });

  it("marks what is under way, and forgets nothing that was recorded", () => {
    const recorded = { [path("same")]: one, [path("other")]: one, [path("gone")]: one };
    const plan = planOutputs(recorded, [], [wanted("new"), wanted("same"), wanted("other", two)]);
    expect(plan.intended).toEqual({ same: one, other: "?", gone: one, new: "?" });
  });

  it("writes again what a run that was cut short may have written", () => {
    const plan = planOutputs({ [path("a")]: "?" }, [], [wanted("a")]);
    expect(kinds(plan)).toEqual({ a: "replace" });
  });

  it("makes obsolete what is not wanted any more, sorted, together with what was obsolete before", () => {
    const plan = planOutputs({ [path("c")]: one, [path("a")]: one }, [path("b")], []);
    expect(plan.obsolete).toEqual(["a", "b", "c"]);
    expect(plan.written).toEqual({});
  });

  it("takes back an obsolete path, whose file is ours and may hold anything", () => {
    const plan = planOutputs({}, [path("a")], [wanted("a")]);
    expect(kinds(plan)).toEqual({ a: "replace" });
    expect(plan.obsolete).toEqual([]);
  });

  const paths = fc.constantFrom("a", "b", "c", "d", "e").map(path);
  const marks = fc.constantFrom(one, two, "?" as const);
  const outputs = fc.array(fc.tuple(paths, marks)).map((pairs): Outputs => Object.fromEntries(pairs));
  const wants = fc.uniqueArray(fc.record({ path: paths, digest: fc.constantFrom(one, two) }), {
    selector: (output) => output.path,
  });

  it("accounts for every path, and plans nothing twice", () => {
    fc.assert(
      fc.property(outputs, fc.uniqueArray(paths), wants, (recorded, obsolete, wanted) => {
        const plan = planOutputs(recorded, obsolete, wanted);
        const known = new Set([
          ...outputPaths(recorded),
          ...obsolete,
          ...wanted.map((output) => output.path),
        ]);
        const told = [...outputPaths(plan.written), ...plan.obsolete];
        expect(told.toSorted()).toEqual([...known].toSorted());
        const marked = new Set([...outputPaths(plan.intended), ...obsolete]);
        expect([...known].every((path) => marked.has(path))).toBe(true);
        const again = planOutputs(plan.written, plan.obsolete, wanted);
        expect(again).toEqual({ ...plan, writes: [], intended: plan.written });
      }),
    );
  });
});
