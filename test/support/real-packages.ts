/** Packages that others made and published, as this machine's configured sources give them. */
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type DotnetClient, projectText } from "./dotnet.js";

/** Lowest versions: where a configured source lacks one, the client takes the next higher. */
const wellKnown = {
  Dapper: "2.1.66",
  "Microsoft.Extensions.DependencyInjection": "9.0.0",
  "Newtonsoft.Json": "13.0.3",
  Polly: "8.5.2",
  "Serilog.Sinks.Console": "5.0.0",
  xunit: "2.9.2",
};

/** Restores a project that needs them. */
export async function restoreWellKnown(client: DotnetClient): Promise<void> {
  await writeFile(join(client.workFolder, "App.csproj"), projectText(wellKnown));
  await client.succeed(["restore"]);
}

/**
 * Restores with a client of this machine, and copies what came into one folder.
 *
 * @returns `undefined` where the sources do not give the packages: a developer may be without network
 * @throws Error for the same on CI
 */
export async function gatherPackages(client: DotnetClient): Promise<string | undefined> {
  try {
    await restoreWellKnown(client);
  } catch (error) {
    if (process.env["CI"] === "true") throw error;
    return undefined;
  }
  const folder = join(client.workFolder, "gathered");
  await mkdir(folder);
  for (const path of await listPackageFiles(client)) await copyFile(path, join(folder, basename(path)));
  return folder;
}

/** The paths of every restored .nupkg, sorted. */
export async function listPackageFiles(client: DotnetClient): Promise<string[]> {
  const paths = await readdir(client.packagesFolder, { recursive: true });
  return paths
    .filter((path) => path.endsWith(".nupkg"))
    .sort()
    .map((path) => join(client.packagesFolder, path));
}
