/** Whoever reads what is printed may stop at any time; what a command does and its exit code stay the same. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildPackage } from "../support/package-builder.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const mainPath = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const buildArgs = ["build", "packages", "--output", "public", "--base-url", "https://feeds.example.com/"];

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  await mkdir(join(folder.path, "packages"));
  const core = buildPackage({ id: "Contoso.Core", version: "1.0.0" });
  await writeFile(join(folder.path, "packages/core.nupkg"), core);
  for (const n of [1, 2, 3]) await writeFile(join(folder.path, `packages/broken${n}.nupkg`), "no zip");
});
afterEach(() => folder.remove());

test.each(["stdout", "stderr"] as const)("a build ends as ever when nobody reads its %s", async (stream) => {
  const child = spawn(process.execPath, [mainPath, ...buildArgs], { cwd: folder.path, stdio: "pipe" });
  child[stream].destroy();
  child[stream === "stdout" ? "stderr" : "stdout"].resume();
  const [exitCode] = await once(child, "exit");
  expect(exitCode).toBe(3);
  await access(join(folder.path, "public/v3/index.json"));
});
