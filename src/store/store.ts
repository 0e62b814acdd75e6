/**
 * Bytes by path: the one interface behind which folders, object stores and memory look alike. Every implementation
 * passes the contract in `test/contract/store.ts`.
 */

declare const etagBrand: unique symbol;

/** Opaque mark of one content of one path; equal etags mean equal bytes for as long as the object was not replaced. */
export type Etag = string & { readonly [etagBrand]: true };

/** What is known of an object without reading it. */
export interface ObjectInfo {
  /** Bytes. */
  readonly size: number;
  readonly etag: Etag;
  /** When it was written, in milliseconds since 1970, by the store's own clock; absent where a store does not tell. */
  readonly modified?: number;
}

export interface ListedObject extends ObjectInfo {
  readonly path: string;
}

export interface ReadObject extends ObjectInfo {
  /** The whole object, or the range asked for; `size` is always that of the whole object. */
  readonly bytes: Uint8Array;
}

export interface StreamedObject extends ObjectInfo {
  readonly stream: ReadableStream<Uint8Array>;
}

/** Bytes `offset` to `offset + length - 1`; must lie within the object. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

export interface ReadOptions {
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
}

/** A body that is not held in memory. `stream` may be called again when a write is retried. */
export interface StreamBody {
  /** Exact number of bytes that `stream` yields. */
  readonly size: number;
  readonly stream: () => ReadableStream<Uint8Array>;
}

export type Body = Uint8Array | StreamBody;

/** What must hold for a write to happen: no object at the path, or the object still has this etag. */
export type Condition = { readonly ifAbsent: true } | { readonly ifMatch: Etag };

export interface PutOptions {
  readonly condition?: Condition | undefined;
  /** Media type for stores that keep one; folders do not. */
  readonly contentType?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The signal is looked at between chunks: a source that may wait for long has to end itself when it is aborted. */
export type UploadOptions = Omit<PutOptions, "condition">;

/** `conflict`: the condition did not hold, and nothing was written. */
export type PutResult = { readonly kind: "stored"; readonly etag: Etag } | { readonly kind: "conflict" };

/**
 * Paths are relative, separated by `/`, with no empty, `.` or `..` segment; any other path is refused with a
 * `FeedError` of code `path-unsafe`. A missing object is `undefined`, never an error; failures of the medium are
 * `FeedError`s that name the path (`store-full` when there is no space left, `store-busy` when the store asks to be left
 * alone for a moment and has written nothing, else `store-failed`).
 *
 * - A reader sees the old or the new bytes of a *replaced* object, never a mixture. A *created* object may be seen
 *   growing by who guesses its path: nothing may point to it before `put` has answered.
 * - `put` is all or nothing when it fails; a process that dies while it creates an object may leave a part of it.
 * - Conditions are atomic among the writers that the store serves (for a folder: of one process).
 * - An aborted signal writes nothing more.
 */
export interface Store {
  /** What a message calls this store, such as the folder as the user wrote it. */
  readonly name: string;
  stat(path: string): Promise<ObjectInfo | undefined>;
  read(path: string, options?: ReadOptions): Promise<ReadObject | undefined>;
  stream(path: string, options?: ReadOptions): Promise<StreamedObject | undefined>;
  put(path: string, body: Body, options?: PutOptions): Promise<PutResult>;
  /**
   * Writes an object of unknown length as its bytes come in, whatever lies at the path, without holding more than a part
   * of it. Readers see all of it or nothing.
   *
   * @throws what `chunks` throws; nothing is written then
   */
  upload(path: string, chunks: AsyncIterable<Uint8Array>, options?: UploadOptions): Promise<ObjectInfo>;
  /** Deleting what is not there succeeds. Folders that become empty go too. */
  delete(path: string): Promise<void>;
  /**
   * Removes what writers that died left behind and no reader sees. Only for who knows that nobody else writes.
   */
  tidy(): Promise<void>;
  /** Every object whose path starts with `prefix` (a folder ending in `/`, or empty), in no particular order. */
  list(prefix: string): AsyncIterable<ListedObject>;
}
