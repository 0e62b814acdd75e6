/**
 * What a feed holds, without what pushes leave there and builds do not.
 */
import type { Store } from "../../src/store/store.js";

/**
 * Everything outside of the state, by path: JSON without revisions, and with one time for all; other files as text that
 * differs where they differ.
 */
export async function plainTree(store: Store): Promise<Readonly<Record<string, unknown>>> {
  const paths: string[] = [];
  for await (const { path } of store.list("")) if (!path.startsWith("feed-state/")) paths.push(path);
  const tree: Record<string, unknown> = {};
  for (const path of paths.sort()) tree[path] = plainFile(path, (await store.read(path))?.bytes);
  return tree;
}

function plainFile(path: string, bytes: Uint8Array | undefined): unknown {
  if (!path.endsWith(".json"))
    return Buffer.from(bytes ?? []).toString(path.endsWith(".nupkg") ? "base64" : "utf8");
  return plainValue(JSON.parse(new TextDecoder().decode(bytes)));
}

function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "revision");
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, name === "published" ? "at some time" : plainValue(inner)]),
  );
}
