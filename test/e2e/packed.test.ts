/** What users get: the packed package, installed into an empty folder. */
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runProcess } from "../support/run-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

describe("the packed package", () => {
  let temporary: TemporaryFolder;
  let folder: string;

  beforeAll(async () => {
    temporary = await makeTemporaryFolder();
    folder = path.join(temporary.path, "project");
    await mkdir(folder);
    await writeFile(path.join(folder, "package.json"), '{ "private": true, "type": "module" }');
    // The programs in `dist` were made by the global setup; they are not made again, because other tests run them.
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], ".");
    const packed = await run(
      npm,
      ["pack", "--ignore-scripts", "--json", "--pack-destination", temporary.path],
      ".",
    );
    const [{ filename }] = JSON.parse(packed);
    await run(npm, ["install", "--prefer-offline", path.join(temporary.path, filename)], folder);
    await cp("example-packages", path.join(folder, "packages"), { recursive: true, filter: isPackage });
  }, 180_000);

  afterAll(async () => await temporary.remove());

  test("builds a feed by its command", async () => {
    const bin = path.join(
      folder,
      "node_modules",
      ".bin",
      process.platform === "win32" ? "nupress.cmd" : "nupress",
    );
    const flags = ["--output", "public", "--base-url", "https://contoso.github.io/feed/", "--json"];
    const report = JSON.parse(await run(bin, ["build", "packages", ...flags], folder));
    expect(report).toMatchObject({ versions: 18, ids: 7 });
    const index = await readFile(path.join(folder, "public/v3/index.json"), "utf8");
    expect(JSON.parse(index)).toMatchObject({ version: "3.0.0" });
  });

  test("builds a feed as a library", async () => {
    const script = `
      import { build } from "nupress";
      const settings = { baseUrl: "https://contoso.github.io/feed/", folderFeed: true, staticSearch: 25 };
      const report = await build({ sources: ["packages"], output: "library", settings, threads: 2 });
      console.log(JSON.stringify(report));
    `;
    await writeFile(path.join(folder, "build.js"), script);
    expect(JSON.parse(await run(process.execPath, ["build.js"], folder))).toMatchObject({
      versions: 18,
      ids: 7,
    });
  });

  test("brings its types", async () => {
    const source = `
      import { build, type BuildReport } from "nupress";
      export const report: Promise<BuildReport> = build({
        sources: ["packages"],
        output: "public",
        settings: { baseUrl: "https://contoso.github.io/feed/", folderFeed: false, staticSearch: 25 },
      });
    `;
    await writeFile(path.join(folder, "uses.ts"), source);
    const tsc = path.resolve("node_modules/typescript/bin/tsc");
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", ""];
    expect(await run(process.execPath, [tsc, ...flags, "uses.ts"], folder)).toBe("");
  });

  test("brings the schemas and nothing that users do not need", async () => {
    const place = path.join(folder, "node_modules/nupress");
    const schema = JSON.parse(await readFile(path.join(place, "schemas/packages.schema.json"), "utf8"));
    expect(schema).toHaveProperty("$schema");
    await expect(readFile(path.join(place, "src/index.ts"))).rejects.toThrow("ENOENT");
    await expect(readFile(path.join(place, "test/architecture.test.ts"))).rejects.toThrow("ENOENT");
  });
});

function isPackage(file: string): boolean {
  return !file.includes(`${path.sep}src`) && !/\.(?:sh|md)$/.test(file);
}

async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { exitCode, stdout, stderr } = await runProcess(command, args, { cwd, timeout: 120_000 });
  if (exitCode !== 0)
    throw new Error(`${command} ${args.join(" ")} ended with ${exitCode}\n${stdout}\n${stderr}`);
  return stdout;
}
