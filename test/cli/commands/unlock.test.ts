import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { run } from "../../../src/cli/run.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
});
afterEach(() => temporary.remove());

async function unlock(folder: string) {
  const terminal = recordedTerminal();
  const context = {
    terminal,
    environment: {},
    folder: temporary.path,
    signal: new AbortController().signal,
    now: () => 0,
  };
  const exitCode = await run(["unlock", folder], context, { version: "1.2.3", reportTo: "nowhere" });
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

async function writeState(file: string, text: string): Promise<void> {
  await mkdir(join(temporary.path, "feed-state"), { recursive: true });
  await writeFile(join(temporary.path, "feed-state", file), text);
}

const lock = {
  holder: { host: "elsewhere.example.com", pid: 4711, instance: "x" },
  since: "2026-01-01T00:00:00.000Z",
  until: "2026-01-01T00:01:00.000Z",
};

describe("nupress unlock", () => {
  test("takes the lock away and tells who held it, also where a first build got no further", async () => {
    await writeState("lock", JSON.stringify(lock));
    expect(await unlock(temporary.path)).toEqual({
      exitCode: 0,
      stdout: `Unlocked "${temporary.path}", which process 4711 on elsewhere.example.com held since ${lock.since}\n`,
      stderr: "",
    });
    expect(await readdir(temporary.path)).toEqual([]);
  });

  test("tells when nobody held it", async () => {
    await writeState("feed.json", "{}");
    expect(await unlock(temporary.path)).toEqual({
      exitCode: 0,
      stdout: `"${temporary.path}" was not locked\n`,
      stderr: "",
    });
  });

  test("ends with 2 where there is no feed", async () => {
    const missing = join(temporary.path, "missing");
    expect(await unlock(missing)).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `error: Cannot unlock "${missing}": no feed is there\nhint: name the output of a build: nupress unlock public\n`,
    });
  });
});
