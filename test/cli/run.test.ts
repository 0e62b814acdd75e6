import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { CommandContext } from "../../src/cli/command.js";
import { flagName, settingKeys } from "../../src/cli/config/settings.js";
import { reportError } from "../../src/cli/report-error.js";
import { run } from "../../src/cli/run.js";
import { buildPackage } from "../support/package-builder.js";
import { type RecordedTerminal, recordedTerminal } from "../support/recorded-terminal.js";
import { makeTemporaryFolder } from "../support/temporary-folder.js";

const program = { version: "1.2.3", reportTo: "at https://example.com/issues" };
const quiet = { json: false, quiet: false, verbose: false };

function contextOf(terminal: RecordedTerminal): CommandContext {
  return {
    terminal,
    environment: {},
    folder: "/nowhere",
    signal: new AbortController().signal,
    now: () => 0,
  };
}

async function nupress(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const exitCode = await run(args, contextOf(terminal), program);
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe("help", () => {
  test("names the commands and the exit codes", async () => {
    const { exitCode, stdout, stderr } = await nupress("--help");
    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const text of ["nupress build", "nupress serve", "nupress inspect", "130  interrupted"]) {
      expect(stdout).toContain(text);
    }
  });

  test.each(["build", "add", "serve", "verify", "inspect", "unlock", "log", "key"])(
    "of %s has examples and the exit codes",
    async (command) => {
      const { exitCode, stdout } = await nupress(command, "-h");
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(new RegExp(`Examples:\n  # .+\n  nupress ${command} `));
      expect(stdout).toContain("Exit codes:\n  0    done\n");
    },
  );

  test("of build names the flag of every setting", async () => {
    const { stdout } = await nupress("build", "--help");
    const flags = settingKeys.filter((key) => key !== "packages").map(flagName);
    for (const flag of flags) expect(stdout).toContain(` ${flag === "--site" ? "--no-site" : flag} `);
    for (const flag of ["--config", "--dry-run", "--json", "--quiet", "--verbose"])
      expect(stdout).toContain(flag);
  });

  test("of add does not promise to make a feed", async () => {
    expect((await nupress("add", "--help")).stdout).toMatch(
      /--output +Folder of a feed that was built before/,
    );
  });

  test("--version prints the version and nothing else", async () => {
    expect(await nupress("--version")).toEqual({ exitCode: 0, stdout: "1.2.3\n", stderr: "" });
  });
});

describe("a command line that makes no sense ends with 2 and says what may have been meant", () => {
  test.each([
    [[], "no command was given", "known are build, add, serve, verify, inspect, unlock, log, key"],
    [["bild"], 'there is no command "bild"', "did you mean nupress build?"],
    [["biuld"], 'there is no command "biuld"', "did you mean nupress build?"],
    [
      ["publish"],
      'there is no command "publish"',
      "known are build, add, serve, verify, inspect, unlock, log, key",
    ],
    [["build", "--dry-rn"], "there is no option --dry-rn", "did you mean --dry-run?"],
    [["build", "--dryRun"], "there is no option --dryRun", "did you mean --dry-run?"],
    [["build", "-o", "public"], "there is no option -o", undefined],
    [["build", "--output"], "--output needs a value", undefined],
    [["build", "--output", "--strict"], "--output needs a value", undefined],
    [["build", "--strict=maybe"], "--strict takes no value", 'leave out "=maybe"'],
    [["build", "--config", "a", "--config", "b"], "--config stands there twice", undefined],
    [["build", "--quiet", "--verbose"], "--quiet and --verbose exclude each other", undefined],
    [["serve", "a", "b"], "nupress serve takes one folder", undefined],
    [["serve"], "no folder was named", "name the output of a build: nupress serve public"],
    [["serve", "a", "--port", "http"], '--port "http" is not a number from 0 to 65535', undefined],
    [["serve", "a", "--port", "65536"], '--port "65536" is not a number from 0 to 65535', undefined],
    [["serve", "a", "--public-url", "x"], '--public-url "x": needed is an address that begins', undefined],
    [["inspect"], "no package was named", "nupress inspect Contoso.Core.1.0.0.nupkg"],
  ])("%j", async (args, reason, hint = "nupress --help tells what can be done") => {
    const { exitCode, stdout, stderr } = await nupress(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`error: Cannot understand the command line: ${reason}`);
    expect(stderr).toContain(`\nhint: ${hint}\n`);
  });

  test.each([
    [["build", "a", "--output", "b", "--output", "c"], 'Cannot use --output ["b","c"]: needed is one value'],
    [["build", "a", "--static-search", "all"], 'Cannot use --static-search "all": needed is a whole number'],
    [["build", "a", "--base-url", "x"], 'Cannot use --base-url "x": needed is an address'],
    [["build", "a", "--output", "b"], "Cannot build a feed without a base URL"],
    [["build", "--", "--weird"], "Cannot build a feed: no output folder was named"],
    [["build", "a", "--config", "none.json"], 'Cannot read settings from "none.json": there is no such file'],
  ])("%j", async (args, message) => {
    const { exitCode, stderr } = await nupress(...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`error: ${message}`);
  });

  test("as JSON too, even where flags were not understood", async () => {
    for (const args of [["build", "--json"], ["build", "--json", "--unknown"], ["--json"]]) {
      const { exitCode, stdout, stderr } = await nupress(...args);
      expect([exitCode, stderr]).toEqual([2, ""]);
      expect(JSON.parse(stdout)).toEqual({
        error: { code: expect.any(String), message: expect.any(String), hint: expect.any(String) },
      });
    }
  });
});

describe("an interruption", () => {
  test.each(["build", "inspect"])(
    "of %s ends with 130, writes nothing and says how to go on",
    async (command) => {
      const folder = await makeTemporaryFolder();
      const [packages, output] = [join(folder.path, "packages"), join(folder.path, "public")];
      await mkdir(packages);
      await writeFile(join(packages, "a.nupkg"), buildPackage({ id: "Contoso.Core", version: "1.0.0" }));
      const terminal = recordedTerminal();
      const context = { ...contextOf(terminal), folder: folder.path, signal: AbortSignal.abort() };
      const flags = command === "build" ? ["--output", output, "--base-url", "https://example.com/"] : [];
      expect(await run([command, packages, ...flags], context, program)).toBe(130);
      expect(terminal.stderr()).toBe(
        "error: Interrupted before the end\nhint: what was there is still whole; run the command again to go on\n",
      );
      expect(await readdir(folder.path)).toEqual(["packages"]);
      await folder.remove();
    },
  );
});

describe("defects", () => {
  const error = new TypeError("x is undefined", { cause: new Error("first") });

  test("are told with their trace and where to report them", () => {
    const terminal = recordedTerminal();
    reportError(error, contextOf(terminal), quiet, program);
    const lines = terminal.stderr().split("\n");
    expect(lines[0]).toBe("error: x is undefined");
    expect(terminal.stderr()).toMatch(/\n {4}at .*run\.test/);
    expect(terminal.stderr()).toContain("caused by Error: first");
    expect(lines.at(-2)).toBe(
      "hint: this is a defect of nupress 1.2.3; please report it with the lines above at https://example.com/issues",
    );
  });

  test("are JSON for programs", () => {
    const terminal = recordedTerminal();
    reportError(error, contextOf(terminal), { ...quiet, json: true }, program);
    expect(JSON.parse(terminal.stdout())).toMatchObject({
      error: { code: "defect", message: "x is undefined" },
    });
  });
});
