/** The real client restores from a feed of the example packages: over HTTP, locked, and from the folder offline. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createClient, type DotnetClient, describeWithDotnet, projectText } from "../support/dotnet.js";
import { examplePackagesFolder, type ServedFeed, serveFeed } from "../support/example-feed.js";

describeWithDotnet("restore", () => {
  let feed: ServedFeed;
  let client: DotnetClient;

  beforeAll(async () => {
    feed = await serveFeed({ buildFlags: ["--folder-feed"] });
  });
  beforeEach(async () => {
    feed.server.forget();
    client = await createClient({ source: feed.source });
  });
  afterEach(() => client.dispose());
  afterAll(() => feed.dispose());

  test("takes a package and its dependencies from this feed alone", async () => {
    await writeProject({ "Contoso.Logging": "3.1.0" });

    const restore = await client.succeed(["restore"]);

    expect(restore.stdout).not.toContain("warning");
    expect(await client.restoredPackages()).toEqual([
      "contoso.core/2.0.0",
      "contoso.logging/3.1.0",
      "contoso.text/2.0.0",
    ]);
    expect(feed.server.pathsServed()).toContain("v3/index.json");
    expect(packagesServed()).toEqual([
      "v3/flat/contoso.core/2.0.0/contoso.core.2.0.0.nupkg",
      "v3/flat/contoso.logging/3.1.0/contoso.logging.3.1.0.nupkg",
      "v3/flat/contoso.text/2.0.0/contoso.text.2.0.0.nupkg",
    ]);
    const restored = await readFile(
      join(client.packagesFolder, "contoso.core/2.0.0/contoso.core.2.0.0.nupkg"),
    );
    const packed = await readFile(join(examplePackagesFolder, "Contoso.Core.2.0.0.nupkg"));
    expect(restored.equals(packed)).toBe(true);
  });

  test.each([
    ["an unlisted version when asked for it", "1.0.0", "1.0.0"],
    ["a version with four parts", "1.2.0.1", "1.2.0.1"],
    ["a version with metadata when asked for it without", "2.0.0-beta.1", "2.0.0-beta.1"],
    ["the highest version that a floating one allows", "1.*", "1.2.0.1"],
    ["the highest prerelease that a floating version allows", "2.*-*", "2.1.0-rc.1"],
    ["the lowest version of a range", "[1.1.0, 2.0.0)", "1.1.0"],
  ])("takes %s", async (_what, wanted, restoredAs) => {
    await writeProject({ "Contoso.Core": wanted });

    await client.succeed(["restore"]);
    expect(await client.restoredPackages()).toEqual([`contoso.core/${restoredAs}`]);
  });

  test("fails for a version that the feed does not have, and names those it has", async () => {
    await writeProject({ "Contoso.Core": "[9.0.0]" });

    const restore = await client.run(["restore"]);

    expect(restore.exitCode).toBe(1);
    expect(restore.stdout).toMatch(/NU1102: .*Contoso\.Core.*9\.0\.0/);
    expect(restore.stdout).toContain("Nearest version: 2.1.0-rc.1");
  });

  test("in locked mode takes what the lock file names, after all caches are gone", async () => {
    const project = await writeProject({ "Contoso.Text": "1.*" }, lockFile);
    await client.succeed(["restore"]);
    const lock = await readFile(join(client.workFolder, "packages.lock.json"), "utf8");
    await client.dispose();
    client = await createClient({ source: feed.source });
    await writeFile(join(client.workFolder, "App.csproj"), project);
    await writeFile(join(client.workFolder, "packages.lock.json"), lock);

    await client.succeed(["restore", "--locked-mode"]);

    expect(lock).toContain('"contentHash"');
    expect(await client.restoredPackages()).toEqual(["contoso.core/1.2.0.1", "contoso.text/1.1.0"]);
  });

  test("in locked mode refuses a package whose content hash differs", async () => {
    await writeProject({ "Contoso.Core": "2.0.0" }, lockFile);
    await client.succeed(["restore"]);
    const lockPath = join(client.workFolder, "packages.lock.json");
    const lock = await readFile(lockPath, "utf8");
    await writeFile(lockPath, lock.replace(/("contentHash": ")[^"]+/, `$1${"A".repeat(86)}==`));

    const restore = await client.run(["restore", "--locked-mode", "--force"]);

    expect(restore.exitCode).toBe(1);
    expect(restore.stdout).toContain("NU1403");
  });

  test("takes everything from the flat container as a folder, without a server", async () => {
    const offline = await createClient({ source: join(feed.folder, "v3/flat") });
    await writeFile(join(offline.workFolder, "App.csproj"), projectText({ "Contoso.Logging": "3.*" }));

    await offline.succeed(["restore"]);
    const packages = await offline.restoredPackages();
    await offline.dispose();

    expect(packages).toEqual(["contoso.core/2.0.0", "contoso.logging/3.1.0", "contoso.text/2.0.0"]);
    expect(feed.server.requests).toEqual([]);
  });

  const lockFile = "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>";

  async function writeProject(
    packages: Readonly<Record<string, string>>,
    properties?: string,
  ): Promise<string> {
    const text = projectText(packages, properties);
    await writeFile(join(client.workFolder, "App.csproj"), text);
    return text;
  }

  function packagesServed(): string[] {
    return feed.server
      .pathsServed()
      .filter((path) => path.endsWith(".nupkg"))
      .sort();
  }
});
