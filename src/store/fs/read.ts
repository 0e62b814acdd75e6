/**
 * Reading one file: whole, in part, or as a stream. Always asynchronous, because servers read while they answer
 * others.
 */
import { constants } from "node:fs";
import { type FileHandle, open, stat } from "node:fs/promises";
import { FeedError } from "../../errors.js";
import { checkRange } from "../body.js";
import type { ObjectInfo, ReadObject, ReadOptions, StreamedObject } from "../store.js";
import { fileInfo } from "./etag.js";

/** Larger ones pile up to 32 MiB before garbage is collected; smaller ones make downloads slower. */
const CHUNK = 128 * 1024;

/** To open a pipe would else wait for somebody who writes to it. Absent on Windows, which has no pipes in folders. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/** `undefined` for what is no file: a folder, a pipe. */
export async function statFile(file: string): Promise<ObjectInfo | undefined> {
  const stats = await stat(file, { bigint: true });
  return stats.isFile() ? fileInfo(stats) : undefined;
}

export async function readFile(
  path: string,
  file: string,
  options: ReadOptions,
): Promise<ReadObject | undefined> {
  const opened = await openFile(path, file, options);
  if (opened === undefined) return undefined;
  const { handle, info, offset, length } = opened;
  try {
    const bytes = new Uint8Array(length);
    await readFully(path, handle, bytes, offset);
    return { ...info, bytes };
  } finally {
    await handle.close();
  }
}

/**
 * The file stays open until the stream is read to its end, fails or is cancelled. `asStoreError` names the store in
 * errors that come after this function has answered.
 */
export async function streamFile(
  path: string,
  file: string,
  options: ReadOptions,
  asStoreError: (error: unknown) => unknown,
): Promise<StreamedObject | undefined> {
  const opened = await openFile(path, file, options);
  if (opened === undefined) return undefined;
  const { handle, info, length } = opened;
  let { offset } = opened;
  const end = offset + length;
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          options.signal?.throwIfAborted();
          const bytes = new Uint8Array(Math.min(CHUNK, end - offset));
          await readFully(path, handle, bytes, offset);
          offset += bytes.length;
          if (bytes.length > 0) controller.enqueue(bytes);
          if (offset < end) return;
          await handle.close();
          controller.close();
        } catch (error) {
          await handle.close();
          throw asStoreError(error);
        }
      },
      cancel: () => handle.close(),
    },
    { highWaterMark: 0 },
  );
  return { ...info, stream };
}

interface OpenedFile {
  readonly handle: FileHandle;
  readonly info: ObjectInfo;
  readonly offset: number;
  readonly length: number;
}

async function openFile(path: string, file: string, options: ReadOptions): Promise<OpenedFile | undefined> {
  options.signal?.throwIfAborted();
  const handle = await open(file, READ);
  try {
    const stats = await handle.stat({ bigint: true });
    if (stats.isFile()) {
      const info = fileInfo(stats);
      checkRange(path, options.range, info.size);
      const { offset, length } = options.range ?? { offset: 0, length: info.size };
      return { handle, info, offset, length };
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return undefined;
}

async function readFully(path: string, handle: FileHandle, bytes: Uint8Array, offset: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesRead } = await handle.read(bytes, done, bytes.length - done, offset + done);
    if (bytesRead === 0) throw becameShorter(path);
    done += bytesRead;
  }
}

function becameShorter(path: string): FeedError {
  return new FeedError("store-failed", `Cannot read "${path}": it became shorter while it was read`);
}
