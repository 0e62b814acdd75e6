/**
 * Writing an object of unknown length: a small one by one put, a larger one in parts, which R2 joins at the end.
 */
import { uploadChunks } from "../body.js";
import { type BusyRetry, repeatWhileBusy } from "../repeat-while-busy.js";
import type { ObjectInfo, UploadOptions } from "../store.js";
import type { R2UploadedPart } from "./binding.js";
import { type BucketObject, callFor, objectInfo } from "./object.js";
import { partsOf } from "./parts.js";
import { metadata } from "./write.js";

/** Bytes of a part, which are what an upload holds in memory. R2 takes 5 MiB and more, and 10,000 of them. */
const PART_SIZE = 8 * 1024 * 1024;

const nothing = new Uint8Array();

/** One call of the binding, repeated while the bucket is busy. */
type Step = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Carries out an `upload`. Each step is repeated while the bucket is busy; the whole cannot be.
 */
export async function uploadObject(
  at: BucketObject,
  chunks: AsyncIterable<Uint8Array>,
  options: UploadOptions,
  retry: BusyRetry,
): Promise<ObjectInfo> {
  const { signal } = options;
  signal?.throwIfAborted();
  const step: Step = (call) => repeatWhileBusy(() => callFor("write", at, call), retry, signal);
  const parts = partsOf(uploadChunks(chunks, signal), PART_SIZE);
  try {
    const first = await parts.next();
    if (first.done !== true) return await uploadParts(at, first.value, parts, options, step);
    const object = await step(() => at.bucket.put(at.key, first.value, metadata(options)));
    if (object === null) throw new Error("R2 did not carry out a put that has no condition");
    return objectInfo(object);
  } finally {
    // Ends the source when the bucket failed.
    await parts.return(nothing);
  }
}

/** What was sent of an upload that fails is thrown away; if that fails as well, R2 does so after seven days. */
async function uploadParts(
  { bucket, key }: BucketObject,
  first: Uint8Array,
  rest: AsyncGenerator<Uint8Array, Uint8Array>,
  options: UploadOptions,
  step: Step,
): Promise<ObjectInfo> {
  const upload = await step(() => bucket.createMultipartUpload(key, metadata(options)));
  const uploaded: R2UploadedPart[] = [];
  const send = async (bytes: Uint8Array): Promise<void> => {
    uploaded.push(await step(() => upload.uploadPart(uploaded.length + 1, bytes)));
  };
  try {
    await send(first);
    for (;;) {
      const { done, value } = await rest.next();
      await send(value);
      if (done === true) break;
    }
    options.signal?.throwIfAborted();
    return objectInfo(await step(() => upload.complete(uploaded)));
  } catch (error) {
    await upload.abort().catch(() => undefined);
    throw error;
  }
}
