/**
 * Files that nupress did not write are never replaced: a path that the state does not know must be free.
 */
import { FeedError } from "../errors.js";
import type { FeedPath } from "../feed/urls.js";
import { bodyChunks, bodySize } from "../store/body.js";
import type { Body, Store } from "../store/store.js";
import type { PublishContext } from "./context.js";

/**
 * Passes when nothing lies at the path, or the very bytes that are to be written there: another id put them there (an
 * asset), or a run whose state was lost.
 *
 * @param wanted called only when something lies there
 * @throws FeedError `foreign-file` when something else lies there
 */
export async function refuseForeignFile(
  { store }: Pick<PublishContext, "store">,
  path: FeedPath,
  wanted: () => Promise<Body | undefined>,
): Promise<void> {
  const info = await store.stat(path);
  if (info === undefined) return;
  const body = await wanted();
  if (body !== undefined && info.size === bodySize(body) && (await holdsBytes(store, path, body))) return;
  throw foreignFile(store, path, "move that file away, or choose another output folder");
}

/** @param hint what the user can do about it */
export function foreignFile(store: Store, path: FeedPath, hint: string): FeedError {
  return new FeedError(
    "foreign-file",
    `Cannot write "${path}" in "${store.name}": a file that nupress did not write is there`,
    { hint },
  );
}

async function holdsBytes(store: Store, path: FeedPath, body: Body): Promise<boolean> {
  let offset = 0;
  for await (const chunk of bodyChunks(path, body)) {
    const standing = await store.read(path, { range: { offset, length: chunk.length } });
    if (standing === undefined || !isEqual(standing.bytes, chunk)) return false;
    offset += chunk.length;
  }
  return true;
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
