/** The real client installs what is not a library: a tool, a template, an MSBuild SDK. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createClient, type DotnetClient, describeWithDotnet } from "../support/dotnet.js";
import { type ServedFeed, serveFeed } from "../support/example-feed.js";

describeWithDotnet("package types", () => {
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

  test("dotnet tool install puts a command into a folder, and it runs", async () => {
    await client.succeed(["tool", "install", "Contoso.Greeter.Tool", "--tool-path", "tools"]);

    expect(packagesServed()).toEqual(["v3/flat/contoso.greeter.tool/1.1.0/contoso.greeter.tool.1.1.0.nupkg"]);
    const run = await client.run(["exec", await installedTool("1.1.0"), "Ada"]);
    expect(run).toEqual({ exitCode: 0, stdout: "Hello, Ada!\n", stderr: "" });
  });

  test("dotnet tool install --prerelease takes the highest version of all", async () => {
    const flags = ["--tool-path", "tools", "--prerelease"];
    await client.succeed(["tool", "install", "Contoso.Greeter.Tool", ...flags]);

    const run = await client.run(["exec", await installedTool("2.0.0-preview.1"), "--version"]);
    expect(run.stdout).toBe("2.0.0-preview.1\n");
  });

  test("dotnet new install makes a template usable, and what it makes restores from the feed", async () => {
    // Here, and only here, the client wants --force for http: besides the configured permission.
    await client.succeed(["new", "install", "Contoso.Templates", "--force"]);
    await client.succeed(["new", "contoso-console", "--name", "Harbour"]);
    await client.succeed(["restore", "Harbour"]);

    const program = await readFile(join(client.workFolder, "Harbour/Program.cs"), "utf8");
    expect(program).toContain('Lines.Frame("Harbour")');
    expect(await client.restoredPackages()).toEqual(["contoso.core/2.0.0", "contoso.text/2.0.0"]);
    expect(packagesServed()).toContain("v3/flat/contoso.templates/1.0.0/contoso.templates.1.0.0.nupkg");
  });

  test("an MSBuild SDK comes from the feed and sets up the project", async () => {
    await writeFile(join(client.workFolder, "App.csproj"), `<Project Sdk="Contoso.Build.Sdk/1.0.0" />`);

    const properties = ["-getProperty:TargetFramework", "-getProperty:Company"];
    const evaluated = await client.succeed(["msbuild", ...properties]);
    const summary = await client.succeed(["msbuild", "-target:ContosoBuildSummary"]);

    expect(JSON.parse(evaluated.stdout)).toEqual({
      Properties: { TargetFramework: "net10.0", Company: "Contoso" },
    });
    expect(summary.stdout).toContain("Built App with Contoso.Build.Sdk 1.0.0");
    expect(await client.restoredPackages()).toEqual(["contoso.build.sdk/1.0.0"]);
    expect(packagesServed()).toEqual(["v3/flat/contoso.build.sdk/1.0.0/contoso.build.sdk.1.0.0.nupkg"]);
  });

  /** The assembly of the greeter below the tool folder. */
  async function installedTool(version: string): Promise<string> {
    const assemblies = (await readdir(join(client.workFolder, "tools"), { recursive: true })).filter((path) =>
      path.endsWith("Contoso.Greeter.Tool.dll"),
    );
    expect(assemblies).toHaveLength(1);
    expect(assemblies[0]).toContain(`contoso.greeter.tool/${version}/`);
    return join(client.workFolder, "tools", assemblies[0] ?? "");
  }

  function packagesServed(): string[] {
    return feed.server.pathsServed().filter((path) => path.endsWith(".nupkg"));
  }
});
