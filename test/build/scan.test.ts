import { execFileSync } from "node:child_process";
import { chmod, mkdir, symlink } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { resolveSources, scanSources } from "../../src/build/scan.js";
import { makePackages } from "../support/packages-fixture.js";

async function scan(...sources: readonly string[]) {
  return await scanSources(await resolveSources(sources), () => {});
}

describe("a scan", () => {
  test("finds packages at any depth and in any letter case, sorted, with paths below the source", async () => {
    await using feed = await makePackages();
    for (const file of ["b/Two.NUPKG", "a.nupkg", "b/c/three.nupkg", "notes.txt", "b/x.snupkg"])
      await feed.write(file, "x");
    const { files, problems } = await scan(feed.folder);
    expect(files.map((file) => file.path)).toEqual(["a.nupkg", "b/Two.NUPKG", "b/c/three.nupkg"]);
    expect(problems).toHaveLength(1);
  });

  test("takes files, globs and several folders, relative to the folder that they share", async () => {
    await using feed = await makePackages();
    for (const file of ["one/a.nupkg", "one/b.txt", "two/deep/c.nupkg", "three/d.nupkg"])
      await feed.write(file, "x");
    const sources = ["one/a.nupkg", "two/**/*.nupkg", "three"].map((source) =>
      path.join(feed.folder, source),
    );
    expect((await scan(...sources)).files.map((file) => file.path)).toEqual([
      "one/a.nupkg",
      "three/d.nupkg",
      "two/deep/c.nupkg",
    ]);
  });

  test("counts a file once, however many links lead to it", async ({ skip }) => {
    skip(process.platform === "win32", "Windows has no links for everybody");
    await using feed = await makePackages();
    await feed.write("sub/a.nupkg", "x");
    await symlink("a.nupkg", path.join(feed.folder, "sub/b.nupkg"));
    expect((await scan(feed.folder)).files.map((file) => file.path)).toEqual(["sub/a.nupkg"]);
  });

  test("comes to an end where links form a loop", async ({ skip }) => {
    skip(process.platform === "win32", "Windows has no links for everybody");
    await using feed = await makePackages();
    await feed.write("sub/a.nupkg", "x");
    await symlink("..", path.join(feed.folder, "sub/loop"));
    expect((await scan(feed.folder)).files.map((file) => file.path)).toEqual(["sub/a.nupkg"]);
  });

  test("refuses folders that it cannot look into, for versions below them would seem to be gone", async ({
    skip,
  }) => {
    skip(process.platform === "win32", "Windows has no such permissions");
    await using feed = await makePackages();
    const locked = path.join(feed.folder, "locked");
    await mkdir(locked, { mode: 0o000 });
    for (const folder of [feed.folder, path.dirname(feed.folder)]) await chmod(folder, 0o755);
    const module = new URL("../../dist/index.js", import.meta.url).href;
    const options = {
      sources: [feed.folder],
      output: path.join(feed.folder, "../never-made"),
      settings: { baseUrl: "https://example.com/", folderFeed: false, staticSearch: 25 },
    };
    const program = `
      const { build } = await import(${JSON.stringify(module)});
      const built = build(${JSON.stringify(options)});
      console.log(await built.then(() => "built", (error) => error.code + ": " + error.message));
    `;
    // The user of a container may look into everything, so somebody else looks.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const said = execFileSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      ...nobody,
    });
    expect(said).toMatch(/^folder-unreadable: Cannot look for packages in ".*locked": .*EACCES/);
  });
});
