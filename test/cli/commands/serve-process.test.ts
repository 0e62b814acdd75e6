import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { useCommandFolder } from "../../support/command-folder.js";
import { startNupress } from "../../support/nupress-process.js";

const { folder, addPackage, nupress, build } = useCommandFolder();

describe("nupress serve", () => {
  test.each(["SIGINT", "SIGTERM"] as const)("shows a feed until %s, and ends with 0", async (signal) => {
    await addPackage({ id: "Contoso.Core", version: "1.0.0" });
    await build();
    const server = await startNupress(
      ["serve", "public", "--port", "0", "--verbose"],
      /^Web site {8}http:\/\/localhost:\d+\/\nPackage source {2}(http:\/\/localhost:\d+\/v3\/index\.json)\nAdd it {10}(.+)\n/,
      { cwd: folder() },
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
    await writeFile(join(folder(), "nupress.json"), '{"output": "public"}');
    const server = await startNupress(["serve", "--port", "0", "--json"], /^(\{.+\})\n/, {
      cwd: folder(),
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
      cwd: folder(),
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
