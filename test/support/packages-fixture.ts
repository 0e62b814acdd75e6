/**
 * A packages folder on disk and a store in memory: everything that a test of the build needs.
 */
import { mkdir, rm, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildInto } from "../../src/build/build.js";
import type { BuildReport, StoreBuildOptions } from "../../src/build/options.js";
import { resolveSources } from "../../src/build/scan.js";
import type { FeedSettings } from "../../src/feed/settings.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { type CountingStore, countingStore } from "./counting-store.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";
import { makeTemporaryFolder } from "./temporary-folder.js";

export const settings: FeedSettings = {
  baseUrl: "https://feed.example.com/",
  folderFeed: false,
  staticSearch: 25,
};

export interface PackagesFixture extends AsyncDisposable {
  readonly folder: string;
  readonly store: CountingStore;
  /** Writes a package; the default file name is `{id}.{version}.nupkg`. */
  readonly add: (options: PackageOptions, file?: string) => Promise<void>;
  /** Writes any file. */
  readonly write: (file: string, content: string | Uint8Array) => Promise<void>;
  readonly remove: (file: string) => Promise<void>;
  /** Gives every file in the folder another time, as a fresh checkout does. */
  readonly touch: (file: string) => Promise<void>;
  /** Writes `packages.json`. */
  readonly facts: (facts: object) => Promise<void>;
  readonly build: (options?: Partial<StoreBuildOptions>, store?: Store) => Promise<BuildReport>;
  /** What the store holds outside of `feed-state/`, path → text. */
  readonly tree: (store?: Store) => Promise<Readonly<Record<string, string>>>;
  /** A parsed JSON document of the feed. */
  readonly json: (path: string) => Promise<unknown>;
}

export async function makePackages(...packages: readonly PackageOptions[]): Promise<PackagesFixture> {
  const temporary = await makeTemporaryFolder();
  const folder = path.join(temporary.path, "packages");
  const store = countingStore(createMemoryStore());
  // Times differ between writes of a test even where the clock has not moved on.
  let time = Date.UTC(2024, 0, 1);
  const write = async (file: string, content: string | Uint8Array): Promise<void> => {
    const place = path.join(folder, file);
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(place, content);
    await touch(file);
  };
  const touch = async (file: string): Promise<void> => {
    time += 1000;
    await utimes(path.join(folder, file), time / 1000, time / 1000);
  };
  const add = async (options: PackageOptions, file?: string): Promise<void> =>
    await write(file ?? `${options.id}.${options.version}.nupkg`, buildPackage(options));
  await mkdir(folder, { recursive: true });
  for (const options of packages) await add(options);
  return {
    folder,
    store,
    add,
    write,
    touch,
    remove: async (file) => await rm(path.join(folder, file)),
    facts: async (facts) => await write("packages.json", JSON.stringify(facts)),
    build: async (options = {}, target = store) =>
      await buildInto(target, await resolveSources([folder]), { sources: [folder], settings, ...options }),
    tree: async (target = store) => await readTree(target),
    json: async (file) => JSON.parse(await readText(store, file)),
    [Symbol.asyncDispose]: temporary.remove,
  };
}

async function readTree(store: Store): Promise<Record<string, string>> {
  const paths: string[] = [];
  for await (const { path } of store.list("")) if (!path.startsWith("feed-state/")) paths.push(path);
  const texts: Record<string, string> = {};
  for (const path of paths.sort()) texts[path] = await readText(store, path);
  return texts;
}

/** Bytes as text that differs whenever they differ. */
async function readText(store: Store, path: string): Promise<string> {
  const object = await store.read(path);
  if (object === undefined) throw new Error(`nothing at ${path}`);
  return Buffer.from(object.bytes).toString(path.endsWith(".nupkg") ? "base64" : "utf8");
}

/** Bytes that are taken for an image. */
export const tinyPng = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
