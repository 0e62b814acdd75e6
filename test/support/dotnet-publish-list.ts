/** What `dotnet nuget delete` and `dotnet package search` do with a feed that takes pushes, whatever serves it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithDotnet } from "./dotnet.js";
import {
  createPublishingClient,
  type PublishingClient,
  printed,
  publishedVersions,
  relist,
  upload,
} from "./dotnet-publish-client.js";
import type { OpenPublishedFeed, PublishedFeed, WantedKey } from "./dotnet-publish-feed.js";

const keys: Readonly<Record<string, WantedKey>> = {
  publisher: { scopes: ["push", "unlist"] },
  pusher: { scopes: ["push"] },
};

/** Declares the suite for one kind of server, whose deletions unlist. */
export function describeListing(kind: string, open: OpenPublishedFeed): void {
  describeWithDotnet(`listed versions of ${kind}`, { timeout: 60_000 }, () => {
    let feed: PublishedFeed;
    let client: PublishingClient;

    beforeAll(async () => {
      feed = await open({ keys });
      client = await createPublishingClient(feed);
    }, 60_000);
    afterAll(async () => {
      await client.dispose();
      await feed.close();
    });

    /** Puts these versions of an id into the feed. */
    async function publish(id: string, ...versions: readonly string[]): Promise<void> {
      for (const version of versions) await upload(feed, feed.key("publisher"), { id, version });
    }

    /** The versions that the feed lists, as a client sees it that has asked for nothing yet. */
    async function listedVersions(id: string): Promise<readonly (string | undefined)[]> {
      const fresh = await createPublishingClient(feed);
      const found = await fresh.search(id, "--exact-match", "--prerelease");
      await fresh.dispose();
      return found.map(({ version }) => version);
    }

    describe("dotnet nuget delete", () => {
      beforeAll(async () => await publish("Kept.Known", "1.0.0"));

      test("hides a version, which can be restored still", async () => {
        const id = "Hidden.Plain";
        await publish(id, "1.0.0", "0.9.0");

        const remove = await client.remove(id, "1.0.0", feed.key("publisher"));

        const success = expect.stringContaining("was deleted successfully");
        expect([remove.exitCode, printed(remove)]).toEqual([0, success]);
        expect(await listedVersions(id)).toEqual(["0.9.0"]);
        expect(await publishedVersions(feed, id)).toEqual(["0.9.0", "1.0.0"]);
        await client.succeed(["restore", await client.project("Restores", { [id]: "[1.0.0]" })]);
        expect(await client.restoredPackages()).toEqual(["hidden.plain/1.0.0"]);
      });

      test.each([
        ["the version in another spelling", "Hidden.Spelt", "Hidden.Spelt", "1.0"],
        ["the id in other letters", "Hidden.Letters", "hidden.LETTERS", "1.0.0"],
        ["other metadata of the version", "Hidden.Metadata", "Hidden.Metadata", "1.0.0+other"],
      ])("takes %s", async (_what, id, typedId, typedVersion) => {
        await publish(id, "1.0.0", "0.9.0");

        const remove = await client.remove(typedId, typedVersion, feed.key("publisher"));

        expect(remove.exitCode).toBe(0);
        expect(await client.search(id)).toEqual([expect.objectContaining({ id, latestVersion: "0.9.0" })]);
      });

      test("of a version that is hidden already is done", async () => {
        await publish("Hidden.Twice", "1.0.0");
        const remove = async (): Promise<number> =>
          (await client.remove("Hidden.Twice", "1.0.0", feed.key("publisher"))).exitCode;

        expect([await remove(), await remove()]).toEqual([0, 0]);
        expect(await listedVersions("Hidden.Twice")).toEqual([]);
      });

      test("takes an id out of searches when it hides the last version, and relisting brings it back", async () => {
        const [id, publisher] = ["Hidden.Wholly", feed.key("publisher")];
        await publish(id, "1.0.0");
        expect(await client.search(`id:${id}`)).toHaveLength(1);

        await client.remove(id, "1.0.0", publisher);
        expect(await client.search(`id:${id}`)).toEqual([]);

        expect(await relist(feed, publisher, id.toUpperCase(), "1.0")).toBe(200);
        expect(await client.search(`id:${id}`)).toEqual([
          expect.objectContaining({ latestVersion: "1.0.0" }),
        ]);
        expect(await listedVersions(id)).toEqual(["1.0.0"]);
      });

      test.each([
        ["a version", "Kept.Known", "9.9", "The feed has no Kept.Known 9.9.0"],
        ["an id", "Kept.Unknown", "1.0.0", "The feed has no Kept.Unknown 1.0.0"],
        ["what is no version", "Kept.Known", "latest", "The feed has no Kept.Known latest"],
      ])("fails with %s that the feed does not have, and says so", async (_what, id, version, message) => {
        const remove = await client.remove(id, version, feed.key("publisher"));

        expect(remove.exitCode).toBe(1);
        expect(printed(remove)).toContain("404");
        expect(printed(remove)).toContain(message);
      });

      test.each([
        ["a key that may only push", "Kept.Scoped", () => feed.key("pusher"), '"pusher" is not for this'],
        ["a key that nobody made", "Kept.Foreign", () => "nobody", "the key is not known here"],
        ["no key", "Kept.Keyless", () => undefined, "key with scope unlist"],
      ])("fails with %s, and says so", async (_what, id, key, message) => {
        await publish(id, "1.0.0");

        const remove = await client.remove(id, "1.0.0", key());

        expect(remove.exitCode).toBe(1);
        expect(printed(remove)).toMatch(/40[13]/);
        expect(printed(remove)).toContain(`Cannot unlist "${id.toLowerCase()}": `);
        expect(printed(remove)).toContain(message);
        expect(await client.search(`id:${id}`)).toHaveLength(1);
      });
    });

    describe("dotnet package search", () => {
      test("finds a package as soon as it is pushed", async () => {
        const before = await client.search("Found.Promptly");
        await client.push(
          await client.pack({ id: "Found.Promptly", version: "1.0.0" }),
          feed.key("publisher"),
        );

        expect([before, await client.search("Found.Promptly")]).toEqual([
          [],
          [expect.objectContaining({ id: "Found.Promptly", latestVersion: "1.0.0" })],
        ]);
      });

      test("meets every hit once on the way through its pages", async () => {
        const ids = ["Ferry", "Harbour", "Lighthouse", "Pier", "Quay"].map((word) => `Paged.${word}`);
        for (const id of ids)
          await upload(feed, feed.key("publisher"), { id, version: "1.0.0", tags: "seaside" });

        const pages: string[][] = [];
        for (const skip of ["0", "2", "4", "6"]) {
          const page = await client.search("tags:seaside", "--skip", skip, "--take", "2");
          pages.push(page.map(({ id }) => id));
        }

        expect(pages.map(({ length }) => length)).toEqual([2, 2, 1, 0]);
        expect(pages.flat().sort()).toEqual(ids);
      });

      test("shows the highest version, with --prerelease of all", async () => {
        await publish("Staged.Both", "1.0.0", "2.0.0-rc.1");
        await publish("Staged.Early", "0.1.0-alpha");
        const latest = async (...flags: readonly string[]): Promise<unknown> =>
          (await client.search("Staged", ...flags))
            .map(({ id, latestVersion }) => `${id} ${latestVersion}`)
            .sort();

        expect(await latest()).toEqual(["Staged.Both 1.0.0"]);
        expect(await latest("--prerelease")).toEqual(["Staged.Both 2.0.0-rc.1", "Staged.Early 0.1.0-alpha"]);
      });

      test("shows the highest version that is listed", async () => {
        await publish("Lowered.Once", "1.0.0", "2.0.0");
        await client.remove("Lowered.Once", "2.0.0", feed.key("publisher"));

        expect(await client.search("Lowered.Once")).toEqual([
          expect.objectContaining({ id: "Lowered.Once", latestVersion: "1.0.0" }),
        ]);
      });

      test("--exact-match shows the listed versions of that id alone", async () => {
        await publish("Exact.Match", "1.0.0", "1.1.0-beta.2", "1.1.0");
        await publish("Exact.Match.More", "3.0.0");

        const found = await client.search("exact.match", "--exact-match");

        expect(found.map(({ id, version }) => `${id} ${version}`)).toEqual([
          "Exact.Match 1.0.0",
          "Exact.Match 1.1.0",
        ]);
      });

      test("finds nothing without an error", async () => {
        expect(await client.search("nothing-is-called-like-this")).toEqual([]);
      });
    });
  });
}
