/** Packages that others made and published: a feed built from them gives the real client the same again. */
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import { expect, type TestContext, test } from "vitest";
import {
  createClient,
  createClientOfMachine,
  type DotnetClient,
  describeWithDotnet,
  projectText,
} from "../support/dotnet.js";
import { serveFeed } from "../support/example-feed.js";

/** Lowest versions: where a configured source lacks one, the client takes the next higher. */
const wellKnown = {
  Dapper: "2.1.66",
  "Microsoft.Extensions.DependencyInjection": "9.0.0",
  "Newtonsoft.Json": "13.0.3",
  Polly: "8.5.2",
  "Serilog.Sinks.Console": "5.0.0",
  xunit: "2.9.2",
};

describeWithDotnet("real packages", () => {
  test("restore from a feed built of them as from where they came", { timeout: 120_000 }, async (context) => {
    const origin = await createClientOfMachine();
    context.onTestFinished(() => origin.dispose());
    await restoreOrSkip(origin, context);
    const feed = await serveFeed({ packagesFolder: await gatherPackages(origin) });
    context.onTestFinished(() => feed.dispose());
    const client = await createClient({ source: feed.source });
    context.onTestFinished(() => client.dispose());

    await restore(client);

    const packages = await client.restoredPackages();
    expect(packages).toContainEqual(expect.stringMatching(/^newtonsoft\.json\/13\./));
    expect(packages).toEqual(await origin.restoredPackages());
    expect(await hashPackages(client)).toEqual(await hashPackages(origin));
    expect(feed.server.pathsServed().filter((path) => path.endsWith(".nupkg"))).toHaveLength(packages.length);
  });
});

async function restore(client: DotnetClient): Promise<void> {
  await writeFile(join(client.workFolder, "App.csproj"), projectText(wellKnown));
  await client.succeed(["restore"]);
}

/** A developer may be without network; CI may not. */
async function restoreOrSkip(client: DotnetClient, context: TestContext): Promise<void> {
  try {
    await restore(client);
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    context.skip("this machine's configured sources do not give the packages");
  }
}

/** Copies every restored .nupkg into one folder. */
async function gatherPackages(client: DotnetClient): Promise<string> {
  const folder = join(client.workFolder, "gathered");
  await mkdir(folder);
  for (const path of await listPackageFiles(client)) await copyFile(path, join(folder, basename(path)));
  return folder;
}

/** Path below the packages folder → SHA-512 of the package there. */
async function hashPackages(client: DotnetClient): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const path of await listPackageFiles(client)) {
    const hash = createHash("sha512").update(await readFile(path));
    hashes[relative(client.packagesFolder, path)] = hash.digest("hex");
  }
  return hashes;
}

async function listPackageFiles(client: DotnetClient): Promise<string[]> {
  const paths = await readdir(client.packagesFolder, { recursive: true });
  return paths
    .filter((path) => path.endsWith(".nupkg"))
    .sort()
    .map((path) => join(client.packagesFolder, path));
}
