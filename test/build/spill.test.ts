import { afterEach, describe, expect, test } from "vitest";
import { createSpill, parseSpill, type Spill, type SpillItem, spillLine } from "../../src/build/spill.js";

const gone = (n: number): SpillItem => ({ kind: "gone", path: `package-${n}.nupkg` });

describe("a spill", () => {
  let spill: Spill | undefined;
  afterEach(() => spill?.dispose());

  test.for([0, 40, 1_000_000])("gives back items in their order when it holds %i characters", (mostHeld) => {
    spill = createSpill(mostHeld);
    for (let i = 0; i < 20; i++) spill.add(new Map([[i % 3, spillLine(gone(i))]]));
    expect(parseSpill(spill.read(1))).toEqual([1, 4, 7, 10, 13, 16, 19].map(gone));
    expect([0, 1, 2, 3].map(spill.has)).toEqual([true, true, true, false]);
    expect(parseSpill(spill.read(3))).toEqual([]);
  });
});
