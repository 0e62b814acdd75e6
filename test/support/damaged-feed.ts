/**
 * A built feed in memory to be damaged: it is built once, and every test damages a copy.
 */
import { lowerId, parsePackageId } from "../../src/nuget/id.js";
import { partitionOf, partitionPath } from "../../src/state/layout.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import type { StoreVerifyOptions } from "../../src/verify/node/options.js";
import { verifyStore } from "../../src/verify/node/verify.js";
import { makePackages, type PackagesFixture, tinyPng } from "./packages-fixture.js";

const icon = { path: "icon.png", content: tinyPng };
const readme = { path: "README.md", content: "# Core" };
const license = { path: "LICENSE.txt", content: "Do as you please." };
const entryTime = "2024-03-01T10:00:00Z";

/** Several ids, of which one has pages of its own, one is unlisted and deprecated, and two share an icon. */
export async function makeFeed(): Promise<PackagesFixture> {
  const many = Array.from({ length: 130 }, (_, i) => ({ id: "Contoso.Many", version: `1.${i}.0` }));
  const feed = await makePackages(
    { id: "Contoso.Core", version: "1.0.0", icon, readme, license, entryTime },
    { id: "Contoso.Core", version: "1.1.0", icon, entryTime: "2024-04-01T10:00:00Z" },
    { id: "Contoso.Core", version: "2.0.0-rc.1+sha", dependencies: { "Other.Feed": "1.0.0" } },
    { id: "Contoso.Text", version: "1.0.0", icon, dependencies: { "Contoso.Core": "[1.0.0, )" } },
    { id: "Contoso.Old", version: "1.0.0", entryTime },
    ...many,
  );
  await feed.facts({
    "Contoso.Old": {
      "1.0.0": {
        listed: false,
        deprecation: { reasons: ["Legacy"], alternatePackage: { id: "Contoso.Text" } },
      },
    },
    "Contoso.Text": {
      "*": {
        published: "2024-05-01T10:00:00Z",
        vulnerabilities: [{ advisoryUrl: "https://example.com/advisory", severity: "high" }],
      },
    },
  });
  await feed.build();
  return feed;
}

export async function copyOf(store: Store): Promise<Store> {
  const copy = createMemoryStore();
  for (const path of await pathsOf(store)) await copy.put(path, await bytesOf(store, path));
  return copy;
}

/** All paths, sorted. */
export async function pathsOf(store: Store): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of store.list("")) paths.push(path);
  return paths.sort();
}

export async function bytesOf(store: Store, path: string): Promise<Uint8Array> {
  const object = await store.read(path);
  if (object === undefined) throw new Error(`nothing at ${path}`);
  return object.bytes;
}

/** Changes a text file in place; the change must change something. */
export async function edit(store: Store, path: string, change: (text: string) => string): Promise<void> {
  const text = new TextDecoder().decode(await bytesOf(store, path));
  const changed = change(text);
  if (changed === text) throw new Error(`${path} stays the same`);
  await store.put(path, new TextEncoder().encode(changed));
}

/** Changes one byte. */
export async function flip(store: Store, path: string, at: number, mask = 1): Promise<void> {
  const bytes = await bytesOf(store, path);
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  await store.put(path, bytes);
}

export async function truncate(store: Store, path: string, length: number): Promise<void> {
  await store.put(path, (await bytesOf(store, path)).slice(0, length));
}

/** Puts another file in place of one. */
export async function replace(store: Store, path: string, text: string): Promise<void> {
  await store.put(path, new TextEncoder().encode(text));
}

/** Where the state holds an id, which is given in lower case. */
export function partitionPathOf(id: string): string {
  const parsed = parsePackageId(id);
  if (parsed === undefined) throw new Error(`no id: ${id}`);
  return partitionPath(partitionOf(lowerId(parsed)));
}

/** What verification tells, as `kind path`. */
export async function told(store: Store, options?: StoreVerifyOptions): Promise<string[]> {
  const { findings } = await verifyStore(store, options);
  return findings.map(({ kind, path }) => `${kind} ${path}`);
}
