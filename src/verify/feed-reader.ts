/**
 * The little that verification needs of a store. A runtime may have something faster for it than the store itself.
 */
import type { OpenContent } from "../publish/context.js";
import { openStoredContent } from "../publish/stored-content.js";
import type { Store } from "../store/store.js";

/** Failures are those of a {@link Store}: `FeedError`s of code `store-failed` or `path-unsafe` that name the path. */
export interface FeedReader {
  /** What a message calls the place. */
  readonly name: string;
  /** Whether nothing else goes on during a read, so that several at once take as long as one after the other. */
  readonly isBlocking: boolean;
  /** Bytes of the file at a path; `undefined` when there is none. */
  readonly size: (path: string) => Promise<number | undefined>;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Looks at a whole file without keeping it: the bytes belong to the reader again once `use` is done. */
  readonly look: <T>(path: string, use: (bytes: Uint8Array) => T | Promise<T>) => Promise<T | undefined>;
  readonly stream: (path: string, signal?: AbortSignal) => Promise<ReadableStream<Uint8Array> | undefined>;
  /** Opens the package that the feed holds for a record. */
  readonly openContent: OpenContent;
  /** Paths of all files below a folder, which ends in `/`; in no particular order. */
  readonly list: (folder: string) => AsyncIterable<string> | Iterable<string>;
}

export function storeReader(store: Store): FeedReader {
  return {
    name: store.name,
    isBlocking: false,
    size: async (path) => (await store.stat(path))?.size,
    read: async (path) => (await store.read(path))?.bytes,
    look: async (path, use) => {
      const object = await store.read(path);
      return object === undefined ? undefined : await use(object.bytes);
    },
    stream: async (path, signal) => (await store.stream(path, signal && { signal }))?.stream,
    openContent: async (record) => await openStoredContent(store, record),
    list: (folder) => pathsBelow(store, folder),
  };
}

async function* pathsBelow(store: Store, folder: string): AsyncGenerator<string> {
  for await (const { path } of store.list(folder)) yield path;
}
