/**
 * What every store does with bodies and ranges: measure them, collect streams, check limits.
 */
import { FeedError } from "../errors.js";
import type { Body, ByteRange, StreamBody } from "./store.js";

/** Bytes that a body holds or promises to yield. */
export function bodySize(body: Body): number {
  return body instanceof Uint8Array ? body.length : body.size;
}

/** A stream that yields `bytes` at once. */
export function bytesStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      if (bytes.length > 0) controller.enqueue(bytes);
      controller.close();
    },
  });
}

/** A stream of what an iteration yields, one chunk at a time as the reader asks for them. */
export function chunkStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await iterator.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: async () => {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * The bytes of a body in their order, in chunks of no particular size; checks before each whether the signal was aborted,
 * and at the end that a stream yielded as many bytes as its body promised. The stream is cancelled when the reader stops
 * early.
 *
 * @throws FeedError `store-failed` when a stream yields more or fewer bytes
 */
export async function* bodyChunks(
  path: string,
  body: Body,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) {
    signal?.throwIfAborted();
    if (body.length > 0) yield body;
    return;
  }
  const reader = body.stream().getReader();
  let received = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      received += value.length;
      if (received > body.size) break;
      yield value;
    }
    if (received !== body.size) throw wrongSize(path, body.size, received);
  } finally {
    // Without an answer: a source that cannot be cancelled has nothing to say about the write.
    reader.cancel().catch(() => undefined);
  }
}

/** All bytes of a body that is a stream, in memory; checks as {@link bodyChunks} does. */
export async function bodyBytes(path: string, body: StreamBody, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = new Uint8Array(body.size);
  let offset = 0;
  for await (const chunk of bodyChunks(path, body, signal)) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

/** The chunks of an upload in their order; checks before each, and at the end, whether the signal was aborted. */
export async function* uploadChunks(
  chunks: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    signal?.throwIfAborted();
    yield chunk;
  }
  signal?.throwIfAborted();
}

/** A range beyond the object is a defect of the caller. */
export function checkRange(path: string, range: ByteRange | undefined, size: number): void {
  if (range === undefined) return;
  const { offset, length } = range;
  if (offset < 0 || length < 0 || offset + length > size) {
    throw new RangeError(`range ${offset}+${length} lies outside of the ${size} bytes of "${path}"`);
  }
}

function wrongSize(path: string, expected: number, received: number): FeedError {
  const amount = received > expected ? "more" : `only ${received}`;
  return new FeedError(
    "store-failed",
    `Cannot write "${path}": its source yielded ${amount} of ${expected} bytes`,
    {
      hint: "the source changed while it was read; run the command again",
    },
  );
}
