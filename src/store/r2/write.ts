/**
 * Writing one object of a bucket in a single put, the only kind of write that R2 makes depend on a condition.
 */
import { bodyBytes, bodyChunks } from "../body.js";
import type { Body, PutOptions, PutResult, StreamBody, UploadOptions } from "../store.js";
import type {
  FixedLengthStream as FixedLengthStreamType,
  R2Object,
  R2PutOptions,
  R2WriteOptions,
} from "./binding.js";
import { type BucketObject, callFor, objectInfo } from "./object.js";

/** A global of the Workers runtime only. */
declare const FixedLengthStream: FixedLengthStreamType | undefined;

export async function putObject(at: BucketObject, body: Body, options: PutOptions): Promise<PutResult> {
  options.signal?.throwIfAborted();
  const object =
    body instanceof Uint8Array ? await putBytes(at, body, options) : await putStream(at, body, options);
  return object === null ? { kind: "conflict" } : { kind: "stored", etag: objectInfo(object).etag };
}

/** What is kept with an object. */
export function metadata({ contentType }: UploadOptions): R2WriteOptions {
  return contentType === undefined ? {} : { httpMetadata: { contentType } };
}

async function putBytes(at: BucketObject, bytes: Uint8Array, options: PutOptions): Promise<R2Object | null> {
  return await callFor("write", at, () => at.bucket.put(at.key, bytes, putOptions(options)));
}

function putOptions(options: PutOptions): R2PutOptions {
  const { condition } = options;
  if (condition === undefined) return metadata(options);
  const onlyIf = "ifAbsent" in condition ? { etagDoesNotMatch: "*" } : { etagMatches: condition.ifMatch };
  return { ...metadata(options), onlyIf };
}

/** R2 takes only streams that say their length. Outside of Workers, where none does, the body goes through memory. */
async function putStream(at: BucketObject, body: StreamBody, options: PutOptions): Promise<R2Object | null> {
  if (typeof FixedLengthStream === "undefined") {
    return await putBytes(at, await bodyBytes(at.path, body, options.signal), options);
  }
  const { readable, writable } = new FixedLengthStream(body.size);
  const writer = writable.getWriter();
  const putting = async (): Promise<R2Object | null> => {
    try {
      return await callFor("write", at, () => at.bucket.put(at.key, readable, putOptions(options)));
    } finally {
      // A put that ends before it has read everything must not leave the pump waiting.
      await isDone(writer.abort());
    }
  };
  const [put, pumped] = await Promise.allSettled([
    putting(),
    pump(bodyChunks(at.path, body, options.signal), writer),
  ]);
  if (pumped.status === "rejected") throw pumped.reason;
  if (put.status === "rejected") throw put.reason;
  return put.value;
}

/**
 * Writes the chunks as long as they are taken; who refuses them says why as the answer of the put.
 *
 * @throws what `chunks` throws
 */
async function pump(
  chunks: AsyncIterable<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<void> {
  try {
    for await (const chunk of lastAfterEnd(chunks)) {
      if (!(await isDone(writer.write(chunk)))) return;
    }
  } catch (error) {
    await isDone(writer.abort(error));
    throw error;
  }
  await isDone(writer.close());
}

/**
 * Holds back each chunk until the next one is there. With its last byte an object is complete and R2 may store it, so the
 * source must have ended without an error before.
 */
async function* lastAfterEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Uint8Array | undefined;
  for await (const chunk of chunks) {
    if (held !== undefined) yield held;
    held = chunk;
  }
  if (held !== undefined) yield held;
}

async function isDone(action: Promise<void>): Promise<boolean> {
  return await action.then(
    () => true,
    () => false,
  );
}
