/**
 * A store in memory: for tests, and for feeds that live as long as the process.
 */
import { bodyBytes, bytesStream, checkRange, uploadChunks } from "./body.js";
import { checkPath, checkPrefix } from "./path.js";
import type {
  Body,
  Etag,
  ListedObject,
  ObjectInfo,
  PutOptions,
  PutResult,
  ReadObject,
  Store,
} from "./store.js";

interface MemoryObject {
  readonly bytes: Uint8Array;
  readonly etag: Etag;
  readonly modified: number;
}

/**
 * Makes an empty store. What is put in and what is read are copies: nobody shares bytes with the store.
 *
 * @param now milliseconds since 1970
 */
export function createMemoryStore(name = "memory", now = (): number => Date.now()): Store {
  const objects = new Map<string, MemoryObject>();
  let writes = 0;

  const find = async (path: string): Promise<MemoryObject | undefined> => {
    checkPath(path);
    return objects.get(path);
  };

  const keep = (path: string, bytes: Uint8Array): MemoryObject => {
    writes += 1;
    const object = { bytes, etag: memoryEtag(writes), modified: now() };
    objects.set(path, object);
    return object;
  };

  const read: Store["read"] = async (path, options = {}) => {
    options.signal?.throwIfAborted();
    const object = await find(path);
    return object && readObject(path, object, options.range);
  };

  const put = async (path: string, body: Body, options: PutOptions = {}): Promise<PutResult> => {
    checkPath(path);
    const bytes = body instanceof Uint8Array ? body.slice() : await bodyBytes(path, body, options.signal);
    options.signal?.throwIfAborted();
    // From here to the end nothing waits, which makes the condition atomic.
    if (!holds(options.condition, objects.get(path))) return { kind: "conflict" };
    return { kind: "stored", etag: keep(path, bytes).etag };
  };

  return {
    name,
    read,
    put,
    stat: async (path) => {
      const object = await find(path);
      return object && objectInfo(object);
    },
    stream: async (path, options) => {
      const object = await read(path, options);
      if (object === undefined) return undefined;
      const { bytes, ...info } = object;
      return { ...info, stream: bytesStream(bytes) };
    },
    upload: async (path, chunks, options = {}) => {
      checkPath(path);
      options.signal?.throwIfAborted();
      return objectInfo(keep(path, await joined(uploadChunks(chunks, options.signal))));
    },
    delete: async (path) => {
      checkPath(path);
      objects.delete(path);
    },
    tidy: async () => {},
    list: (prefix) => listObjects(objects, prefix),
  };
}

async function* listObjects(
  objects: ReadonlyMap<string, MemoryObject>,
  prefix: string,
): AsyncGenerator<ListedObject> {
  checkPrefix(prefix);
  for (const [path, object] of Array.from(objects)) {
    if (path.startsWith(prefix)) yield { path, ...objectInfo(object) };
  }
}

function readObject(path: string, object: MemoryObject, range: Parameters<typeof checkRange>[1]): ReadObject {
  checkRange(path, range, object.bytes.length);
  const { offset, length } = range ?? { offset: 0, length: object.bytes.length };
  return { ...objectInfo(object), bytes: object.bytes.slice(offset, offset + length) };
}

function objectInfo(object: MemoryObject): ObjectInfo {
  return { size: object.bytes.length, etag: object.etag, modified: object.modified };
}

function holds(condition: PutOptions["condition"], object: MemoryObject | undefined): boolean {
  if (condition === undefined) return true;
  return "ifAbsent" in condition ? object === undefined : object?.etag === condition.ifMatch;
}

/** Chunks are copied as they come: a source may use their memory again. */
async function joined(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const copies: Uint8Array[] = [];
  for await (const chunk of chunks) copies.push(chunk.slice());
  const bytes = new Uint8Array(copies.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const copy of copies) {
    bytes.set(copy, offset);
    offset += copy.length;
  }
  return bytes;
}

function memoryEtag(write: number): Etag {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes this store's etags
  return `m${write}` as Etag;
}
