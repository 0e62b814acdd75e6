import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { build } from "../../../src/build/build.js";
import { run } from "../../../src/cli/run.js";
import { createKeyText, hashKey } from "../../../src/serve/auth/api-key.js";
import { encodeKeyFile } from "../../../src/serve/auth/key-file.js";
import { type RunningNupress, runNupress, startNupress } from "../../support/nupress-process.js";
import { buildPackage } from "../../support/package-builder.js";
import { makePackages, type PackagesFixture, settings } from "../../support/packages-fixture.js";
import { bodyOf } from "../../support/publish-server.js";
import { recordedTerminal } from "../../support/recorded-terminal.js";
import { makeTemporaryFolder, type TemporaryFolder } from "../../support/temporary-folder.js";

let temporary: TemporaryFolder;
let packages: PackagesFixture;
let running: RunningNupress | undefined;

const core = { id: "Contoso.Core", version: "1.0.0" };

beforeEach(async () => {
  temporary = await makeTemporaryFolder();
  packages = await makePackages(core);
});
afterEach(async () => {
  await running?.stop("SIGKILL");
  running = undefined;
  await packages[Symbol.asyncDispose]();
  await temporary.remove();
});

const inFolder = (name: string): string => join(temporary.path, name);

/** A run that ends by itself, as those with wrong flags do; another one would end at once as well. */
async function serve(...args: readonly string[]) {
  const terminal = recordedTerminal();
  const controller = new AbortController();
  controller.abort();
  const context = {
    terminal,
    environment: {},
    folder: temporary.path,
    signal: controller.signal,
    now: () => 0,
  };
  const exitCode = await run(["serve", ...args], context, { version: "1.2.3", reportTo: "nowhere" });
  return { exitCode, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

/** The program as a process, once it announced its address. */
async function start(...args: readonly string[]): Promise<string> {
  const ready = /(http:\/\/localhost:\d+\/)v3\/index\.json/;
  running = await startNupress(["serve", "--port", "0", ...args], ready, { cwd: temporary.path });
  return running.ready[1] ?? "";
}

async function push(url: string, options = core, headers: HeadersInit = {}): Promise<number> {
  const body = bodyOf(buildPackage(options));
  const answer = await fetch(`${url}v3/publish`, { method: "PUT", body, headers });
  await answer.arrayBuffer();
  return answer.status;
}

async function makeKeys(file: string, scopes: readonly ("read" | "push")[]): Promise<string> {
  const text = createKeyText();
  const key = { name: "ci", scopes, hash: await hashKey(text), created: "2026-01-01T00:00:00Z" };
  await writeFile(inFolder(file), encodeKeyFile([key]));
  return text;
}

describe("nupress serve refuses", () => {
  test.each<[args: readonly string[], message: string]>([
    [["--port", "70000"], '--port "70000" is not a number from 0 to 65535'],
    [["--port", "x"], '--port "x" is not a number from 0 to 65535'],
    [["--public-url", "feed"], '--public-url "feed": needed is'],
    [["--publish", "--base-url", "feed"], '--base-url "feed": needed is'],
    [["--publish", "--overwrite", "alway"], '--overwrite "alway" is not known\nhint: did you mean always?'],
    [["--publish", "--deletion", "hard"], '--deletion "hard" is not known\nhint: known are unlist, delete'],
    [["--publish", "--max-package-size", "0"], '--max-package-size "0" is not a number from 1 to 1048576'],
    [["--log", "xml"], '--log "xml" is not known\nhint: known are text, json, off'],
    [["--overwrite", "always"], "--overwrite says nothing without --publish"],
    [["--deletion", "delete"], "--deletion says nothing without --publish"],
    [["--max-package-size", "5"], "--max-package-size says nothing without --publish"],
    [["--base-url", "https://example.com/"], "--base-url says nothing without --publish"],
    [["--lock-timeout", "5"], "--lock-timeout says nothing without --publish or --watch"],
    [["--private"], "--private needs keys with which the feed can be read"],
    [["--publich"], "there is no option --publich\nhint: did you mean --publish?"],
    [["--trusted-proxy", "proxy"], 'Cannot trust the proxy "proxy"'],
  ])("%j with exit code 2", async (args, message) => {
    await mkdir(inFolder("feed"));
    await build({ sources: [packages.folder], output: inFolder("feed"), settings });
    const { exitCode, stderr, stdout } = await serve(inFolder("feed"), ...args);
    expect(stderr).toContain(message);
    expect([exitCode, stdout]).toEqual([2, ""]);
  });

  test("a folder without a feed, and says how to make one", async () => {
    const { exitCode, stderr } = await serve(inFolder("feed"));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("hint: build one first: nupress build")]);
  });

  test("keys that are not there", async () => {
    const { exitCode, stderr } = await serve(inFolder("feed"), "--publish", "--keys", inFolder("none.json"));
    expect([exitCode, stderr]).toEqual([
      2,
      expect.stringContaining("hint: make a key first: nupress key create"),
    ]);
  });

  test("settings beside a folder that nothing is published to", async () => {
    await writeFile(inFolder("other.json"), "{}");
    const { exitCode, stderr } = await serve(inFolder("feed"), "--config", inFolder("other.json"));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("--config says nothing beside a folder")]);
  });

  test("keys in a folder that is published", async () => {
    await build({ sources: [packages.folder], output: inFolder("feed"), settings });
    const { exitCode, stderr } = await serve(inFolder("feed"), "--keys", inFolder("feed/keys.json"));
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining("is a feed, and published")]);
  });
});

