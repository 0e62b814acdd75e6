import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runNupress, startNupress } from "../support/nupress-process.js";
import { buildPackage, type PackageOptions } from "../support/package-builder.js";
import type { ProcessResult } from "../support/run-process.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../support/temporary-folder.js";

const baseUrl = "https://feeds.example.com/contoso/";

let folder: TemporaryFolder;

beforeEach(async () => {
  folder = await makeTemporaryFolder();
  await mkdir(join(folder.path, "packages"));
});
afterEach(() => folder.remove());

async function addPackage(options: PackageOptions): Promise<void> {
  await addFile(`${options.id}.${options.version}.nupkg`, buildPackage(options));
}

async function addFile(name: string, content: string | Uint8Array): Promise<void> {
  await writeFile(join(folder.path, "packages", name), content);
}

function nupress(...args: readonly string[]): Promise<ProcessResult> {
  return runNupress(args, { cwd: folder.path, env: environment() });
}

function environment(variables: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], SystemRoot: process.env["SystemRoot"], ...variables };
}

function build(...flags: readonly string[]): Promise<ProcessResult> {
  return nupress("build", "packages", "--output", "public", "--base-url", baseUrl, ...flags);
}

describe("nupress build", () => {
  test("prints what the feed holds, what was written and how to add it", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0", entryTime: "2024-05-01T10:00:00Z" });
    await addPackage({ id: "Contoso.Core", version: "1.1.0", entryTime: "1980-01-01T00:00:00Z" });
    const { exitCode, stdout, stderr } = await build();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout.replace(/\S+ kB in .*/, "<bytes> in <time>").replace(/\d+ created/, "<n> created")).toBe(
      [
        'The feed in "public" holds',
        "  packages  2 versions of 1 id, from 2 package files",
        "  files     <n> created, 0 replaced, 0 kept, 0 deleted",
        "  written   <bytes> in <time>",
        "  undated   1 version has no date of publication; packages.json can tell it",
        "  site      https://feeds.example.com/contoso/",
        "",
        "Add it to a client:",
        "  dotnet nuget add source https://feeds.example.com/contoso/v3/index.json --name feeds.example.com",
        "",
      ].join("\n"),
    );
  });

  test("prints one JSON object for programs", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const { exitCode, stdout, stderr } = await build("--json");
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout)).toMatchObject({
      output: "public",
      source: `${baseUrl}v3/index.json`,
      site: baseUrl,
      addSource: `dotnet nuget add source ${baseUrl}v3/index.json --name feeds.example.com`,
      dryRun: false,
      packages: 1,
      versions: 1,
      ids: 1,
      undated: 0,
      replaced: 0,
      kept: 0,
      deleted: 0,
      problems: [],
    });
  });

  test("tells each problem in a line, builds the rest and ends with 3", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await addFile("broken.nupkg", "no zip");
    const { exitCode, stdout, stderr } = await build();
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^problem: Cannot read package "broken\.nupkg": .+\n$/);
    expect(stdout).toContain("1 version of 1 id, from 2 package files");
  });

  test("--strict writes nothing then, and tells the problems and the reason", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await addFile("broken.nupkg", "no zip");
    const { exitCode, stdout, stderr } = await build("--strict");
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^problem: .+\nerror: .+ 1 problem with --strict; nothing was written\nhint: .+\n$/,
    );
    expect(await readdir(folder.path)).toEqual(["packages"]);
    const json = await build("--strict", "--json");
    expect([json.exitCode, json.stderr]).toEqual([3, ""]);
    expect(JSON.parse(json.stdout)).toMatchObject({
      error: { code: "strict" },
      problems: [{ file: "broken.nupkg" }],
    });
  });

  test("--quiet tells problems only", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await addFile("Contoso.Core.1.0.0.symbols.nupkg", "");
    expect(await build("--quiet")).toEqual({ exitCode: 0, stdout: "", stderr: "" });
    await addFile("broken.nupkg", "no zip");
    const { exitCode, stdout, stderr } = await build("--quiet");
    expect([exitCode, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(/^problem: .+\n$/);
  });

  test("--dry-run prints every change and writes nothing", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const { exitCode, stdout } = await build("--dry-run");
    const lines = stdout.split("\n");
    expect(exitCode).toBe(0);
    expect(lines).toContain("create   v3/flat/contoso.core/1.0.0/contoso.core.1.0.0.nupkg");
    expect(lines).toContain("create   v3/index.json");
    expect(stdout).toContain('Dry run, nothing was written: "public" would hold\n');
    expect(await readdir(folder.path)).toEqual(["packages"]);
  });

  test("takes its settings from nupress.json and variables, and says so with --verbose", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const settings = { packages: "packages", output: "public", baseUrl: "https://file.example.com/" };
    await writeFile(join(folder.path, "nupress.json"), JSON.stringify(settings));
    const env = environment({ NUPRESS_BASE_URL: "https://variable.example.com" });
    const { exitCode, stderr } = await runNupress(["build", "--verbose"], { cwd: folder.path, env });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('setting: output = "public" (nupress.json)\n');
    expect(stderr).toContain('setting: baseUrl = "https://variable.example.com/" (variable)\n');
    expect(await readFile(join(folder.path, "public/v3/index.json"), "utf8")).toContain(
      "https://variable.example.com/v3/flat/",
    );
  });

  test("makes a site with the settings and the files that nupress.json names", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const site = { title: "Contoso packages", css: "brand.css", footerHtml: "<p>Ask us.</p>" };
    await writeFile(join(folder.path, "nupress.json"), JSON.stringify({ site }));
    const { exitCode, stderr } = await build();
    expect([exitCode, stderr]).toEqual([
      2,
      'error: Cannot read "brand.css" for "site.css": there is no such file\n',
    ]);
    await writeFile(join(folder.path, "brand.css"), ".brand { color: red }");
    const built = await build("--verbose");
    expect(built.exitCode).toBe(0);
    expect(built.stderr).toContain('setting: site.title = "Contoso packages" (nupress.json)\n');
    expect(built.stderr).toContain('setting: site.css = "brand.css" (nupress.json)\n');
    const read = (path: string): Promise<string> => readFile(join(folder.path, "public", path), "utf8");
    expect(await read("index.html")).toContain("<title>Contoso packages");
    expect(await read("packages/contoso.core/index.html")).toContain("<p>Ask us.</p>");
    expect(await read("site/custom.css")).toBe(".brand { color: red }");
  });

  test("makes none when it is told so, and takes away what was made", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build();
    const { exitCode, stdout } = await build("--no-site");
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("site");
    expect((await readdir(join(folder.path, "public"))).sort()).toEqual([
      ".nojekyll",
      "404.html",
      "feed-state",
      "v3",
    ]);
    expect(JSON.parse((await build("--no-site", "--json")).stdout)).not.toHaveProperty("site");
  });

  test("hands every flag on", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const flags = [
      "--folder-feed",
      "--static-search",
      "0",
      "--no-site",
      "--source-name",
      "team-a",
      "--strict",
    ];
    expect((await build(...flags, "--dynamic-url", "https://search.example.com/x")).exitCode).toBe(0);
    const version = join(folder.path, "public/v3/flat/contoso.core/1.0.0");
    expect(await readdir(version)).toContain("contoso.core.1.0.0.nupkg.sha512");
    expect(await readFile(join(folder.path, "public/v3/index.json"), "utf8")).toContain(
      "https://search.example.com/x/",
    );
  });

  test("refuses to remove and to replace what is published until it is told to", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build();
    await addPackage({ id: "Contoso.Core", version: "1.0.0", description: "Other" });
    expect(await build()).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("hint: give the package a new"),
    });
    expect((await build("--allow-replace")).exitCode).toBe(0);
    const empty = ["build", "packages/none-*.nupkg", "--output", "public", "--base-url", baseUrl];
    expect(await nupress(...empty)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--allow-empty"),
    });
    expect(await nupress(...empty, "--allow-empty")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--allow-mass-removal"),
    });
    const emptied = await nupress(...empty, "--allow-empty", "--allow-mass-removal");
    expect(emptied).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("0 versions of 0 ids") });
  });

  test.each([
    [["build", "none", "--output", "public", "--base-url", baseUrl], 'Cannot read packages from "none"'],
    [["build", "packages", "--output", "packages/public", "--base-url", baseUrl], "Cannot build into"],
    [["build", "packages", "--output", "public", "--base-url", "http://example.com"], "Cannot use base URL"],
  ])("%j ends with 2", async (args, message) => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const { exitCode, stdout, stderr } = await nupress(...args);
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(new RegExp(`^error: ${message}.*\nhint: .+\n$`));
  });

  test("a pipe that is closed early is no failure", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const script =
      '"$0" "$1" build packages --output public --base-url https://example.com/ --dry-run | true; echo ${PIPESTATUS[0]}';
    const { runProcess } = await import("../support/run-process.js");
    const result = await runProcess("bash", ["-c", script, process.execPath, mainPath], { cwd: folder.path });
    expect(result).toEqual({ exitCode: 0, stdout: "0\n", stderr: "" });
  });
});

