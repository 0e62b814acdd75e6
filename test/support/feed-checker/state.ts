/**
 * What the feed's own state says of its packages.
 */

import { lowerVersion, parseVersion } from "../../../src/nuget/version.js";
import type { Store } from "../../../src/store/store.js";
import { listOf, textOf } from "./json.js";

/** Base64 SHA-512 of all packages by `{lower id}/{lower version}`; `undefined` when the feed has no state. */
export async function recordedHashes(store: Store): Promise<ReadonlyMap<string, string> | undefined> {
  const hashes = new Map<string, string>();
  if ((await store.stat("feed-state/feed.json")) === undefined) return undefined;
  for await (const { path } of store.list("feed-state/packages/")) {
    const text = new TextDecoder().decode((await store.read(path))?.bytes);
    for (const line of text.split("\n").filter((line) => line !== "")) {
      const state: unknown = JSON.parse(line);
      for (const record of listOf(state, "records")) {
        const version = parseVersion(textOf(record, "version"));
        const lower = version === undefined ? "" : lowerVersion(version);
        hashes.set(`${textOf(state, "id")}/${lower}`, textOf(record, "sha512"));
      }
    }
  }
  return hashes;
}
