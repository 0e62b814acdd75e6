/**
 * One object of a bucket, as the parts of this store hand it to each other.
 */
import type { Etag, ObjectInfo } from "../store.js";
import type { R2Bucket, R2Object } from "./binding.js";
import { callBucket } from "./errors.js";

/** Where an object lies, or will. */
export interface BucketObject {
  readonly bucket: R2Bucket;
  readonly bucketName: string;
  /** Its name in the store. */
  readonly path: string;
  /** Its name in the bucket. */
  readonly key: string;
}

/** What the bucket tells of an object. */
export function objectInfo({ size, etag, uploaded }: R2Object): ObjectInfo {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes this store's etags
  return { size, etag: etag as Etag, modified: uploaded.getTime() };
}

/** Runs one call of the binding for an object; throws as {@link callBucket} does. */
export async function callFor<T>(
  action: string,
  { bucketName, path }: BucketObject,
  call: () => Promise<T>,
): Promise<T> {
  return await callBucket(action, bucketName, path, call);
}
