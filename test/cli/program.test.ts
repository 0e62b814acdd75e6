import { describe, expect, test } from "vitest";
import { buildCommand } from "../../src/cli/commands/build.js";
import { parseArguments } from "../../src/cli/program.js";

const parse = (...args: readonly string[]) => parseArguments(args, [buildCommand], "1.0.0");

describe("a command", () => {
  test.each([["--quiet"], ["--"], ["--output", "public"]])(
    "comes before its flags: %s",
    async (...before) => {
      await expect(parse(...before, "build")).rejects.toMatchObject({
        message: `Cannot understand the command line: "${before[0]}" stands before the command`,
        hint: "the command comes first: nupress build",
      });
    },
  );
});

describe("flags with names that every JavaScript object has", () => {
  test.each(["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf=1"])("--%s", async (flag) => {
    const name = flag.replace(/=.*/, "");
    const told = "Cannot understand the command line: there is no option --";
    await expect(parse("build", `--${flag}`)).rejects.toThrow(`${told}${name}`);
    await expect(parse("build", "packages", `--no-${flag}`)).rejects.toThrow(told);
  });

  test("are paths behind two dashes, and values behind another flag", async () => {
    expect(await parse("build", "--output", "constructor", "--", "--constructor")).toMatchObject({
      input: { positionals: ["--constructor"], flags: new Map([["output", "constructor"]]) },
    });
  });
});