const mainPath = join(process.cwd(), "dist/main.js");

describe("nupress serve", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("shows a feed until %s, and ends with 0", async (signal) => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build();
    const server = await startNupress(
      ["serve", "public", "--port", "0", "--verbose"],
      /^Web site {8}http:\/\/localhost:\d+\/\nPackage source {2}(http:\/\/localhost:\d+\/v3\/index\.json)\nAdd it {10}(.+)\n/,
      { cwd: folder.path },
    );
    const [, source = "", line] = server.ready;
    expect(line).toBe(`dotnet nuget add source ${source} --name localhost --allow-insecure-connections`);
    const index: unknown = await (await fetch(source)).json();
    expect(JSON.stringify(index)).toContain(new URL("flat/", source).href);
    expect(await server.stop(signal)).toBe(0);
    expect(server.output()).toContain('"method":"GET","path":"/v3/index.json","status":200');
  });

  test("takes the folder from nupress.json, and tells its address as JSON", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build();
    await writeFile(join(folder.path, "nupress.json"), '{"output": "public"}');
    const server = await startNupress(["serve", "--port", "0", "--json"], /^(\{.+\})\n/, {
      cwd: folder.path,
    });
    const told: unknown = JSON.parse(server.ready[1] ?? "");
    expect(told).toMatchObject({
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      site: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      source: expect.stringMatching(/^http:\/\/localhost:\d+\/v3\/index\.json$/),
    });
    await server.stop();
  });

  test("tells of no web site where there is none", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build("--no-site");
    const server = await startNupress(["serve", "public", "--port", "0"], /^Package source .+\n/, {
      cwd: folder.path,
    });
    await server.stop();
    expect(server.output()).not.toContain("site");
  });

  test("ends with 2 where there is no feed", async () => {
    const { exitCode, stderr } = await nupress("serve", "packages");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(
      'error: Cannot serve "packages": there is no feed built by nupress in it\nhint: build one',
    );
  });
});

