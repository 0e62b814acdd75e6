import { afterEach, describe, expect, test } from "vitest";
import { createSpill, type Spill, type SpillItem } from "../../src/build/spill.js";

const gone = (path: string): SpillItem => ({ kind: "gone", path });

describe("a spill", () => {
  let spill: Spill | undefined;
  afterEach(() => spill?.dispose());

  test.for([0, 40, 1_000_000])("gives back items in their order when it holds %i characters", (mostHeld) => {
    spill = createSpill(mostHeld);
    for (let i = 0; i < 20; i++) spill.add(i % 3, gone(`package-${i}.nupkg`));
    expect(spill.read(1)).toEqual([1, 4, 7, 10, 13, 16, 19].map((i) => gone(`package-${i}.nupkg`)));
    expect([0, 1, 2, 3].map(spill.has)).toEqual([true, true, true, false]);
    expect(spill.read(3)).toEqual([]);
  });
});
