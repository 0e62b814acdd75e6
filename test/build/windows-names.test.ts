import { describe, expect, test } from "vitest";
import { isReservedName } from "../../src/build/windows-names.js";
import { lowerId, parsePackageId } from "../../src/nuget/id.js";

const reserved = (id: string, platform: string) => {
  const parsed = parsePackageId(id);
  return parsed && isReservedName(lowerId(parsed), platform);
};

describe("ids that are device names", () => {
  test.for(["con", "AUX", "nul", "Com1", "lpt9", "con.tools", "PRN.x.y"])(
    "%s is refused on Windows",
    (id) => {
      expect(reserved(id, "win32")).toBe(true);
      expect(reserved(id, "linux")).toBe(false);
    },
  );

  test.for(["console", "aux-tools", "com10", "my.con"])("%s is fine", (id) => {
    expect(reserved(id, "win32")).toBe(false);
  });
});
