import { chmod, chown, mkdir, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Environment } from "../../../src/cli/config/environment.js";
import { run } from "../../../src/cli/run.js";
import { hashKey } from "../../../src/serve/auth/api-key.js";
import { parseKeyFile } from "../../../src/serve/auth/key-file.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let file: string;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-11-21T10:20:30.456Z") });
  temporary = await makeTemporaryFolder();
  file = join(temporary.path, "nupress-keys.json");
});
afterEach(async () => {
  vi.useRealTimers();
  await temporary.remove();
});

async function key(args: readonly string[], environment: Environment = {}) {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    environment,
    folder: temporary.path,
    signal: new AbortController().signal,
    now: () => 0,
  };
  const exitCode = await run(["key", ...args], context, { version: "1.2.3", reportTo: "nowhere" });
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const keysIn = async (path: string) => parseKeyFile(await readFile(path, "utf8"), path);
const usage = "error: Cannot understand the command line: ";

describe("nupress key create", () => {
  test("prints the key alone, says that it is shown once, and keeps its hash only", async () => {
    const { exitCode, stdout, stderr } = await key(["create", "ci"]);
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^nupress_[\w-]{43}\n$/)]);
    expect(stderr).toBe(
      [
        'Made the key "ci" in "nupress-keys.json": push, unlist',
        "Keep it safe: it is shown this once, and only its hash is stored",
        "hint: dotnet nuget push Contoso.Core.1.0.0.nupkg --source https://example.com/v3/index.json --api-key <key>\n",
      ].join("\n"),
    );
    expect(await keysIn(file)).toEqual([
      {
        name: "ci",
        hash: await hashKey(stdout.trim()),
        scopes: ["push", "unlist"],
        created: "2026-11-21T10:20:30Z",
      },
    ]);
    expect(await readFile(file, "utf8")).not.toContain("nupress_");
  });

  test("takes scopes, ids and an end", async () => {
    const flags = ["--scope", "unlist, push,push", "--ids", "Contoso.*,Fabrikam", "--expires", "90d"];
    const { stderr } = await key(["create", "contoso", ...flags]);
    expect(stderr).toContain(": push, unlist of Contoso.*, Fabrikam, until 2027-02-19\n");
    expect(await keysIn(file)).toMatchObject([
      { scopes: ["push", "unlist"], ids: ["Contoso.*", "Fabrikam"], expires: "2027-02-19T10:20:30Z" },
    ]);
  });

  test("tells how to read with a key that is for reading", async () => {
    const { stderr } = await key(["create", "alice", "--scope", "read", "--expires", "2027-01-31"]);
    expect(stderr).toContain(": read, until 2027-01-31\n");
    expect(stderr).toContain("\nhint: dotnet nuget add source ");
    expect(await keysIn(file)).toMatchObject([{ scopes: ["read"], expires: "2027-01-31T00:00:00Z" }]);
  });

  test("--quiet prints the key and nothing else, --json one object", async () => {
    expect(await key(["create", "ci", "--quiet"])).toMatchObject({
      stdout: expect.stringMatching(/^nupress_[\w-]{43}\n$/),
      stderr: "",
    });
    const { stdout, stderr } = await key(["create", "cd", "--json", "--ids", "Contoso.*"]);
    expect([stderr, JSON.parse(stdout)]).toEqual([
      "",
      {
        file: "nupress-keys.json",
        key: expect.stringMatching(/^nupress_/),
        name: "cd",
        scopes: ["push", "unlist"],
        ids: ["Contoso.*"],
        created: "2026-11-21T10:20:30Z",
      },
    ]);
  });

  test("leaves the file to its owner only, and nothing beside it", async () => {
    await key(["create", "ci"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await chmod(file, 0o644);
    await key(["create", "cd"]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(temporary.path)).toEqual(["nupress-keys.json"]);
  });

  // Nobody else may give a file to somebody.
  test.skipIf(process.getuid?.() !== 0)("by root leaves the file to whom it belongs", async () => {
    await key(["create", "ci"]);
    await chown(file, 1234, 5678);
    await key(["create", "cd"]);
    expect(await stat(file)).toMatchObject({ uid: 1234, gid: 5678 });
    expect(await keysIn(file)).toHaveLength(2);
  });

  test("keeps a link to the file", async () => {
    await mkdir(join(temporary.path, "secrets"));
    const target = join(temporary.path, "secrets/keys.json");
    await writeFile(target, '{"keys": []}');
    await symlink(target, file);
    await key(["create", "ci"]);
    expect(await keysIn(target)).toMatchObject([{ name: "ci" }]);
    expect((await readdir(temporary.path)).sort()).toEqual(["nupress-keys.json", "secrets"]);
  });

  test("finds the file by flag, by variable, and by its usual name", async () => {
    await mkdir(join(temporary.path, "a"));
    const environment = { NUPRESS_KEYS_FILE: "by-variable.json" };
    expect((await key(["create", "one", "--keys", "a/by-flag.json"], environment)).exitCode).toBe(0);
    expect((await key(["create", "two"], environment)).exitCode).toBe(0);
    expect((await key(["create", "three"], { NUPRESS_KEYS_FILE: "" })).exitCode).toBe(0);
    expect(await keysIn(join(temporary.path, "a/by-flag.json"))).toMatchObject([{ name: "one" }]);
    expect(await keysIn(join(temporary.path, "by-variable.json"))).toMatchObject([{ name: "two" }]);
    expect(await keysIn(file)).toMatchObject([{ name: "three" }]);
  });

  test.each([
    [["create"], "nupress key create needs the name of a key", "nupress key create ci"],
    [["create", "a", "b"], "nupress key create takes one name", "nupress key create ci"],
    [["create", "a b"], '"a b" cannot be the name of a key', "needed are 1 to 64 letters"],
    [["create", "anonymous"], '"anonymous" cannot be the name of a key', "needed are 1 to 64 letters"],
    [["create", "nupress_AAAA"], "what begins like a key cannot be its name", ""],
    [["create", "a", "--scope", "push,unlst"], 'there is no scope "unlst"', "did you mean unlist?"],
    [
      ["create", "a", "--scope", "everything"],
      'there is no scope "everything"',
      "known are read, push, unlist",
    ],
    [["create", "a", "--scope", ","], 'there is no scope ""', "known are "],
    [["create", "a", "--ids", "Contoso.?"], '--ids "Contoso.?" is no package id', '"*" stands for anything'],
    [["create", "a", "--ids", ","], '--ids "" is no package id', '"*" stands for anything'],
    [["create", "a", "--ids", "A", "--scope", "read"], "--ids limits what a key may change", ""],
    [["create", "a", "--expires", "soon"], '--expires "soon" is neither a number of days', ""],
    [["create", "a", "--expires", "0d"], '--expires "0d" is neither a number of days', ""],
    [["create", "a", "--expires", "2027-02-30"], '--expires "2027-02-30" is neither', ""],
    [["create", "a", "--expires", "2026-11-21"], '--expires "2026-11-21" is over', ""],
    [["create", "a", "--keys", "b", "--keys", "c"], "--keys stands there twice", ""],
    [["list", "a"], "nupress key list takes no name", ""],
    [["list", "--scope", "push"], "--scope is for nupress key create", ""],
    [["revoke"], "nupress key revoke needs the name of a key", "nupress key revoke ci"],
    [[], "nupress key needs an action", "known are create, list, revoke"],
    [["crate", "a"], 'there is no action "crate" of nupress key', "did you mean nupress key create?"],
  ])("%j ends with 2 and writes nothing", async (args, message, hint) => {
    const { exitCode, stdout, stderr } = await key(args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(usage + message);
    expect(stderr).toContain(`\nhint: ${hint}`);
    expect(stderr).not.toContain("AAAA");
    expect(await readdir(temporary.path)).toEqual([]);
  });

  test("refuses a name that is taken, in whatever letter case", async () => {
    await key(["create", "ci"]);
    expect(await key(["create", "CI"])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${usage}there is a key "ci" in "nupress-keys.json" already\nhint: choose another name, or revoke that key first: nupress key revoke ci\n`,
    });
    expect(await readdir(temporary.path)).toEqual(["nupress-keys.json"]);
  });

  test("keeps no keys in a feed", async () => {
    await mkdir(join(temporary.path, "feed-state"));
    const { exitCode, stdout, stderr } = await key(["create", "ci"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      /^error: Cannot keep keys in "nupress-keys\.json": ".*" is a feed, and published\nhint: /,
    );
    expect(await readdir(temporary.path)).toEqual(["feed-state"]);
  });

  test("changes no file that it does not understand", async () => {
    await writeFile(file, '{"keys": [{"name": "ci", "key": "nupress_AAAA"}]}');
    const { exitCode, stdout, stderr } = await key(["create", "cd", "--verbose"]);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(
      'Cannot read the keys of "nupress-keys.json", entry 1 ("ci"): it has a property that means nothing\n',
    );
    expect(stderr).not.toContain("AAAA");
    expect(await readdir(temporary.path)).toEqual(["nupress-keys.json"]);
  });

  test("does not write while somebody else does", async () => {
    await writeFile(`${file}.new`, "");
    const { exitCode, stdout, stderr } = await key(["create", "ci"]);
    expect([exitCode, stdout]).toEqual([4, ""]);
    expect(stderr).toContain(
      'error: Cannot change the keys of "nupress-keys.json": somebody else is changing them\n',
    );
    expect(stderr).toContain(`delete "${file}.new"`);
    expect(await readdir(temporary.path)).toEqual(["nupress-keys.json.new"]);
  });

  test("of many at the same time loses no key that it reported", async () => {
    const names = Array.from({ length: 10 }, (_, n) => `key-${n}`);
    const results = await Promise.all(names.map((name) => key(["create", name])));
    const made = names.filter((_, n) => results[n]?.exitCode === 0);
    expect(made).not.toEqual([]);
    expect((await keysIn(file)).map(({ name }) => name).sort()).toEqual(made);
  });

  test("fails where the folder is missing", async () => {
    const { exitCode, stdout, stderr } = await key(["create", "ci", "--keys", "missing/keys.json"]);
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain('error: Cannot write the keys to "missing/keys.json": ENOENT');
  });
});

describe("nupress key list", () => {
  test("shows what each key may do, and not its hash", async () => {
    await key(["create", "ci"]);
    await key(["create", "contoso", "--ids", "Contoso.*", "--expires", "1d"]);
    await key(["create", "alice", "--scope", "read", "--expires", "2027-01-31"]);
    vi.setSystemTime(Date.parse("2026-11-22T10:20:30Z"));
    expect(await key(["list"])).toEqual({
      exitCode: 0,
      stdout: [
        "name     scopes       ids        created     expires",
        "ci       push,unlist  all        2026-11-21  never",
        "contoso  push,unlist  Contoso.*  2026-11-21  expired 2026-11-22",
        "alice    read         all        2026-11-21  2027-01-31\n",
      ].join("\n"),
      stderr: "",
    });
    const { stdout } = await key(["list", "--json"]);
    expect(JSON.parse(stdout).keys[1]).toEqual({
      name: "contoso",
      scopes: ["push", "unlist"],
      ids: ["Contoso.*"],
      created: "2026-11-21T10:20:30Z",
      expires: "2026-11-22T10:20:30Z",
      isExpired: true,
    });
  });

  test("tells where there is no key, and makes no file", async () => {
    expect(await key(["list"])).toEqual({
      exitCode: 0,
      stdout: "",
      stderr: 'There is no key in "nupress-keys.json"\n',
    });
    expect((await key(["list", "--json"])).stdout).toBe('{"file":"nupress-keys.json","keys":[]}\n');
    expect(await readdir(temporary.path)).toEqual([]);
  });
});

describe("nupress key revoke", () => {
  test("takes one key away and names it", async () => {
    await key(["create", "ci"]);
    await key(["create", "cd"]);
    expect(await key(["revoke", "ci"])).toEqual({
      exitCode: 0,
      stdout: 'Revoked the key "ci" of "nupress-keys.json"\n',
      stderr: "",
    });
    expect(await keysIn(file)).toMatchObject([{ name: "cd" }]);
    expect((await key(["revoke", "cd", "--json"])).stdout).toBe(
      '{"file":"nupress-keys.json","revoked":"cd"}\n',
    );
    expect(await keysIn(file)).toEqual([]);
  });

  test.each([
    ["cj", 'there is no key "cj" in "nupress-keys.json"', "did you mean ci?"],
    ["CI", 'there is no key "CI" in "nupress-keys.json"', "did you mean ci?"],
    ["somebody", 'there is no key "somebody" in "nupress-keys.json"', "nupress key list tells the names"],
    ["nupress_AAAA", "keys are revoked by their names", "nupress key list tells the names"],
  ])("%s, which is no name, ends with 2", async (name, message, hint) => {
    await key(["create", "ci"]);
    expect(await key(["revoke", name])).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `${usage}${message}\nhint: ${hint}\n`,
    });
    expect(await keysIn(file)).toMatchObject([{ name: "ci" }]);
  });
});

test("the variable of the file disturbs no other command", async () => {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    environment: { NUPRESS_KEYS_FILE: "keys.json" },
    folder: temporary.path,
    signal: new AbortController().signal,
    now: () => 0,
  };
  await run(["serve"], context, { version: "1.2.3", reportTo: "nowhere" });
  expect(terminal.stderr()).toContain("no folder was named");
});
