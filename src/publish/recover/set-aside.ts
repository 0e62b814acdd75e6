/**
 * Damaged files of the state are kept for people to look at, out of the way of everything that reads the state.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { FeedPath } from "../../feed/urls.js";
import { setAsidePath } from "../../state/layout.js";
import type { Etag, Store } from "../../store/store.js";

/** A file of the state that cannot be trusted. */
export interface DamagedFile {
  readonly path: FeedPath;
  /** What is wrong with it, as clauses about the file; at least one. */
  readonly reasons: readonly string[];
  /** Absent when it is missing. */
  readonly etag?: Etag;
}

/**
 * Where a copy of the file will be kept.
 *
 * @returns `undefined` when there is nothing to keep
 */
export async function planSetAside(
  store: Store,
  { path, etag }: Pick<DamagedFile, "path" | "etag">,
  digest: DigestBytes,
): Promise<FeedPath | undefined> {
  const object = etag === undefined ? undefined : await store.read(path);
  if (object === undefined || object.size === 0) return undefined;
  return setAsidePath(path, await digest(object.bytes));
}

/** Keeps a copy beside; the file itself is replaced when the state is written. Nothing is done twice for the same bytes. */
export async function setAside(
  store: Store,
  file: Pick<DamagedFile, "path" | "etag">,
  digest: DigestBytes,
): Promise<void> {
  const to = await planSetAside(store, file, digest);
  const object = await store.read(file.path);
  if (to === undefined || object === undefined || object.etag !== file.etag) return;
  await store.put(to, object.bytes, { contentType: "application/octet-stream" });
}
