import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { baseUrl, environment, useCommandFolder } from "../../support/command-folder.js";
import { runNupress } from "../../support/nupress-process.js";
import { runProcess } from "../../support/run-process.js";

const mainPath = join(process.cwd(), "dist/main.js");

const { folder, addPackage, addFile, nupress, build } = useCommandFolder();

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
    expect(await readdir(folder())).toEqual(["packages"]);
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
    expect(await readdir(folder())).toEqual(["packages"]);
  });

  test("takes its settings from nupress.json and variables, and says so with --verbose", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const settings = { packages: "packages", output: "public", baseUrl: "https://file.example.com/" };
    await writeFile(join(folder(), "nupress.json"), JSON.stringify(settings));
    const env = environment({ NUPRESS_BASE_URL: "https://variable.example.com" });
    const { exitCode, stderr } = await runNupress(["build", "--verbose"], { cwd: folder(), env });
    expect(exitCode).toBe(0);
    expect(stderr).toContain('setting: output = "public" (nupress.json)\n');
    expect(stderr).toContain('setting: baseUrl = "https://variable.example.com/" (variable)\n');
    expect(await readFile(join(folder(), "public/v3/index.json"), "utf8")).toContain(
      "https://variable.example.com/v3/flat/",
    );
  });

  test("makes a site with the settings and the files that nupress.json names", async () => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    const site = { title: "Contoso packages", css: "brand.css", footerHtml: "<p>Ask us.</p>" };
    await writeFile(join(folder(), "nupress.json"), JSON.stringify({ site }));
    const { exitCode, stderr } = await build();
    expect([exitCode, stderr]).toEqual([
      2,
      'error: Cannot read "brand.css" for "site.css": there is no such file\n',
    ]);
    await writeFile(join(folder(), "brand.css"), ".brand { color: red }");
    const built = await build("--verbose");
    expect(built.exitCode).toBe(0);
    expect(built.stderr).toContain('setting: site.title = "Contoso packages" (nupress.json)\n');
    expect(built.stderr).toContain('setting: site.css = "brand.css" (nupress.json)\n');
    const read = (path: string): Promise<string> => readFile(join(folder(), "public", path), "utf8");
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
    expect((await readdir(join(folder(), "public"))).sort()).toEqual([
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
    const version = join(folder(), "public/v3/flat/contoso.core/1.0.0");
    expect(await readdir(version)).toContain("contoso.core.1.0.0.nupkg.sha512");
    expect(await readFile(join(folder(), "public/v3/index.json"), "utf8")).toContain(
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
    const result = await runProcess("bash", ["-c", script, process.execPath, mainPath], { cwd: folder() });
    expect(result).toEqual({ exitCode: 0, stdout: "0\n", stderr: "" });
  });
});
