/**
 * Reading one object of a bucket: whole, in part, or as a stream.
 */
import { bytesStream, checkRange } from "../body.js";
import type { ByteRange, ObjectInfo, ReadObject, ReadOptions, StreamedObject } from "../store.js";
import type { R2ObjectBody } from "./binding.js";
import { isNameInvalid, isRangeOutside } from "./errors.js";
import { type BucketObject, callFor, objectInfo } from "./object.js";

export async function statObject(at: BucketObject): Promise<ObjectInfo | undefined> {
  const object = await found(() => callFor("read", at, () => at.bucket.head(at.key)));
  return object && objectInfo(object);
}

export async function readObject(at: BucketObject, options: ReadOptions): Promise<ReadObject | undefined> {
  const opened = await openObject(at, options);
  if (opened === undefined) return undefined;
  const { info, content } = opened;
  if (content === undefined) return { ...info, bytes: new Uint8Array() };
  return { ...info, bytes: new Uint8Array(await callFor("read", at, () => content.arrayBuffer())) };
}

/** The stream is the runtime's own, which it can pass on to a client without any code of ours for each chunk. */
export async function streamObject(
  at: BucketObject,
  options: ReadOptions,
): Promise<StreamedObject | undefined> {
  const opened = await openObject(at, options);
  if (opened === undefined) return undefined;
  const { info, content } = opened;
  return { ...info, stream: content?.body ?? bytesStream(new Uint8Array()) };
}

interface OpenedObject {
  readonly info: ObjectInfo;
  /** Absent when the range is empty. */
  readonly content?: R2ObjectBody;
}

async function openObject(
  at: BucketObject,
  { range, signal }: ReadOptions,
): Promise<OpenedObject | undefined> {
  signal?.throwIfAborted();
  // R2 refuses ranges that are empty or negative, wherever they lie.
  if (range !== undefined && (range.length <= 0 || range.offset < 0)) return await openNothing(at, range);
  try {
    const content = await found(() =>
      callFor("read", at, () => at.bucket.get(at.key, range === undefined ? {} : { range })),
    );
    if (content === undefined) return undefined;
    await refuseShortened(at, range, content);
    return { info: objectInfo(content), content };
  } catch (error) {
    if (range === undefined || !isRangeOutside(error)) throw error;
    await openNothing(at, range);
    throw error;
  }
}

/** Of a range that reaches beyond the end R2 answers the part that is there. */
async function refuseShortened(
  at: BucketObject,
  range: ByteRange | undefined,
  content: R2ObjectBody,
): Promise<void> {
  try {
    checkRange(at.path, range, content.size);
  } catch (error) {
    await content.body.cancel();
    throw error;
  }
}

/** Asks only how large the object is. */
async function openNothing(at: BucketObject, range: ByteRange): Promise<OpenedObject | undefined> {
  const info = await statObject(at);
  if (info === undefined) return undefined;
  checkRange(at.path, range, info.size);
  return { info };
}

/** A name that R2 takes for no object's is the name of a missing object. */
async function found<T>(look: () => Promise<T | null>): Promise<T | undefined> {
  try {
    return (await look()) ?? undefined;
  } catch (error) {
    if (isNameInvalid(error)) return undefined;
    throw error;
  }
}
