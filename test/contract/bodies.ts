/**
 * Bodies that the contract of `Store` writes, and short ways to see what a store holds.
 */
import type { Etag, ListedObject, PutResult, Store, StreamBody } from "../../src/store/store.js";

export async function listed(store: Store, prefix = ""): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  for await (const object of store.list(prefix)) objects.push(object);
  return objects;
}

export async function listPaths(store: Store, prefix = ""): Promise<string[]> {
  return (await listed(store, prefix)).map(({ path }) => path).toSorted();
}

export async function readText(store: Store, path: string): Promise<string> {
  return text(defined(await store.read(path)).bytes);
}

export async function stored(put: Promise<PutResult>): Promise<Etag> {
  const result = await put;
  if (result.kind !== "stored") throw new Error("expected the write to be stored, but it conflicted");
  return result.etag;
}

export function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("expected a value, but there is none");
  return value;
}

export function bytes(value: string): Uint8Array {
  return new Uint8Array(Buffer.from(value));
}

export function text(value: Uint8Array): string {
  return new TextDecoder().decode(value);
}

export function filled(size: number, byte: number): Uint8Array {
  return new Uint8Array(size).fill(byte);
}

/** `size` bytes of the value 7 in pieces of `step`. */
export function chunks(size: number, step: number): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < size; at += step) pieces.push(filled(Math.min(step, size - at), 7));
  return pieces;
}

export function streamBody(size: number, pieces: readonly Uint8Array[]): StreamBody {
  return { size, stream: () => streamOf(pieces) };
}

export function streamOf(pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const rest = pieces.values();
  return new ReadableStream({
    pull(controller) {
      const { done, value } = rest.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

/** Yields each piece, then throws the error if there is one. */
export async function* pieces(values: Iterable<Uint8Array>, error?: Error): AsyncGenerator<Uint8Array> {
  yield* values;
  if (error !== undefined) throw error;
}

/** Yields some bytes, then fails. */
export function failingBody(error: Error): StreamBody {
  const stream = (): ReadableStream<Uint8Array> => {
    let isFirst = true;
    return new ReadableStream({
      pull(controller) {
        if (!isFirst) throw error;
        isFirst = false;
        controller.enqueue(filled(10, 1));
      },
    });
  };
  return { size: 20, stream };
}

export async function collect(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
