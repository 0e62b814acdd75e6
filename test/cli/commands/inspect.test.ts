import { describe, expect, test } from "vitest";
import { useCommandFolder } from "../../support/command-folder.js";
import type { PackageOptions } from "../../support/package-builder.js";

const { addPackage, addFile, nupress } = useCommandFolder();

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
