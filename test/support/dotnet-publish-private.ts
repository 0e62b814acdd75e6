/** What the client does with a feed that only those may read who have a key, whatever serves it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithDotnet } from "./dotnet.js";
import {
  createPublishingClient,
  type PublishingClient,
  packageOfSize,
  printed,
  upload,
} from "./dotnet-publish-client.js";
import type { OpenPublishedFeed, PublishedFeed, WantedKey } from "./dotnet-publish-feed.js";

const keys: Readonly<Record<string, WantedKey>> = {
  reader: { scopes: ["read"] },
  pusher: { scopes: ["push"] },
  maintainer: { scopes: ["read", "push", "unlist"] },
};

/** Declares the suite for one kind of server. */
export function describePrivateFeed(kind: string, open: OpenPublishedFeed): void {
  describeWithDotnet(`a private feed of ${kind}`, { timeout: 60_000 }, () => {
    let feed: PublishedFeed;
    const clients: PublishingClient[] = [];

    beforeAll(async () => {
      feed = await open({ keys, isPrivate: true });
      await upload(feed, feed.key("pusher"), { id: "Secret.Base", version: "1.0.0" });
      const dependencies = { "Secret.Base": "1.0.0" };
      await upload(feed, feed.key("pusher"), { id: "Secret.Recipe", version: "1.0.0", dependencies });
    }, 60_000);
    afterAll(async () => {
      for (const client of clients) await client.dispose();
      await feed.close();
    });

    /** A client in whose `nuget.config` this password stands, if any; the user's name does not matter. */
    async function clientWith(password: string | undefined): Promise<PublishingClient> {
      const credentials = password === undefined ? {} : { credentials: { username: "anyone", password } };
      const client = await createPublishingClient(feed, credentials);
      clients.push(client);
      return client;
    }

    describe("with stored credentials", () => {
      test("is restored from, and searched", async () => {
        const client = await clientWith(feed.key("reader"));
        const project = await client.project("Restores", { "Secret.Recipe": "1.0.0" });

        const restore = await client.succeed(["restore", project]);

        expect(restore.stdout).not.toContain("warning");
        expect(await client.restoredPackages()).toEqual(["secret.base/1.0.0", "secret.recipe/1.0.0"]);
        expect((await client.search("Secret")).map(({ id }) => id).sort()).toEqual([
          "Secret.Base",
          "Secret.Recipe",
        ]);
      });

      test.each([
        ["a password that is no key", () => "guessed", "401", "the key is not known here"],
        ["a key for something else", () => feed.key("pusher"), "403", '"pusher" is not for this'],
      ])("fails with %s, and says so", async (_what, password, status, message) => {
        const client = await clientWith(password());
        const project = await client.project("Refused", { "Secret.Recipe": "1.0.0" });

        const restore = await client.run(["restore", project]);

        expect(restore.exitCode).toBe(1);
        expect(printed(restore)).toContain(status);
        expect(printed(restore)).toContain("Cannot read this feed: ");
        expect(printed(restore)).toContain(message);
        expect(await client.restoredPackages()).toEqual([]);
      });

      test("takes pushes without an API key, also large ones, which clients send twice: first without credentials", async () => {
        const client = await clientWith(feed.key("maintainer"));

        const push = await client.push(await client.pack(packageOfSize("Secret.Large", 30)), undefined);

        expect([push.exitCode, printed(push)]).toEqual([0, expect.stringContaining("was pushed")]);
        expect(await client.search("Secret.Large")).toHaveLength(1);
        const remove = await client.remove("Secret.Large", "1.0.0", undefined);
        expect(remove.exitCode).toBe(0);
        expect(await client.search("Secret.Large")).toEqual([]);
      });

      test("takes a push with an API key that only pushes from somebody whose password only reads", async () => {
        const client = await clientWith(feed.key("reader"));
        const file = await client.pack({ id: "Secret.Pushed", version: "1.0.0" });

        const refused = await client.push(file, undefined);
        expect(refused.exitCode).toBe(1);
        expect(printed(refused)).toContain('the key "reader" is not for this; ask for a key with scope push');

        const push = await client.push(file, feed.key("pusher"));
        expect([push.exitCode, printed(push)]).toEqual([0, expect.stringContaining("was pushed")]);
      });
    });

    describe("without stored credentials", () => {
      test("is not restored from, and the client asks nobody", async () => {
        const client = await clientWith(undefined);
        const project = await client.project("Refused", { "Secret.Recipe": "1.0.0" });

        const restore = await client.run(["restore", project]);

        expect(restore.exitCode).toBe(1);
        expect(printed(restore)).toContain("NU1301");
        expect(printed(restore)).toMatch(/401 \(.*\)/);
        expect(printed(restore)).toContain("it needs a key with scope read as the password");
      });

      test("takes no push with an API key alone, as clients ask for the service index without it", async () => {
        const client = await clientWith(undefined);
        const file = await client.pack({ id: "Secret.Unread", version: "1.0.0" });

        const push = await client.push(file, feed.key("maintainer"));

        expect(push.exitCode).toBe(1);
        expect(printed(push)).toContain("Unable to load the service index");
        expect(printed(push)).toContain("401");
      });

      test("takes a push with an API key alone where the source is the address for pushes", async () => {
        const client = await clientWith(undefined);
        const file = await client.pack({ id: "Secret.Direct", version: "1.0.0" });
        const source = new URL("publish", feed.source).href;

        const flags = ["--source", source, "--api-key", feed.key("pusher"), "--allow-insecure-connections"];
        const push = await client.succeed(["nuget", "push", file, ...flags]);

        expect(printed(push)).toContain("was pushed");
      });
    });
  });
}
