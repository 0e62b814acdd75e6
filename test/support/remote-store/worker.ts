/**
 * A worker that carries out the operations of a store on its bucket, so that the store is tested in the runtime that it is
 * made for; `client.ts` is the other half.
 */
import { bytesStream, chunkStream } from "../../../src/store/body.js";
import type { R2Bucket } from "../../../src/store/r2/binding.js";
import { openBucket } from "../../../src/store/r2.js";
import type { Body, ObjectInfo, ReadOptions, Store } from "../../../src/store/store.js";
import {
  type Answer,
  CALL_HEADER,
  type Call,
  type Frame,
  headerText,
  INFO_HEADER,
  type ListLine,
  readFrames,
  thrownError,
  wireError,
} from "./wire.js";

/** Less than R2's thousand, so that lists of some dozen objects have several pages. */
const PAGE_SIZE = 30;

export default {
  async fetch(request: Request, env: { readonly BUCKET: R2Bucket }): Promise<Response> {
    const call: Call = JSON.parse(request.headers.get(CALL_HEADER) ?? "");
    const store = openBucket(withSmallPages(env.BUCKET), { prefix: call.prefix, name: "test bucket" });
    try {
      return await operations[call.operation](store, call, request);
    } catch (error) {
      return answer({ error: wireError(error) });
    }
  },
};

type Operation = (store: Store, call: Call, request: Request) => Promise<Response>;

const operations: Readonly<Record<Call["operation"], Operation>> = {
  stat: async (store, { path }) => answer({ value: await store.stat(path) }),
  read: async (store, call) => {
    const object = await store.read(call.path, readOptions(call));
    return object === undefined ? answer({}) : answerBytes(object, bytesStream(object.bytes));
  },
  stream: async (store, call) => {
    const object = await store.stream(call.path, readOptions(call));
    return object === undefined ? answer({}) : answerBytes(object, object.stream);
  },
  delete: async (store, { path }) => answer({ value: await store.delete(path) }),
  list: async (store, { path }) => new Response(chunkStream(listLines(store, path))),
  put: answerWrite,
  upload: answerWrite,
};

function readOptions({ range, aborted }: Call): ReadOptions {
  const signal = aborted && AbortSignal.abort(thrownError(aborted));
  return { ...(range && { range }), ...(signal && { signal }) };
}

async function answerWrite(store: Store, call: Call, request: Request): Promise<Response> {
  const { operation, path, size, aborted, ...options } = call;
  const { signal, chunks, finish } = receivedSource(request, aborted);
  const writeOptions = { ...options, signal };
  try {
    if (operation === "upload") {
      const value = await store.upload(path, chunks, writeOptions);
      return answer({ value, hasEndedSource: await finish() });
    }
    const body: Body =
      size === undefined ? await wholeBody(chunks) : { size, stream: () => chunkStream(chunks) };
    const value = await store.put(path, body, writeOptions);
    return answer({ value, hasEndedSource: await finish() });
  } catch (error) {
    return answer({ error: wireError(error), hasEndedSource: await finish() });
  }
}

/** The source of a body as the client has it: it fails and is aborted where the client's does and is. */
function receivedSource(request: Request, aborted: Call["aborted"]) {
  const abort = new AbortController();
  if (aborted !== undefined) abort.abort(thrownError(aborted));
  const frames: AsyncGenerator<Frame> = readFrames(request.body ?? bytesStream(new Uint8Array()));
  let hasEnded = false;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      for (let next = await frames.next(); next.done !== true; next = await frames.next()) {
        const frame = next.value;
        if (frame.kind === "error") throw thrownError(frame.error);
        if (frame.kind === "abort") abort.abort(thrownError(frame.error));
        yield frame.kind === "chunk" ? frame.bytes : new Uint8Array();
      }
    } finally {
      hasEnded = true;
    }
  }

  return {
    signal: abort.signal,
    chunks: chunks(),
    /** Reads what the store did not want: a client that is still sending would not see the answer. */
    finish: async (): Promise<boolean> => {
      const hasEndedSource = hasEnded;
      while ((await frames.next()).done !== true);
      return hasEndedSource;
    },
  };
}

async function wholeBody(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(chunkStream(chunks)).arrayBuffer());
}

async function* listLines(store: Store, prefix: string): AsyncGenerator<Uint8Array> {
  const line = (value: ListLine): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
  try {
    for await (const object of store.list(prefix)) yield line({ object });
  } catch (error) {
    yield line({ error: wireError(error) });
  }
}

function answer(value: Answer): Response {
  return Response.json(value);
}

function answerBytes({ size, etag, modified }: ObjectInfo, body: ReadableStream<Uint8Array>): Response {
  return new Response(body, { headers: { [INFO_HEADER]: headerText({ size, etag, modified }) } });
}

/** The binding's methods are bound to it, so that it cannot be spread. */
function withSmallPages(bucket: R2Bucket): R2Bucket {
  const limit = { limit: PAGE_SIZE };
  return {
    head: (key) => bucket.head(key),
    get: (key, options) => bucket.get(key, options),
    put: (key, value, options) => bucket.put(key, value, options),
    delete: (key) => bucket.delete(key),
    createMultipartUpload: (key, options) => bucket.createMultipartUpload(key, options),
    list: (options) => bucket.list({ ...options, ...limit }),
  };
}
