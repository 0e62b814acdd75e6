/** What `dotnet nuget push` does with a feed that takes pushes, whatever serves it. */
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithDotnet } from "./dotnet.js";
import {
  createPublishingClient,
  type PublishingClient,
  packageOfSize,
  printed,
  publishedBytes,
  publishedVersions,
} from "./dotnet-publish-client.js";
import type { OpenPublishedFeed, PublishedFeed, WantedKey } from "./dotnet-publish-feed.js";
import { examplePackagesFolder } from "./example-feed.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";

const keys: Readonly<Record<string, WantedKey>> = {
  publisher: { scopes: ["push", "unlist"] },
  latecomer: { scopes: ["push"], expires: "2020-02-29T00:00:00Z" },
  reader: { scopes: ["read", "unlist"] },
  fabrikam: { scopes: ["push"], ids: ["Fabrikam.*"] },
};

const nuspecless = buildPackage({ id: "Refused", version: "1.0.0", nuspecName: null });

const LARGEST_PUSH = 40;

/** Declares the suite for one kind of server. */
export function describePushing(kind: string, open: OpenPublishedFeed): void {
  describeWithDotnet(`dotnet nuget push to ${kind}`, { timeout: 60_000 }, () => {
    let feed: PublishedFeed;
    let client: PublishingClient;

    beforeAll(async () => {
      feed = await open({ keys, largestPush: LARGEST_PUSH });
      client = await createPublishingClient(feed);
    }, 60_000);
    afterAll(async () => {
      await client.dispose();
      await feed.close();
    });

    test("publishes the bytes of the file with a key that may", async () => {
      const file = await client.pack({ id: "Pushed.Once", version: "1.2.3-beta.1+build.5" });

      const push = await client.push(file, feed.key("publisher"));

      expect([push.exitCode, printed(push)]).toEqual([0, expect.stringContaining("was pushed")]);
      expect(printed(push)).not.toContain("warn");
      expect(await publishedVersions(feed, "Pushed.Once")).toEqual(["1.2.3-beta.1"]);
      const published = await publishedBytes(feed, "Pushed.Once", "1.2.3-beta.1");
      expect(Buffer.from(published).equals(await readFile(join(client.workFolder, file)))).toBe(true);
    });

    test.each([
      ["the service index", "index.json"],
      ["where packages are pushed to", "publish"],
      ["the older address for that", "../api/v2/package"],
    ])("takes as a source the address of %s", async (_what, address) => {
      const id = `Addressed.${address.replace(/\W/g, "")}`;
      const source = new URL(address, feed.source).href;
      const file = await client.pack({ id, version: "1.0.0" });

      const flags = ["--source", source, "--api-key", feed.key("publisher"), "--allow-insecure-connections"];
      await client.succeed(["nuget", "push", file, ...flags]);
      expect(await publishedVersions(feed, id)).toEqual(["1.0.0"]);
    });

    test("shows what is questionable about a package that is published nevertheless", async () => {
      const file = await client.pack({ id: "Pushed.Iconless", version: "1.0.0", icon: { path: "icon.png" } });

      const push = await client.push(file, feed.key("publisher"));

      expect(push.exitCode).toBe(0);
      expect(printed(push)).toMatch(/warn : Pushed\.Iconless 1\.0\.0: .*icon\.png/);
    });

    describe("with a key that does not help", () => {
      test.each([
        ["unknown", "one that nobody made", () => "nupress_nobody-made-this", "the key is not known here"],
        [
          "expired",
          "one whose time is over",
          () => feed.key("latecomer"),
          '"latecomer" expired on 2020-02-29',
        ],
        ["scope", "one that is for other things", () => feed.key("reader"), "ask for a key with scope push"],
        ["id", "one for other ids", () => feed.key("fabrikam"), '"fabrikam" is for other ids'],
      ])("(%s) fails with %s, and says so", async (reason, _what, key, message) => {
        const id = `Refused.${reason}`;
        const push = await client.push(await client.pack({ id, version: "1.0.0" }), key());

        expect(push.exitCode).toBe(1);
        expect(printed(push)).toContain("Cannot push ");
        expect(printed(push)).toContain(message);
        expect(printed(push)).toContain("403");
        expect(await publishedVersions(feed, id)).toEqual([]);
      });

      test("fails without any key, and asks nobody for one", async () => {
        const file = await client.pack({ id: "Refused.Keyless", version: "1.0.0" });

        const push = await client.push(file, undefined);

        expect(push.exitCode).toBe(1);
        expect(printed(push)).toMatch(/error: .* 401 /);
        expect(printed(push)).toContain("it needs a key with scope push");
        expect(await publishedVersions(feed, "Refused.Keyless")).toEqual([]);
      });

      test("publishes with a key for the id", async () => {
        const file = await client.pack({ id: "Fabrikam.Ropes", version: "1.0.0" });
        const push = await client.push(file, feed.key("fabrikam"));
        expect([push.exitCode, await publishedVersions(feed, "Fabrikam.Ropes")]).toEqual([0, ["1.0.0"]]);
      });
    });

    describe("of a version that is there", () => {
      const first: PackageOptions = { id: "Pushed.Twice", version: "1.0.0" };

      beforeAll(async () => {
        await client.push(await client.pack(first), feed.key("publisher"));
      });

      test.each([
        ["the same bytes", first],
        ["other bytes", { ...first, description: "Another one" }],
        ["the version in another spelling", { ...first, version: "1.0.0.0" }],
        ["other metadata of the version", { ...first, version: "1.0.0+later" }],
        ["the id in other letters", { ...first, id: "pushed.TWICE" }],
      ])("fails with %s", async (_what, again) => {
        const push = await client.push(await client.pack(again), feed.key("publisher"));

        expect(push.exitCode).toBe(1);
        expect(printed(push)).toContain("409");
        expect(printed(push)).toMatch(/The feed has pushed\.twice 1\.0\.0 already/i);
      });

      test("is no failure with --skip-duplicate", async () => {
        const push = await client.push(await client.pack(first), feed.key("publisher"), ["--skip-duplicate"]);
        expect([push.exitCode, printed(push)]).toEqual([0, expect.stringContaining("already exists")]);
      });
    });

    test("publishes all files of a pattern, and with --skip-duplicate those that are not there", async () => {
      const versions = ["1.0.0", "1.1.0", "2.0.0-rc.1", "2.0.0"];
      for (const version of versions) await client.pack({ id: "Pushed.Many", version });
      await client.push("Pushed.Many.1.1.0.nupkg", feed.key("publisher"));

      const push = await client.push("Pushed.Many.*.nupkg", feed.key("publisher"), ["--skip-duplicate"]);

      expect(push.exitCode).toBe(0);
      expect(printed(push).match(/was pushed/g)).toHaveLength(3);
      expect(await publishedVersions(feed, "Pushed.Many")).toEqual(versions);
    });

    test("publishes 30 MB", async () => {
      const file = await client.pack(packageOfSize("Pushed.Large", 30));

      const push = await client.push(file, feed.key("publisher"));

      expect([push.exitCode, printed(push)]).toEqual([0, expect.stringContaining("was pushed")]);
      const published = await publishedBytes(feed, "Pushed.Large", "1.0.0");
      expect(Buffer.from(published).equals(await readFile(join(client.workFolder, file)))).toBe(true);
    });

    test("fails with what is larger than the feed takes, and says how large that may be", async () => {
      const file = await client.pack(packageOfSize("Refused.Large", LARGEST_PUSH + 1));

      const push = await client.push(file, feed.key("publisher"));

      expect(push.exitCode).toBe(1);
      expect(printed(push)).toContain("413");
      expect(printed(push)).toContain(`larger than the ${LARGEST_PUSH} MiB that this feed takes`);
      expect(await publishedVersions(feed, "Refused.Large")).toEqual([]);
    });

    test.each([
      ["a text", Buffer.from("no package at all\n".repeat(50)), "it is not a zip archive"],
      ["nothing", Buffer.alloc(0), "there is nothing in its body"],
      ["a package without a nuspec", nuspecless, "no .nuspec in its root"],
    ])("fails with a file that holds %s, and says so", async (what, bytes, message) => {
      const file = `Refused.${what.replaceAll(" ", "-")}.1.0.0.nupkg`;
      await writeFile(join(client.workFolder, file), bytes);

      const push = await client.push(file, feed.key("publisher"));

      expect(push.exitCode).toBe(1);
      expect(printed(push)).toContain("400");
      expect(printed(push)).toContain(message);
    });

    describe("of symbols, which the feed does not take", () => {
      test("publishes the package beside which they lie", async () => {
        for (const extension of ["nupkg", "snupkg"]) {
          const file = `Contoso.Logging.3.1.0.${extension}`;
          await copyFile(join(examplePackagesFolder, file), join(client.workFolder, file));
        }

        const push = await client.push("Contoso.Logging.3.1.0.nupkg", feed.key("publisher"));

        expect([push.exitCode, await publishedVersions(feed, "Contoso.Logging")]).toEqual([0, ["3.1.0"]]);
        expect(printed(push)).not.toMatch(/snupkg|warn|error/);
      });

      test("alone does nothing", async () => {
        const file = "Contoso.Logging.3.0.0.snupkg";
        await copyFile(join(examplePackagesFolder, file), join(client.workFolder, file));

        const push = await client.push(file, feed.key("publisher"));

        expect([push.exitCode, printed(push)]).toEqual([0, ""]);
        expect(await publishedVersions(feed, "Contoso.Logging")).not.toContain("3.0.0");
      });
    });
  });
}
