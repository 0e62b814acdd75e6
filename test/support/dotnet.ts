/** The real client for tests: whether it is there, and environments in which it knows one source and no cache. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe } from "vitest";
import { type ProcessResult, type RunOptions, runProcess } from "./run-process.js";

const NEEDED = "dotnet with an SDK of version 10 or later on PATH";

let found: { readonly path: string | undefined } | undefined;

/** Path of a `dotnet` that has an SDK of version 10 or later, if there is one on PATH. */
export function findDotnet(): string | undefined {
  found ??= { path: searchDotnet() };
  return found.path;
}

/**
 * `describe` for tests of the real client. Without one it skips them and says why; on CI the test file fails
 * instead, when it imports this.
 */
// oxlint-disable-next-line vitest/valid-describe-callback, vitest/valid-title -- skipIf takes a condition
export const describeWithDotnet = describe.skipIf(isToBeSkipped());

export type ClientRunOptions = Pick<RunOptions, "cwd" | "timeout" | "signal">;

export interface DotnetClient {
  /** Where commands run unless told otherwise, and where a test puts its projects. */
  readonly workFolder: string;
  /** The global packages folder: `{id}/{version}/` in lower case for everything restored. */
  readonly packagesFolder: string;
  /** Runs `dotnet` with `args`; any exit code is a result, a timeout (default two minutes) is an error. */
  run(args: readonly string[], options?: ClientRunOptions): Promise<ProcessResult>;
  /** As {@link DotnetClient.run}, but throws an error with the output for any exit code but 0. */
  succeed(args: readonly string[], options?: ClientRunOptions): Promise<ProcessResult>;
  /** What lies in the packages folder, sorted, as `id/version` in lower case. */
  restoredPackages(): Promise<string[]>;
  /** Deletes everything the client wrote. */
  dispose(): Promise<void>;
}

