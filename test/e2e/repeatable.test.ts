/** The same input gives the same documents, whatever the surroundings. */
import { cp, mkdir, readdir, readFile, utimes } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runNupress } from "../support/nupress-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

describe("the command line", () => {
  let temporary: TemporaryFolder;
  let reference: Readonly<Record<string, string>>;

  const build = async (
    name: string,
    packages: string,
    flags: readonly string[],
    env: NodeJS.ProcessEnv = {},
  ) => {
    const output = path.join(temporary.path, name);
    const args = [
      "build",
      packages,
      "--output",
      output,
      "--base-url",
      "https://contoso.github.io/feed/",
      ...flags,
    ];
    const { exitCode, stderr } = await runNupress(args, { env: { ...process.env, ...env } });
    if (exitCode !== 0) throw new Error(`the build ended with ${exitCode}: ${stderr}`);
    return await documents(output);
  };

  beforeAll(async () => {
    temporary = await makeTemporaryFolder();
    reference = await build("reference", "example-packages", ["--threads", "0"]);
  });

  afterAll(async () => await temporary.remove());

  test.for(["1", "2", "8"])("writes the same with %s threads", async (threads) => {
    expect(Object.keys(reference).length).toBeGreaterThan(90);
    expect(await build(`threads-${threads}`, "example-packages", ["--threads", threads])).toEqual(reference);
  });

  test("writes the same in another time zone and language", async () => {
    const env = { TZ: "Pacific/Kiritimati", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8" };
    expect(await build("elsewhere", "example-packages", [], env)).toEqual(reference);
  });

  test("writes the same of files that were made in another order, at another time, in other folders", async () => {
    const copy = path.join(temporary.path, "copy");
    const files = (await readdir("example-packages")).filter((file) => /\.(?:nupkg|json)$/.test(file));
    for (const [n, file] of files.sort().toReversed().entries()) {
      const folder = file.endsWith(".json") ? copy : path.join(copy, String(n % 3));
      await mkdir(folder, { recursive: true });
      await cp(path.join("example-packages", file), path.join(folder, file));
      await utimes(path.join(folder, file), n, n);
    }
    expect(await build("copied", copy, [])).toEqual(reference);
  });
});

/** Path → content in base64 of everything but the state. */
async function documents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts: Record<string, string> = {};
  for (const entry of entries) {
    const place = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, place).split(path.sep).join("/");
    if (entry.isFile() && !name.startsWith("feed-state/")) texts[name] = await readFile(place, "base64");
  }
  return texts;
}