describe("nupress inspect", () => {
  const core: PackageOptions = {
    id: "Contoso.Core",
    version: "1.0.0-beta.1+build",
    tags: "one two",
    license: "MIT",
    dependencies: [
      { targetFramework: "net8.0", dependencies: { "Contoso.Base": "1.0" } },
      { targetFramework: "net6.0" },
    ],
    files: { "lib/net8.0/Contoso.Core.dll": "code", "lib/net6.0/Contoso.Core.dll": "code" },
  };

  test("prints what a package holds", async () => {
    await addPackage(core);
    const { exitCode, stdout, stderr } = await nupress("inspect", "packages");
    expect([exitCode, stderr]).toEqual([0, ""]);
    for (const line of [
      "Contoso.Core 1.0.0-beta.1+build",
      "  authors        Contoso",
      "  tags           one, two",
      "  licence        MIT",
      "  traits         SemVer 2",
      "  signature      none",
      "      Contoso.Base [1.0.0, )",
      "    net6.0: none",
    ]) {
      expect(stdout.split("\n")).toContain(line);
    }
    expect(stdout).toMatch(/\n {2}sha512 {9}[\w+/]{86}==\n/);
    expect(stdout).not.toContain("lib/net8.0/Contoso.Core.dll");
    expect((await nupress("inspect", "packages", "--verbose")).stdout).toContain(
      "lib/net8.0/Contoso.Core.dll  4 bytes",
    );
  });

  test("prints everything as JSON", async () => {
    await addPackage(core);
    const { exitCode, stdout } = await nupress(
      "inspect",
      "packages/Contoso.Core.1.0.0-beta.1+build.nupkg",
      "--json",
    );
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      packages: [
        {
          file: "packages/Contoso.Core.1.0.0-beta.1+build.nupkg",
          id: "Contoso.Core",
          version: "1.0.0-beta.1+build",
          isSemVer2: true,
          signature: "none",
          nuspec: { tags: ["one", "two"], license: { type: "expression", text: "MIT" } },
          files: expect.arrayContaining([
            expect.objectContaining({ name: "lib/net8.0/Contoso.Core.dll", size: 4 }),
          ]),
        },
      ],
      problems: [],
    });
  });

  test("tells broken files, shows the others and ends with 3", async () => {
    await addPackage(core);
    await addFile("broken.nupkg", "no zip");
    const text = await nupress("inspect", "packages");
    expect(text.exitCode).toBe(3);
    expect(text.stderr).toMatch(/^problem: Cannot read package "packages\/broken\.nupkg": .+\n$/);
    expect(text.stdout).toContain("Contoso.Core 1.0.0-beta.1");
    const json = await nupress("inspect", "packages", "--json");
    expect([json.exitCode, json.stderr]).toEqual([3, ""]);
    expect(JSON.parse(json.stdout)).toMatchObject({ packages: [{}], problems: [{ severity: "problem" }] });
  });
});
