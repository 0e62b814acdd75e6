/**
 * The bytes of a representation, to be sent whole or in part.
 */
import type { ByteRange, ObjectInfo, Store } from "../../store/store.js";
import { gzip } from "../http/gzip.js";
import { ownBytes } from "../http/own-bytes.js";
import type { Representation } from "./representation.js";

export interface Content {
  /** Bytes of the whole. */
  readonly size: number;
  /** The whole, or a part; `undefined` when the file is no longer what it was. */
  open(
    range: ByteRange | undefined,
  ): Promise<ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | undefined>;
}

/** `undefined` when the object is no longer that of `info`. */
export async function readContent(
  store: Store,
  path: string,
  info: ObjectInfo,
  { rebase, isGzip }: Representation,
): Promise<Content | undefined> {
  if (rebase === undefined && !isGzip) return storedContent(store, path, info);
  const object = await store.read(path);
  if (object?.etag !== info.etag) return undefined;
  const rebased = rebase?.(object.bytes) ?? object.bytes;
  return bytesContent(isGzip ? await gzip(rebased) : ownBytes(rebased));
}

/** Streamed as it is stored, so that a package of any size takes no memory. */
function storedContent(store: Store, path: string, info: ObjectInfo): Content {
  return {
    size: info.size,
    open: async (range) => {
      const object = await openStream(store, path, range);
      if (object?.etag === info.etag) return object.stream;
      await object?.stream.cancel();
      return undefined;
    },
  };
}

async function openStream(
  store: Store,
  path: string,
  range: ByteRange | undefined,
): ReturnType<Store["stream"]> {
  try {
    return await store.stream(path, range === undefined ? {} : { range });
  } catch (error) {
    // The range was within the file a moment ago, so the file has been replaced by a shorter one.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function bytesContent(bytes: Uint8Array<ArrayBuffer>): Content {
  return {
    size: bytes.length,
    open: async (range) =>
      range === undefined ? bytes : bytes.subarray(range.offset, range.offset + range.length),
  };
}
