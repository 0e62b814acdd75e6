/** Packages that others made and published: a feed built from them gives the real client the same again. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { expect, test } from "vitest";
import {
  createClient,
  createClientOfMachine,
  type DotnetClient,
  describeWithDotnet,
} from "../support/dotnet.js";
import { serveFeed } from "../support/example-feed.js";
import {
  gatherPackages,
  listPackageFiles,
  restoreOrSkip,
  restoreWellKnown,
} from "../support/real-packages.js";

describeWithDotnet("real packages", () => {
  test("restore from a feed built of them as from where they came", { timeout: 120_000 }, async (context) => {
    const origin = await createClientOfMachine();
    context.onTestFinished(() => origin.dispose());
    await restoreOrSkip(origin, context);
    const feed = await serveFeed({ packagesFolder: await gatherPackages(origin) });
    context.onTestFinished(() => feed.dispose());
    const client = await createClient({ source: feed.source });
    context.onTestFinished(() => client.dispose());

    await restoreWellKnown(client);

    const packages = await client.restoredPackages();
    expect(packages).toContainEqual(expect.stringMatching(/^newtonsoft\.json\/13\./));
    expect(packages).toEqual(await origin.restoredPackages());
    expect(await hashPackages(client)).toEqual(await hashPackages(origin));
    expect(feed.server.pathsServed().filter((path) => path.endsWith(".nupkg"))).toHaveLength(packages.length);
  });
});

/** Path below the packages folder → SHA-512 of the package there. */
async function hashPackages(client: DotnetClient): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of await listPackageFiles(client)) {
    const hash = createHash("sha512").update(await readFile(path));
    hashes[relative(client.packagesFolder, path)] = hash.digest("hex");
  }
  return hashes;
}
