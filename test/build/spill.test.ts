import { afterEach, describe, expect, test, vi } from "vitest";
import { createSpill, parseSpill, type Spill, type SpillItem, spillLine } from "../../src/build/spill.js";

const gone = (n: number): SpillItem => ({ kind: "gone", path: `package-${n}.nupkg` });

describe("a spill", () => {
  let spill: Spill | undefined;
  afterEach(() => {
    vi.unstubAllEnvs();
    spill?.dispose();
  });

  test.for([0, 40, 1_000_000])("gives back items in their order when it holds %i characters", (mostHeld) => {
    spill = createSpill(mostHeld);
    for (let i = 0; i < 20; i++) spill.add(new Map([[i % 3, spillLine(gone(i))]]));
    expect(parseSpill(spill.read(1))).toEqual([1, 4, 7, 10, 13, 16, 19].map(gone));
    expect([0, 1, 2, 3].map(spill.has)).toEqual([true, true, true, false]);
    expect(parseSpill(spill.read(3))).toEqual([]);
  });

  test("names the folder for temporary files when nothing can be kept there", () => {
    vi.stubEnv("TMPDIR", "/no/such/folder");
    vi.stubEnv("TEMP", String.raw`C:\no\such\folder`);
    spill = createSpill(0);
    const add = (): void => spill?.add(new Map([[0, spillLine(gone(0))]]));
    expect(add).toThrow(
      expect.objectContaining({
        code: "store-failed",
        message: expect.stringMatching(/^Cannot write "nupress-\*" in ".*such.folder": /),
        hint: expect.stringContaining("TMPDIR"),
      }),
    );
  });
});
