/**
 * What the suites of publishing clients need of a server: how a feed that takes pushes is opened, and how `nupress serve`
 * opens one. The suites themselves know no kind of server.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect } from "vitest";
import type { ApiKey } from "../../src/serve/auth/api-key.js";
import { encodeKeyFile, parseKeyFile } from "../../src/serve/auth/key-file.js";
import { runNupress, startNupress } from "./nupress-process.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

/** A key as a suite wants it; unlike `nupress key create` it may have ended already. */
export type WantedKey = Pick<ApiKey, "scopes" | "ids" | "expires">;

export interface PublishedFeedOptions {
  /** Name → key. All of them are made beforehand, as a worker knows those only with which it was started. */
  readonly keys: Readonly<Record<string, WantedKey>>;
  /** Only those read who have a key with scope read. */
  readonly isPrivate?: boolean;
  /** Largest push in MiB; default that of the server. */
  readonly largestPush?: number;
}

/** A feed that was empty when it was opened. */
export interface PublishedFeed {
  /** URL of the service index. */
  readonly source: string;
  /** The text of a key. */
  readonly key: (name: string) => string;
  readonly close: () => Promise<void>;
}

export type OpenPublishedFeed = (options: PublishedFeedOptions) => Promise<PublishedFeed>;

/** Serves an empty folder by the program. */
export async function openNodeFeed(options: PublishedFeedOptions): Promise<PublishedFeed> {
  const folder = await makeTemporaryFolder();
  const [keysFile, feedFolder] = [path.join(folder.path, "keys.json"), path.join(folder.path, "feed")];
  await mkdir(feedFolder);
  const keys = await createKeys(keysFile, options.keys);
  const flags = ["--publish", "--keys", keysFile, "--port", "0", "--log", "off", "--json"];
  if (options.isPrivate === true) flags.push("--private");
  if (options.largestPush !== undefined) flags.push("--max-package-size", `${options.largestPush}`);
  const server = await startNupress(["serve", feedFolder, ...flags], /^\{.*"source":"([^"]+)".*\}$/m);
  return {
    source: server.ready[1] ?? "",
    key: (name) => {
      const text = keys.get(name);
      if (text === undefined) throw new Error(`The feed has no key "${name}"`);
      return text;
    },
    close: async () => {
      expect(await server.stop()).toBe(0);
      await folder.remove();
    },
  };
}

/** @returns name → text */
async function createKeys(
  file: string,
  wanted: PublishedFeedOptions["keys"],
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const [name, { scopes, ids }] of Object.entries(wanted)) {
    const flags = ["--scope", scopes.join(","), ...(ids === undefined ? [] : ["--ids", ids.join(",")])];
    const { stdout, stderr } = await runNupress(["key", "create", name, "--keys", file, ...flags, "--quiet"]);
    expect(stderr).toBe("");
    texts.set(name, stdout.trim());
  }
  // The program makes no key whose time is over.
  const keys = parseKeyFile(await readFile(file, "utf8"), "keys").map((key) => {
    const expires = wanted[key.name]?.expires;
    return expires === undefined ? key : { ...key, expires };
  });
  await writeFile(file, encodeKeyFile(keys));
  return texts;
}
