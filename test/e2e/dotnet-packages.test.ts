/** The real client adds, lists and searches packages of a feed of the example packages. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createClient, type DotnetClient, describeWithDotnet, projectText } from "../support/dotnet.js";
import { type ServedFeed, serveFeed } from "../support/example-feed.js";

describeWithDotnet("packages of a project", () => {
  let feed: ServedFeed;
  let client: DotnetClient;

  beforeAll(async () => {
    feed = await serveFeed();
  });
  beforeEach(async () => {
    feed.server.forget();
    client = await createClient({ source: feed.source });
  });
  afterEach(() => client.dispose());
  afterAll(() => feed.dispose());

  describe("dotnet add package", () => {
    test.each([
      ["the highest stable version", [], "2.0.0"],
      ["with --prerelease the highest version of all", ["--prerelease"], "2.1.0-rc.1"],
    ])("takes %s from the registration", async (_what, flags, version) => {
      await writeProject({});

      await client.succeed(["add", "package", "Contoso.Core", ...flags]);

      expect(await readProject()).toContain(
        `<PackageReference Include="Contoso.Core" Version="${version}" />`,
      );
      expect(feed.server.pathsServed()).toEqual(
        expect.arrayContaining([
          "v3/registration/contoso.core/index.json",
          `v3/flat/contoso.core/${version}/contoso.core.${version}.nupkg`,
        ]),
      );
    });

    test("refuses an id that the feed does not have", async () => {
      await writeProject({});

      const add = await client.run(["add", "package", "Contoso.Missing"]);

      expect(add.exitCode).toBe(1);
      expect(await readProject()).not.toContain("Contoso.Missing");
      expect(feed.server.requests).toContainEqual({
        method: "GET",
        path: "v3/registration/contoso.missing/index.json",
        status: 404,
      });
    });
  });

  describe("dotnet list package", () => {
    test.each([
      ["the highest stable version", [], "2.0.0"],
      ["with --include-prerelease the highest version of all", ["--include-prerelease"], "2.1.0-rc.1"],
    ])("--outdated shows %s", async (_what, flags, latestVersion) => {
      const packages = await list({ "Contoso.Core": "1.2.0.1", "Contoso.Legacy.Log": "1.4.2" }, [
        "--outdated",
        ...flags,
      ]);

      expect(packages).toEqual([
        { id: "Contoso.Core", requestedVersion: "1.2.0.1", resolvedVersion: "1.2.0.1", latestVersion },
      ]);
    });

    test("--deprecated shows the reasons and the alternative", async () => {
      const packages = await list({ "Contoso.Legacy.Log": "1.4.2", "Contoso.Core": "1.2.0" }, [
        "--deprecated",
      ]);

      expect(packages).toEqual([
        expect.objectContaining({
          id: "Contoso.Legacy.Log",
          deprecationReasons: ["Legacy"],
          alternativePackage: { id: "Contoso.Logging", versionRange: ">= 3.0.0" },
        }),
      ]);
    });

    test("--vulnerable shows the advisory of the version in use", async () => {
      expect(await list({ "Contoso.Text": "1.0.0" }, ["--vulnerable"])).toEqual([
        expect.objectContaining({
          id: "Contoso.Text",
          vulnerabilities: [{ severity: "High", advisoryurl: "https://security.contoso.example/2024-01" }],
        }),
      ]);
    });
  });

  describe("dotnet package search", () => {
    test("shows the packages with their highest stable version", async () => {
      const found = await search(["Contoso"]);

      expect(found.map(({ id, latestVersion }) => `${id} ${latestVersion}`).sort()).toEqual([
        "Contoso.Build.Sdk 1.0.0",
        "Contoso.Core 2.0.0",
        "Contoso.Greeter.Tool 1.1.0",
        "Contoso.Legacy.Log 1.4.2",
        "Contoso.Logging 3.1.0",
        "Contoso.Templates 1.0.0",
        "Contoso.Text 2.0.0",
      ]);
      expect(feed.server.pathsServed()).toEqual(["v3/index.json", "v3/search/query.json"]);
    });

    test.each([
      ["stable versions", [], ["1.1.0", "1.2.0", "1.2.0.1", "2.0.0"]],
      [
        "with --prerelease all versions",
        ["--prerelease"],
        ["1.1.0", "1.2.0", "1.2.0.1", "2.0.0-beta.1", "2.0.0", "2.1.0-rc.1"],
      ],
    ])("--exact-match shows the listed %s", async (_what, flags, versions) => {
      const found = await search(["Contoso.Core", "--exact-match", ...flags]);

      expect(found.map(({ version }) => version)).toEqual(versions);
      expect(feed.server.pathsServed()).toContain("v3/registration/contoso.core/index.json");
    });
  });

  function writeProject(packages: Readonly<Record<string, string>>): Promise<void> {
    return writeFile(join(client.workFolder, "App.csproj"), projectText(packages));
  }

  function readProject(): Promise<string> {
    return readFile(join(client.workFolder, "App.csproj"), "utf8");
  }

  /** The top-level packages that `dotnet list package` shows for a project with these references. */
  async function list(
    packages: Readonly<Record<string, string>>,
    flags: readonly string[],
  ): Promise<readonly unknown[]> {
    await writeProject(packages);
    await client.succeed(["restore"]);
    const { stdout } = await client.succeed(["list", "package", ...flags, "--format", "json"]);
    return JSON.parse(stdout).projects[0].frameworks[0].topLevelPackages;
  }

  async function search(args: readonly string[]): Promise<FoundPackage[]> {
    const { stdout } = await client.succeed(["package", "search", ...args, "--format", "json"]);
    return JSON.parse(stdout).searchResult[0].packages;
  }
});

interface FoundPackage {
  readonly id: string;
  /** Of a search. */
  readonly latestVersion?: string;
  /** With --exact-match. */
  readonly version?: string;
}
