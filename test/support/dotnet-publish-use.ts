/** What the client does with what was just pushed, whatever serves the feed: restore, add, install. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithDotnet, projectText } from "./dotnet.js";
import { createPublishingClient, type PublishingClient, upload } from "./dotnet-publish-client.js";
import type { OpenPublishedFeed, PublishedFeed } from "./dotnet-publish-feed.js";
import { examplePackagesFolder } from "./example-feed.js";
import type { PackageOptions } from "./package-builder.js";

/** Declares the suite for one kind of server. */
export function describeUseOfPushed(kind: string, open: OpenPublishedFeed): void {
  describeWithDotnet(`packages just pushed to ${kind}`, { timeout: 60_000 }, () => {
    let feed: PublishedFeed;
    let client: PublishingClient;

    beforeAll(async () => {
      feed = await open({ keys: { publisher: { scopes: ["push"] } } });
      client = await createPublishingClient(feed);
      const push = await client.push(join(examplePackagesFolder, "*.nupkg"), feed.key("publisher"));
      expect([push.exitCode, push.stderr]).toEqual([0, ""]);
    }, 60_000);
    afterAll(async () => {
      await client.dispose();
      await feed.close();
    });

    async function push(options: PackageOptions): Promise<void> {
      const { exitCode } = await client.push(await client.pack(options), feed.key("publisher"));
      expect(exitCode).toBe(0);
    }

    test("are restored, with what they depend on", async () => {
      await push({ id: "Fresh.Base", version: "1.0.0" });
      await push({ id: "Fresh.Top", version: "1.0.0", dependencies: { "Fresh.Base": "1.0.0" } });
      const project = await client.project("Restores", { "Fresh.Top": "1.0.0", "Contoso.Logging": "3.1.0" });

      const restore = await client.succeed(["restore", project]);

      expect(restore.stdout).not.toContain("warning");
      expect(await client.restoredPackages()).toEqual(
        expect.arrayContaining([
          "contoso.core/2.0.0",
          "contoso.logging/3.1.0",
          "contoso.text/2.0.0",
          "fresh.base/1.0.0",
          "fresh.top/1.0.0",
        ]),
      );
    });

    test("are restored in a higher version once that is pushed", async () => {
      await push({ id: "Fresh.Twice", version: "1.0.0" });
      const project = await client.project("RestoresAgain", { "Fresh.Twice": "1.*" });
      await client.succeed(["restore", project]);

      await push({ id: "Fresh.Twice", version: "1.1.0" });
      await client.succeed(["restore", project, "--no-http-cache", "--force-evaluate"]);

      const restored = await client.restoredPackages();
      expect(restored.filter((path) => path.startsWith("fresh.twice/"))).toEqual([
        "fresh.twice/1.0.0",
        "fresh.twice/1.1.0",
      ]);
    });

    test("are asked for again when a restore did not find them before", async () => {
      const project = await client.project("RestoresLater", { "Fresh.Late": "1.0.0" });
      const before = await client.run(["restore", project]);
      expect([before.exitCode, before.stdout]).toEqual([1, expect.stringContaining("NU1101")]);

      await push({ id: "Fresh.Late", version: "1.0.0" });
      await client.succeed(["restore", project, "--no-http-cache"]);

      expect(await client.restoredPackages()).toContain("fresh.late/1.0.0");
    });

    test("are added to a project in the highest stable version, and shown as newer than a lower one", async () => {
      for (const version of ["1.0.0", "1.10.0", "1.9.0", "2.0.0-rc.1"])
        await upload(feed, feed.key("publisher"), { id: "Fresh.Added", version });
      const project = await client.project("Adds", {});
      const file = join(project, "Adds.csproj");

      await client.succeed(["add", file, "package", "Fresh.Added"]);
      expect(await readFile(file, "utf8")).toContain(`Include="Fresh.Added" Version="1.10.0"`);

      await writeFile(file, projectText({ "Fresh.Added": "1.9.0" }));
      await client.succeed(["restore", project]);
      const { stdout } = await client.succeed(["list", file, "package", "--outdated", "--format", "json"]);
      expect(JSON.parse(stdout).projects[0].frameworks[0].topLevelPackages).toEqual([
        expect.objectContaining({ id: "Fresh.Added", resolvedVersion: "1.9.0", latestVersion: "1.10.0" }),
      ]);
    });

    test("are installed as a tool, which runs", async () => {
      await client.succeed(["tool", "install", "Contoso.Greeter.Tool", "--tool-path", "tools"]);

      const files = await readdir(join(client.workFolder, "tools"), { recursive: true });
      const assembly = files.find((file) => file.endsWith("Contoso.Greeter.Tool.dll"));
      expect(assembly).toContain("contoso.greeter.tool/1.1.0/");
      const greeting = await client.succeed([
        "exec",
        join(client.workFolder, "tools", assembly ?? ""),
        "Ada",
      ]);
      expect(greeting.stdout).toBe("Hello, Ada!\n");
    });

    test("are installed as templates, and what these make restores", async () => {
      // Here, and only here, the client wants --force for http: besides the configured permission.
      await client.succeed(["new", "install", "Contoso.Templates", "--force"]);
      await client.succeed(["new", "contoso-console", "--name", "Harbour"]);
      await client.succeed(["restore", "Harbour"]);

      expect(await readFile(join(client.workFolder, "Harbour/Program.cs"), "utf8")).toContain("Harbour");
    });
  });
}
