/**
 * A store in an R2 bucket of Cloudflare's, through the binding that Workers have for it.
 *
 * - An etag is the MD5 of the bytes: an object that gets earlier bytes back gets their etag back. Who relies on `ifMatch`
 *   must not write the same bytes twice (the state of a feed counts its revisions).
 * - R2 takes one write per second of one object, and not any number of reads; to more it answers `store-busy`, and
 *   `retryingStore` repeats those.
 * - R2 lets no upload in parts depend on a condition; objects that need one are put with a known length.
 */

import { checkPath, checkPrefix, isSafePath } from "./path.js";
import type { R2Bucket } from "./r2/binding.js";
import { callBucket, isNameInvalid } from "./r2/errors.js";
import { type BucketObject, objectInfo } from "./r2/object.js";
import { readObject, statObject, streamObject } from "./r2/read.js";
import { uploadObject } from "./r2/upload.js";
import { putObject } from "./r2/write.js";
import { type BusyRetry, noRetry, repeatWhileBusy } from "./repeat-while-busy.js";
import type { ListedObject, Store } from "./store.js";

export interface BucketOptions {
  /** What messages call the bucket; by default `R2 bucket`. */
  readonly name?: string;
  /** The folder of the bucket that the store is, ending in `/`; by default the whole bucket. */
  readonly prefix?: string;
  /** How to repeat the parts of an `upload` and a `list` while the bucket is busy; by default they are not. */
  readonly retry?: BusyRetry;
}

/** Opens a bucket. */
export function openBucket(bucket: R2Bucket, options: BucketOptions = {}): Store {
  const { name = "R2 bucket", prefix = "", retry = noRetry } = options;
  checkPrefix(prefix);
  const at = (path: string): BucketObject => {
    checkPath(path);
    return { bucket, bucketName: name, path, key: prefix + path };
  };
  return {
    name,
    stat: async (path) => await statObject(at(path)),
    read: async (path, readOptions = {}) => await readObject(at(path), readOptions),
    stream: async (path, readOptions = {}) => await streamObject(at(path), readOptions),
    put: async (path, body, putOptions = {}) => await putObject(at(path), body, putOptions),
    upload: async (path, chunks, uploadOptions = {}) =>
      await uploadObject(at(path), chunks, uploadOptions, retry),
    delete: async (path) => await deleteObject(at(path)),
    // R2 removes the parts of uploads that were never completed by itself, seven days after they began.
    tidy: async () => {},
    list: (folder) => listObjects({ bucket, bucketName: name, prefix, folder }, retry),
  };
}

async function deleteObject({ bucket, bucketName, path, key }: BucketObject): Promise<void> {
  try {
    await callBucket("delete", bucketName, path, () => bucket.delete(key));
  } catch (error) {
    if (!isNameInvalid(error)) throw error;
  }
}

interface BucketFolder {
  readonly bucket: R2Bucket;
  readonly bucketName: string;
  /** Of the store in the bucket. */
  readonly prefix: string;
  /** In the store. */
  readonly folder: string;
}

/** Objects of others whose names no store takes are left out. */
async function* listObjects(
  { bucket, bucketName, prefix, folder }: BucketFolder,
  retry: BusyRetry,
): AsyncGenerator<ListedObject> {
  checkPrefix(folder);
  let cursor: string | undefined;
  do {
    const options = { prefix: prefix + folder, ...(cursor !== undefined && { cursor }) };
    const page = await repeatWhileBusy(
      () => callBucket("list", bucketName, folder, () => bucket.list(options)),
      retry,
    );
    for (const object of page.objects) {
      const path = object.key.slice(prefix.length);
      if (isSafePath(path)) yield { path, ...objectInfo(object) };
    }
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
}