describe("nupress serve announces", () => {
  test("where the feed is, how to add it, how to push to it, and how to stop", async () => {
    const { exitCode, stdout, stderr } = await serve(inFolder("feed"), "--publish", "--port", "0");
    expect(exitCode).toBe(0);
    expect(stdout.replace(/:\d+\//g, ":1/")).toBe(
      `Web site        http://localhost:1/
Package source  http://localhost:1/v3/index.json
Add it          dotnet nuget add source http://localhost:1/v3/index.json --name localhost --allow-insecure-connections
Push to it      dotnet nuget push "*.nupkg" --source http://localhost:1/v3/index.json --api-key <key> --allow-insecure-connections
`,
    );
    expect(stderr).toBe("Press Ctrl+C to stop\nStopping: pushes under way are finished\n");
  });

  test("nothing to push to where nothing is taken, and no site where there is none", async () => {
    await build({ sources: [packages.folder], output: inFolder("feed"), settings });
    const { stdout, stderr } = await serve(inFolder("feed"), "--port", "0");
    expect(stdout).toMatch(/^Package source .*\nAdd it .*\n$/);
    expect(stderr).toBe("Press Ctrl+C to stop\n");
  });

  test("the same as JSON", async () => {
    const { stdout } = await serve(inFolder("feed"), "--publish", "--no-site", "--port", "0", "--json");
    expect(JSON.parse(stdout)).toEqual({
      url: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      listening: JSON.parse(stdout).url,
      source: expect.stringMatching(/v3\/index\.json$/),
      addSource: expect.stringMatching(/^dotnet nuget add source /),
      push: expect.stringMatching(/^dotnet nuget push /),
    });
  });

  test("the address that clients know, where there is another", async () => {
    const flags = [
      "--publish",
      "--no-site",
      "--port",
      "0",
      "--public-url",
      "https://nuget.example.com/feed/",
    ];
    const { stdout } = await serve(inFolder("feed"), ...flags, "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      listening: expect.stringMatching(/^http:\/\/localhost:\d+\/$/),
      source: "https://nuget.example.com/feed/v3/index.json",
      push: 'dotnet nuget push "*.nupkg" --source https://nuget.example.com/feed/v3/index.json --api-key <key>',
    });
  });

  test("begins a feed in the named folder with the settings of the named file", async () => {
    const text = JSON.stringify({ output: "elsewhere", site: { title: "Our packages" } });
    await writeFile(inFolder("other.json"), text);
    const flags = ["--publish", "--port", "0", "--config", inFolder("other.json")];
    await serve(inFolder("feed"), ...flags);
    expect(await readFile(inFolder("feed/index.html"), "utf8")).toContain("Our packages");
  });

  test("begins a feed at the address that it is told", async () => {
    await serve(
      inFolder("feed"),
      "--publish",
      "--port",
      "0",
      "--base-url",
      "https://nuget.example.com/feed/",
    );
    const text = await readFile(inFolder("feed/feed-state/feed.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({
      settings: { baseUrl: "https://nuget.example.com/feed/", site: {} },
    });
  });
});

