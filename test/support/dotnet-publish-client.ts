/** The real client as the suites of publishing use it: pushes files, writes projects, reads what was found. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { type ClientOptions, createClient, type DotnetClient, projectText } from "./dotnet.js";
import type { PublishedFeed } from "./dotnet-publish-feed.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";
import type { ProcessResult } from "./run-process.js";

export interface PublishingClient extends DotnetClient {
  /** Writes a package into the work folder, and returns the name of its file. */
  readonly pack: (options: PackageOptions) => Promise<string>;
  /** `dotnet nuget push` of a file or a pattern. */
  readonly push: (file: string, key: string | undefined, flags?: readonly string[]) => Promise<ProcessResult>;
  /** `dotnet nuget delete`, without asking. */
  readonly remove: (id: string, version: string, key: string | undefined) => Promise<ProcessResult>;
  /** `dotnet package search`. */
  readonly search: (...args: readonly string[]) => Promise<readonly FoundPackage[]>;
  /** A project with these references in a folder of its own, whose path it returns. */
  readonly project: (name: string, packages: Readonly<Record<string, string>>) => Promise<string>;
}

export interface FoundPackage {
  readonly id: string;
  /** Of a search. */
  readonly latestVersion?: string;
  /** With `--exact-match`. */
  readonly version?: string;
}

export async function createPublishingClient(
  { source }: Pick<PublishedFeed, "source">,
  options: Omit<ClientOptions, "source"> = {},
): Promise<PublishingClient> {
  const client = await createClient({ source, ...options });
  const { workFolder } = client;
  return {
    ...client,
    pack: async (options) => {
      const file = `${options.id}.${options.version}.nupkg`;
      await writeFile(join(workFolder, file), buildPackage(options));
      return file;
    },
    push: async (file, key, flags = []) =>
      await client.run(["nuget", "push", file, "--source", "feed", ...keyFlags(key), ...flags]),
    remove: async (id, version, key) =>
      await client.run([
        "nuget",
        "delete",
        id,
        version,
        "--source",
        "feed",
        "--non-interactive",
        ...keyFlags(key),
      ]),
    search: async (...args) => {
      const { stdout } = await client.succeed(["package", "search", ...args, "--format", "json"]);
      const { problems, searchResult } = JSON.parse(stdout);
      expect(problems).toEqual([]);
      return searchResult[0].packages;
    },
    project: async (name, packages) => {
      const folder = join(workFolder, name);
      await mkdir(folder);
      await writeFile(join(folder, `${name}.csproj`), projectText(packages));
      return folder;
    },
  };
}

function keyFlags(key: string | undefined): string[] {
  return key === undefined ? [] : ["--api-key", key];
}

/** Puts a package into the feed without the client: for what a test finds there already. */
export async function upload(feed: PublishedFeed, key: string, options: PackageOptions): Promise<void> {
  const response = await fetch(new URL("publish", feed.source), {
    method: "PUT",
    headers: { "X-NuGet-ApiKey": key },
    // A copy, since a body cannot be memory that may be shared.
    body: new Uint8Array(buildPackage(options)),
  });
  expect([response.status, await response.text()]).toEqual([201, ""]);
}

/** A change of a version that no command of the client makes; its status. */
export async function relist(feed: PublishedFeed, key: string, id: string, version: string): Promise<number> {
  const url = new URL(`publish/${id}/${version}`, feed.source);
  return (await fetch(url, { method: "POST", headers: { "X-NuGet-ApiKey": key } })).status;
}

/** The versions that the flat container lists, none for an id that is not there. */
export async function publishedVersions(feed: PublishedFeed, id: string): Promise<readonly string[]> {
  const response = await fetch(new URL(`flat/${id.toLowerCase()}/index.json`, feed.source));
  if (response.status === 404) return [];
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the shape of every list of versions (§3.2)
  return ((await response.json()) as { readonly versions: readonly string[] }).versions;
}

/** The bytes that the flat container has of a version. */
export async function publishedBytes(feed: PublishedFeed, id: string, version: string): Promise<Uint8Array> {
  const lower = id.toLowerCase();
  const url = new URL(`flat/${lower}/${version}/${lower}.${version}.nupkg`, feed.source);
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

/** Everything that a command printed. */
export function printed({ stdout, stderr }: ProcessResult): string {
  return stdout + stderr;
}

/** @param size MiB, of content that does not repeat soon */
export function packageOfSize(id: string, size: number): PackageOptions {
  const content = new Uint8Array(size * 1024 * 1024);
  for (let at = 0; at < content.length; at++) content[at] = Math.imul(at, 0x9e3779b1) >>> 24;
  return { id, version: "1.0.0", entries: [{ name: "content/large.bin", content, stored: true }] };
}
