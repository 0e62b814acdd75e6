import { describe, expect, test } from "vitest";
import { frameworkSupport } from "../../../src/site/package/framework-support.js";

/** Included frameworks with a star. */
function support(names: readonly string[], isDirectOnly = false): string[] {
  return frameworkSupport(names, isDirectOnly).map(
    ({ name, frameworks }) =>
      `${name}: ${frameworks.map((framework) => framework.name + (framework.isDirect ? "*" : "")).join(" ")}`,
  );
}

describe("frameworks of a package", () => {
  test.each([
    [["net8.0"], [".NET: net8.0* net9.0 net10.0"]],
    [
      ["netstandard2.0"],
      [
        ".NET: net5.0 net6.0 net7.0 net8.0 net9.0 net10.0",
        ".NET Core: netcoreapp2.0 netcoreapp2.1 netcoreapp2.2 netcoreapp3.0 netcoreapp3.1",
        ".NET Standard: netstandard2.0* netstandard2.1",
        ".NET Framework: net461 net462 net47 net471 net472 net48 net481",
      ],
    ],
    [
      ["netstandard1.3", "net45"],
      [
        ".NET: net5.0 net6.0 net7.0 net8.0 net9.0 net10.0",
        ".NET Core: netcoreapp1.0 netcoreapp1.1 netcoreapp2.0 netcoreapp2.1 netcoreapp2.2 netcoreapp3.0 netcoreapp3.1",
        ".NET Standard: netstandard1.3* netstandard1.4 netstandard1.5 netstandard1.6 netstandard2.0 netstandard2.1",
        ".NET Framework: net45* net451 net452 net46 net461 net462 net47 net471 net472 net48 net481",
      ],
    ],
    [["net9.0-windows7.0"], [".NET: net9.0-windows7.0* net10.0-windows7.0"]],
    [["netcoreapp3.1"], [".NET: net5.0 net6.0 net7.0 net8.0 net9.0 net10.0", ".NET Core: netcoreapp3.1*"]],
    [["net48", "net40-client"], [".NET Framework: net40-client* net48* net481"]],
    [["xamarinios10", "uap10.0"], ["Other: xamarinios10* uap10.0*"]],
    [[], []],
  ])("%j", (names, rows) => {
    expect(support(names)).toEqual(rows);
  });

  test("newer than all that are known is there too", () => {
    expect(support(["net12.0"])).toEqual([".NET: net12.0*"]);
  });

  test("of a tool are those that it runs on", () => {
    expect(support(["net8.0"], true)).toEqual([".NET: net8.0*"]);
  });
});