describe("a server that runs", () => {
  test("takes pushes, and keeps them over a restart", async () => {
    expect(await push(await start(inFolder("feed"), "--publish"))).toBe(201);
    expect(await running?.stop()).toBe(0);
    const url = await start(inFolder("feed"), "--publish");
    expect(await push(url)).toBe(409);
  });

  test("keeps other writers out: exit code 4, and who it is", async () => {
    await start(inFolder("feed"), "--publish");
    const holder = `process ${running?.pid} on `;
    const other = await runNupress(["serve", inFolder("feed"), "--publish", "--port", "0"]);
    expect([other.exitCode, other.stderr]).toEqual([4, expect.stringContaining(holder)]);
    const args = ["--output", inFolder("feed"), "--base-url", settings.baseUrl];
    const built = await runNupress(["build", packages.folder, ...args]);
    expect([built.exitCode, built.stderr]).toEqual([4, expect.stringContaining(holder)]);
  });

  test.each([
    [
      "json",
      /^\{"time":"[^"]+","id":"[^"]+","method":"PUT","path":"\/v3\/publish","status":201,.*"user":"anonymous"/m,
    ],
    ["text", /PUT.*\/v3\/publish.*201|201.*PUT.*\/v3\/publish/],
  ])("logs requests as %s", async (form, line) => {
    await push(await start(inFolder("feed"), "--publish", "--log", form));
    await running?.stop();
    expect(running?.output()).toMatch(line);
  });

  test("logs nothing where that is off", async () => {
    await push(await start(inFolder("feed"), "--publish", "--log", "off"));
    await running?.stop();
    expect(running?.output()).not.toContain("/v3/publish");
  });

  test("takes pushes with a key of the file that it is told, and hides its feed from others", async () => {
    const key = await makeKeys("keys.json", ["push", "read"]);
    const url = await start(inFolder("feed"), "--publish", "--private", "--keys", inFolder("keys.json"));
    expect(await push(url)).toBe(401);
    expect(await push(url, core, { "X-NuGet-ApiKey": key })).toBe(201);
    const list = `${url}v3/flat/contoso.core/index.json`;
    const basic = { Authorization: `Basic ${Buffer.from(`x:${key}`).toString("base64")}` };
    expect([(await fetch(list)).status, (await fetch(list, { headers: basic })).status]).toEqual([401, 200]);
    await running?.stop();
    expect(running?.output()).not.toContain(key);
  });

  test("finds the keys where nupress key put them", async () => {
    const made = await runNupress(["key", "create", "ci", "--scope", "push"], { cwd: temporary.path });
    expect(made.exitCode).toBe(0);
    const url = await start(inFolder("feed"), "--publish");
    expect(await push(url)).toBe(401);
    const [key = ""] = /nupress_[\w-]+/.exec(made.stdout) ?? [];
    expect(await push(url, core, { "X-NuGet-ApiKey": key })).toBe(201);
  });

  test("refuses what is larger than it is told", async () => {
    const url = await start(inFolder("feed"), "--publish", "--max-package-size", "1");
    const answer = await fetch(`${url}v3/publish`, { method: "PUT", body: new Uint8Array(1024 * 1024 + 1) });
    expect(answer.status).toBe(413);
  });

  test("builds what is dropped into a folder, and names what it cannot build", async () => {
    const url = await start(
      inFolder("feed"),
      "--publish",
      "--watch",
      packages.folder,
      "--base-url",
      settings.baseUrl,
    );
    expect(await push(url)).toBe(409);
    await writeFile(join(packages.folder, "broken.nupkg"), "no package");
    await packages.add({ id: "Contoso.Text", version: "1.0.0" });
    await expect
      .poll(() => running?.output(), { timeout: 20_000 })
      .toContain("Built again: 2 versions of 2 ids");
    expect(running?.output()).toContain("broken.nupkg");
    expect((await fetch(`${url}v3/flat/contoso.text/index.json`)).status).toBe(200);
  });
});
