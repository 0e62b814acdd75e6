import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "../../../src/build/build.js";
import { run } from "../../../src/cli/run.js";
import { runNupress } from "../../support/nupress-process.js";
import { makePackages, type PackagesFixture, settings } from "../../support/packages-fixture.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let packages: PackagesFixture;
let feed: string;

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  feed = join(temporary.path, "public");
  packages = await makePackages(
    { id: "Contoso.Core", version: "1.0.0" },
    { id: "Contoso.Core", version: "1.1.0" },
    { id: "Contoso.Text", version: "1.0.0" },
  );
  await build({ sources: [packages.folder], output: feed, settings });
});
afterEach(async () => {
  await packages[Symbol.asyncDispose]();
  await temporary.remove();
});

async function nupress(...args: readonly string[]) {
  const terminal = recordedTerminal();
  let time = 0;
  const context = {
    terminal,
    environment: {},
    folder: temporary.path,
    signal: new AbortController().signal,
    now: () => (time += 100),
  };
  const exitCode = await run(["verify", ...args], context, { version: "1.2.3", reportTo: "nowhere" });
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const list = "v3/flat/contoso.core/index.json";
const nupkg = "v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg";

describe("nupress verify", () => {
  test("tells that nothing is wrong, and what was looked at", async () => {
    const { exitCode, stdout, stderr } = await nupress(feed);
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^Nothing is wrong in ".*public"\n {2}checked {2}3 versions of 2 ids, 15 documents, 3\.0 kB of packages hashed\n {2}time {5}0\.\d s\n$/,
    );
  });

  test("prints findings as a table with what they mean, and ends with 3", async () => {
    await writeFile(join(feed, list), "<html>");
    await rm(join(feed, nupkg));
    const { exitCode, stdout } = await nupress(feed);
    expect(exitCode).toBe(3);
    expect(stdout.split("\n").slice(0, 8)).toEqual([
      `document-damaged  ${list.padEnd(nupkg.length)}  is no JSON`,
      `package-missing   ${nupkg}  is not there`,
      "",
      "document-damaged: Clients fail on a document that they cannot read.",
      "  --repair may mend it",
      "package-missing: Restoring this version fails: its package is not there, and nothing in the feed can replace it.",
      "  run nupress verify --repair, then nupress build with the folder that holds the package, which puts it back",
      "",
    ]);
    expect(stdout).toContain("2 findings in ");
  });

  test("--quiet prints findings only", async () => {
    expect(await nupress(feed, "--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    await rm(join(feed, list));
    expect(await nupress(feed, "--quiet")).toEqual({
      exitCode: 3,
      stdout: `document-missing  ${list}  is not there\n`,
      stderr: "",
    });
  });

  test("prints the first hundred findings, and all with --verbose", async () => {
    await mkdir(join(feed, "v3/extra"));
    for (let n = 0; n < 1234; n++) await writeFile(join(feed, `v3/extra/${n}`), "");
    const { stdout } = await nupress(feed);
    expect(stdout).toContain("\n… and 1,134 more; --verbose prints all\n");
    expect(stdout.match(/file-extra {2}v3/g)).toHaveLength(100);
    expect((await nupress(feed, "--verbose")).stdout.match(/file-extra {2}v3/g)).toHaveLength(1234);
  });

  test("--json prints one object, with what was repaired", async () => {
    await rm(join(feed, list));
    await writeFile(join(feed, "v3/extra.txt"), "");
    const { exitCode, stdout } = await nupress(feed, "--repair", "--json");
    expect(exitCode).toBe(3);
    expect(JSON.parse(stdout)).toEqual({
      folder: feed,
      quick: false,
      ids: 2,
      versions: 3,
      documents: 15,
      bytes: expect.any(Number),
      seconds: expect.any(Number),
      isLocked: false,
      setAside: [],
      findings: [{ kind: "file-extra", path: "v3/extra.txt", reason: "belongs to nothing in the feed" }],
      repaired: [{ kind: "document-missing", id: "contoso.core", path: list, reason: "is not there" }],
      kinds: { "file-extra": { meaning: expect.any(String), isRepairable: false, hint: expect.any(String) } },
    });
  });

  test("tells what was kept of damaged state, and calls nothing wrong", async () => {
    await mkdir(join(feed, "feed-state/damaged"));
    await writeFile(join(feed, "feed-state/damaged/packages-3f-0123abcd.jsonl"), "cut sh");
    const { exitCode, stdout, stderr } = await nupress(feed);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("Nothing is wrong")]);
    expect(stderr).toBe(
      'note: "feed-state/damaged" keeps 1 damaged file that nothing reads; delete it at will\n',
    );
  });

  test("--quick hashes nothing, and says so", async () => {
    const bytes = await readFile(join(feed, nupkg));
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    await writeFile(join(feed, nupkg), bytes);
    const { exitCode, stdout } = await nupress(feed, "--quick");
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining("15 documents, no package hashed\n")]);
    expect((await nupress(feed)).exitCode).toBe(3);
  });

  test("--repair mends what can be made again, and ends with 0 when nothing is left", async () => {
    const before = await readFile(join(feed, list), "utf8");
    await writeFile(join(feed, list), before.slice(0, 10));
    const { exitCode, stdout } = await nupress(feed, "--repair");
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^Nothing is wrong in ".*", 1 finding repaired\n/),
    ]);
    expect(await readFile(join(feed, list), "utf8")).toBe(before);
  });

  test("--repair waits for nobody who writes, unless told to", async () => {
    await rm(join(feed, list));
    const until = new Date(Date.now() + 60_000).toISOString();
    const holder = { host: "elsewhere.example.com", pid: 1, instance: "x" };
    await writeFile(join(feed, "feed-state/lock"), JSON.stringify({ holder, since: until, until }));
    expect(await nupress(feed, "--repair")).toMatchObject({
      exitCode: 4,
      stderr: expect.stringContaining("elsewhere.example.com"),
    });
    expect(await nupress(feed)).toMatchObject({
      exitCode: 3,
      stderr: "hint: somebody writes to the feed, or was killed while doing so; verify again later\n",
    });
  });

  test("finds its folder in nupress.json", async () => {
    await writeFile(join(temporary.path, "nupress.json"), JSON.stringify({ output: feed }));
    expect((await nupress()).exitCode).toBe(0);
  });

  test.each([
    [["nowhere-at-all"], 'error: Cannot verify "nowhere-at-all": there is no feed in it\n'],
    [[], "error: Cannot understand the command line: no folder was named\n"],
    [["a", "b"], "error: Cannot understand the command line: nupress verify takes one folder\n"],
    [["a", "--threads", "many"], 'error: Cannot use --threads "many": needed is a whole number, 0 to 64\n'],
  ])("%j ends with 2", async (args, message) => {
    const { exitCode, stdout, stderr } = await nupress(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  test("an empty folder holds no feed", async () => {
    const folder = join(temporary.path, "empty");
    await mkdir(folder);
    expect(await nupress(folder)).toMatchObject({ exitCode: 2, stdout: "" });
  });

  test("links that lead out of the folder are not followed", async () => {
    const outside = join(temporary.path, "outside.json");
    await writeFile(outside, await readFile(join(feed, list)));
    await rm(join(feed, list));
    await symlink(outside, join(feed, list));
    const { exitCode, stdout } = await nupress(feed);
    expect([exitCode, stdout]).toEqual([
      3,
      expect.stringMatching(/^file-unreadable {2}v3\/flat\/contoso\.core\/index\.json {2}/),
    ]);
    await rm(join(feed, list));
    await writeFile(join(feed, "v3/flat/contoso.core/inside.json"), await readFile(outside));
    await symlink("inside.json", join(feed, list));
    expect((await nupress(feed, "--quiet")).stdout).toBe(
      "file-extra  v3/flat/contoso.core/inside.json  belongs to nothing in the feed\n",
    );
  });

  test("a folder in place of a document is a missing document", async () => {
    await rm(join(feed, list));
    await mkdir(join(feed, list));
    expect((await nupress(feed, "--quiet")).stdout).toBe(`document-missing  ${list}  is not there\n`);
  });
});

test("threads find what one process finds", async () => {
  await writeFile(join(feed, list), "<html>");
  await rm(join(feed, nupkg));
  await writeFile(join(feed, "v3/extra.txt"), "");
  const inPlace = await runNupress(["verify", feed, "--json", "--threads", "0"]);
  const inThreads = await runNupress(["verify", feed, "--json", "--threads", "3"]);
  const withoutTime = (text: string): string => text.replace(/"seconds":[\d.]+/, "");
  expect(withoutTime(inThreads.stdout)).toBe(withoutTime(inPlace.stdout));
  expect([inPlace.exitCode, inThreads.exitCode]).toEqual([3, 3]);
});