export interface ClientOptions {
  readonly source: string;
  /** Default `feed`. */
  readonly sourceName?: string;
  /** Stored for the source, in clear text. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

/**
 * A client that knows `source` (a URL of a service index or a folder) and no other, with empty caches and a home of
 * its own. No process of it outlives a command.
 */
export async function createClient(options: ClientOptions): Promise<DotnetClient> {
  const root = await mkdtemp(join(tmpdir(), "nupress-client-"));
  const home = join(root, "home");
  await mkdir(home);
  await writeFile(join(root, "nuget.config"), nugetConfig(options));
  const homes = { HOME: home, USERPROFILE: home, DOTNET_CLI_HOME: home };
  return clientIn(root, { ...inheritedEnvironment(), ...homes });
}

/** A client with the sources that this machine is configured for, whatever they are, but with empty caches. */
export async function createClientOfMachine(): Promise<DotnetClient> {
  const root = await mkdtemp(join(tmpdir(), "nupress-client-"));
  return clientIn(root, process.env);
}

/** An SDK-style project for net10.0 with these references (package id → version). */
export function projectText(packages: Readonly<Record<string, string>>, properties = ""): string {
  const references = Object.entries(packages).map(
    ([id, version]) => `    <PackageReference Include="${id}" Version="${version}" />`,
  );
  return `<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    ${properties}
  </PropertyGroup>
  <ItemGroup>
${references.join("\n")}
  </ItemGroup>
</Project>
`;
}

async function clientIn(root: string, base: NodeJS.ProcessEnv): Promise<DotnetClient> {
  const dotnet = findDotnet();
  if (dotnet === undefined) throw new Error(`Cannot create a client: needs ${NEEDED}`);
  const workFolder = join(root, "work");
  const packagesFolder = join(root, "packages");
  const env = { ...base, ...isolation(root, packagesFolder) };
  for (const folder of [workFolder, packagesFolder, env.TMPDIR]) await mkdir(folder);
  const run: DotnetClient["run"] = (args, options = {}) =>
    runProcess(dotnet, args, { cwd: workFolder, ...options, env });
  return {
    workFolder,
    packagesFolder,
    run,
    succeed: async (args, options) => {
      const result = await run(args, options);
      if (result.exitCode === 0) return result;
      throw new Error(
        `dotnet ${args.join(" ")}: exit code ${result.exitCode}\n${result.stdout}${result.stderr}`,
      );
    },
    restoredPackages: () => listRestored(packagesFolder),
    dispose: () => rm(root, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function listRestored(packagesFolder: string): Promise<string[]> {
  const ids = await readdir(packagesFolder);
  const versions = ids.map(async (id) =>
    (await readdir(join(packagesFolder, id))).map((version) => `${id}/${version}`),
  );
  return (await Promise.all(versions)).flat().sort();
}

/** What an isolated client keeps of this process's environment: MSBuild would read any variable as a property. */
function inheritedEnvironment(): NodeJS.ProcessEnv {
  const kept =
    /^(path|appdata|localappdata|programfiles.*|programdata|system(root|drive)|comspec|pathext|ssl_cert_.*|dotnet_root.*|https?_proxy)$/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
}

function isolation(root: string, packagesFolder: string) {
  const temporary = join(root, "tmp");
  return {
    NUGET_PACKAGES: packagesFolder,
    NUGET_HTTP_CACHE_PATH: join(root, "http-cache"),
    NUGET_PLUGINS_CACHE_PATH: join(root, "plugins-cache"),
    // Whether a certificate was revoked is asked over the network.
    NUGET_CERT_REVOCATION_MODE: "offline",
    NO_PROXY: "127.0.0.1,localhost",
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    DOTNET_CLI_TELEMETRY_OPTOUT: "1",
    DOTNET_CLI_UI_LANGUAGE: "en",
    DOTNET_NOLOGO: "1",
    DOTNET_SKIP_FIRST_TIME_EXPERIENCE: "1",
    DOTNET_GENERATE_ASPNET_CERTIFICATE: "false",
    DOTNET_ADD_GLOBAL_TOOLS_TO_PATH: "false",
    // Or the client asks the feed for workload manifests in the background.
    DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE: "true",
    // Servers that would live on after the command.
    DOTNET_CLI_USE_MSBUILD_SERVER: "0",
    MSBUILDDISABLENODEREUSE: "1",
    UseSharedCompilation: "false",
  };
}

function nugetConfig({ source, sourceName = "feed", credentials }: ClientOptions): string {
  return `<?xml version="1.0" encoding="utf-8"?>
<configuration>
  <packageSources>
    <clear />
    <add key="${sourceName}" value="${source}" allowInsecureConnections="true" />
  </packageSources>${credentials === undefined ? "" : credentialsElement(sourceName, credentials)}
  <disabledPackageSources><clear /></disabledPackageSources>
  <packageSourceMapping><clear /></packageSourceMapping>
  <auditSources><clear /></auditSources>
  <fallbackPackageFolders><clear /></fallbackPackageFolders>
</configuration>
`;
}

function credentialsElement(
  sourceName: string,
  { username, password }: NonNullable<ClientOptions["credentials"]>,
): string {
  return `
  <packageSourceCredentials>
    <${sourceName}>
      <add key="Username" value="${username}" />
      <add key="ClearTextPassword" value="${password}" />
    </${sourceName}>
  </packageSourceCredentials>`;
}

function searchDotnet(): string | undefined {
  const name = process.platform === "win32" ? "dotnet.exe" : "dotnet";
  const path = (process.env["PATH"] ?? "")
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((candidate) => existsSync(candidate));
  return path !== undefined && hasNeededSdk(path) ? path : undefined;
}

function hasNeededSdk(dotnet: string): boolean {
  const sdks = execFileSync(dotnet, ["--list-sdks"], { encoding: "utf8" });
  return sdks.split("\n").some((line) => Number.parseInt(line, 10) >= 10);
}

function isToBeSkipped(): boolean {
  if (findDotnet() !== undefined) return false;
  if (process.env["CI"] === "true")
    throw new Error(`Cannot test with the real client on CI: needs ${NEEDED}`);
  console.warn(`Tests with the real client are skipped: they need ${NEEDED}`);
  return true;
}
