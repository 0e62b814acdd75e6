import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { logTable } from "../../../src/cli/commands/log-text.js";
import { run } from "../../../src/cli/run.js";
import type { AuditLine } from "../../../src/publish/audit.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let folder: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-21T10:20:30.456Z") });
  temporary = await makeTemporaryFolder();
  folder = join(temporary.path, "feed");
});
afterEach(async () => {
  vi.useRealTimers();
  await temporary.remove();
});

async function log(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    environment: {},
    folder: temporary.path,
    signal: new AbortController().signal,
    now: () => 0,
  };
  const exitCode = await run(["log", ...args], context, { version: "1.2.3", reportTo: "nowhere" });
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** @param path below the folder of the state */
async function writeState(path: string, text: string): Promise<void> {
  const file = join(folder, "feed-state", path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

async function writeDay(day: string, ...lines: readonly object[]): Promise<void> {
  await writeState(`audit/${day}/00.jsonl`, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

const sha512 = "Dz1Zp4Vh0CkqVpbYZ0n7yw==";
const pushed: AuditLine = {
  time: "2026-11-10T08:00:00.000Z",
  action: "push",
  id: "Contoso.Core",
  version: "1.0.0",
  key: "ci",
  address: "192.0.2.7",
  request: "r1",
  sha512,
};
const unlisted: AuditLine = {
  time: "2026-11-14T10:20:30.456Z",
  action: "unlist",
  id: "contoso.core",
  version: "1.0.0",
  key: "anna",
};
const other: AuditLine = {
  time: "2026-11-21T10:00:00.999Z",
  action: "delete",
  id: "Fabrikam",
  version: "2.0.0-beta.1",
  address: "2001:db8::1",
};

async function writeThree(): Promise<void> {
  await writeDay("2026-11-21", other);
  await writeDay("2026-11-10", pushed);
  await writeDay("2026-11-14", unlisted);
}

describe("nupress log", () => {
  test("prints a line per change, newest last, columns below each other", async () => {
    await writeThree();
    expect(await log(folder)).toEqual({
      exitCode: 0,
      stdout: [
        "2026-11-10T08:00:00Z  push    Contoso.Core 1.0.0     ci    192.0.2.7    Dz1Zp4Vh0C",
        "2026-11-14T10:20:30Z  unlist  contoso.core 1.0.0     anna  -            -",
        "2026-11-21T10:00:00Z  delete  Fabrikam 2.0.0-beta.1  -     2001:db8::1  -\n",
      ].join("\n"),
      stderr: "",
    });
  });

  test("--json prints the lines whole, in one object", async () => {
    await writeThree();
    const { exitCode, stdout, stderr } = await log(folder, "--json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toEqual({ lines: [pushed, unlisted, other], problems: [] });
  });

  test("reads a log that a bucket keeps in objects, also where nothing else was copied", async () => {
    await writeState("audit/2026-11-14/2026-11-14T10-20-30-456Z-b.json", JSON.stringify(unlisted));
    await writeState("audit/2026-11-10/2026-11-10T08-00-00-000Z-a.json", JSON.stringify(pushed));
    const { exitCode, stdout } = await log(folder, "--json");
    expect([exitCode, JSON.parse(stdout).lines]).toEqual([0, [pushed, unlisted]]);
  });

  test("takes the feed in the settings where no folder is named", async () => {
    await writeThree();
    await writeFile(join(temporary.path, "settings.json"), JSON.stringify({ output: folder }));
    const { exitCode, stdout } = await log("--config", "settings.json", "--last", "1");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Fabrikam 2.0.0-beta.1")]);
  });

  test.each<[flags: readonly string[], ids: readonly AuditLine[]]>([
    [
      ["--id", "CONTOSO.core"],
      [pushed, unlisted],
    ],
    [
      ["--id", "contoso.*"],
      [pushed, unlisted],
    ],
    [["--id", "Contoso"], []],
    [
      ["--id", "*"],
      [pushed, unlisted, other],
    ],
    [["--key", "CI"], [pushed]],
    [["--key", "c"], []],
    [
      ["--action", "push, DELETE"],
      [pushed, other],
    ],
    [["--action", "relist"], []],
    [
      ["--since", "7d"],
      [unlisted, other],
    ],
    [["--since", "6d"], [other]],
    [
      ["--since", "2026-11-14"],
      [unlisted, other],
    ],
    [["--since", "2026-11-15"], [other]],
    [
      ["--last", "2"],
      [unlisted, other],
    ],
    [
      ["--last", "999"],
      [pushed, unlisted, other],
    ],
    [["--id", "contoso.core", "--last", "1"], [unlisted]],
    [["--key", "ci", "--action", "unlist"], []],
  ])("%j", async (flags, lines) => {
    await writeThree();
    const { exitCode, stdout } = await log(folder, "--json", ...flags);
    expect([exitCode, JSON.parse(stdout).lines]).toEqual([0, lines]);
  });

  test("shows a line whose time is none, whatever is asked of the time", async () => {
    await writeDay("2026-11-10", { ...pushed, time: "yesterday" });
    expect((await log(folder, "--since", "1d")).stdout).toMatch(/^yesterday {2}push {2}/);
  });

  test("keeps what a line holds from looking like another line, and from steering the terminal", async () => {
    await writeDay("2026-11-10", { ...pushed, key: "ci\n2026-11-10T08:00:00Z", address: "\u001b[2J" });
    const { stdout } = await log(folder);
    expect(stdout.split("\n")).toHaveLength(2);
    expect(stdout).toContain("ci\\n2026-11-10T08:00:00Z  \\u001b[2J");
  });
});

test("a log of two hundred thousand lines becomes a table", () => {
  const lines = Array.from({ length: 200_000 }, () => pushed);
  expect(logTable(lines).split("\n")).toHaveLength(lines.length);
});

describe("nupress log of lines that cannot be read", () => {
  beforeEach(async () => {
    await writeState("audit/2026-11-10/00.jsonl", `${JSON.stringify(pushed)}\n{"time": "2026`);
  });
  const message = '"feed-state/audit/2026-11-10/00.jsonl" has lines that cannot be read; they are left out';

  test("names their file, prints the others, and ends with 3", async () => {
    expect(await log(folder)).toEqual({
      exitCode: 3,
      stdout: expect.stringContaining("Contoso.Core 1.0.0"),
      stderr: `problem: ${message} (look at it with an editor)\n`,
    });
  });

  test("does so as JSON too", async () => {
    const { exitCode, stdout, stderr } = await log(folder, "--json");
    expect([exitCode, stderr]).toEqual([3, ""]);
    expect(JSON.parse(stdout)).toEqual({
      lines: [pushed],
      problems: [expect.objectContaining({ severity: "problem", code: "audit-damaged", message })],
    });
  });
});

describe("nupress log of nothing", () => {
  test("says that nothing was changed so far", async () => {
    await writeState("feed.json", "{}");
    expect(await log(folder)).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: `Nothing was changed in "${folder}" through a server so far\n`,
    });
    expect(await log(folder, "--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    expect((await log(folder, "--json")).stdout).toBe('{"lines":[],"problems":[]}\n');
  });

  test("says that no change is of the kind that was asked for", async () => {
    await writeThree();
    const { exitCode, stderr } = await log(folder, "--key", "nobody");
    expect([exitCode, stderr]).toEqual([0, `No change in "${folder}" is like that\n`]);
  });

  test("ends with 2 where there is no feed", async () => {
    expect(await log(folder)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `error: Cannot read the log of "${folder}": no feed is there\nhint: name the folder of a feed: nupress log public\n`,
    });
  });
});

test.each([
  [["--id", "a/b"], '--id "a/b" is no package id', '"*" stands for anything: --id "Contoso.*"'],
  [["--action", "pussh"], 'there is no action "pussh"', "did you mean push?"],
  [["--action", ","], 'there is no action ""', "known are push, overwrite, unlist, relist, delete"],
  [["--since", "7"], '--since "7" is neither a number of days', undefined],
  [["--since", "2026-02-30"], '--since "2026-02-30" is neither a number of days', undefined],
  [["--last", "0"], '--last "0" is not a number of lines from 1 on', undefined],
  [["--last", "-1"], "--last needs a value", undefined],
  [["another"], "nupress log takes one folder", undefined],
])(
  "nupress log with %j ends with 2",
  async (args, reason, hint = "nupress --help tells what can be done") => {
    const { exitCode, stdout, stderr } = await log(folder, ...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(`error: Cannot understand the command line: ${reason}`);
    expect(stderr).toContain(`\nhint: ${hint}\n`);
  },
);
