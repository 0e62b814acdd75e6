/**
 * A store whose operations are carried out by the worker of `worker.ts`. Signals reach it before a call and between the
 * chunks of a body.
 */
import { chunkStream } from "../../../src/store/body.js";
import type { Body, ListedObject, ObjectInfo, PutResult, Store } from "../../../src/store/store.js";
import {
  type Answer,
  CALL_HEADER,
  type Call,
  frameBytes,
  headerText,
  INFO_HEADER,
  type ListLine,
  thrownError,
  wireError,
} from "./wire.js";

/** @param prefix the folder of the bucket that the store is, ending in `/`, or empty */
export function remoteStore(worker: URL, prefix: string): Store {
  const send = async (call: Omit<Call, "prefix">, body?: ReadableStream<Uint8Array>): Promise<Response> =>
    await fetch(worker, {
      method: "POST",
      // Connections that wait are closed by the worker after some seconds, which a busy test may notice too late.
      headers: { [CALL_HEADER]: headerText({ prefix, ...call }), connection: "close" },
      ...(body !== undefined && { body, duplex: "half" }),
    });

  const write = async (
    call: Omit<Call, "prefix">,
    source: AsyncIterator<Uint8Array>,
    signal?: AbortSignal,
  ): Promise<unknown> => {
    const response = await send({ ...call, ...abortedBy(signal) }, chunkStream(frames(source, signal)));
    const answer = await answerOf(response);
    if (answer.hasEndedSource === true) await source.return?.();
    return valueOf(answer);
  };

  return {
    name: "a bucket in its worker",
    tidy: async () => {},
    stat: async (path) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: what the worker's store answered
      valueOf(await answerOf(await send({ operation: "stat", path }))) as ObjectInfo | undefined,
    read: async (path, { range, signal } = {}) => {
      const response = await send({ operation: "read", path, ...(range && { range }), ...abortedBy(signal) });
      const info = await infoOf(response);
      return info && { ...info, bytes: new Uint8Array(await response.arrayBuffer()) };
    },
    stream: async (path, { range, signal } = {}) => {
      const response = await send({
        operation: "stream",
        path,
        ...(range && { range }),
        ...abortedBy(signal),
      });
      const info = await infoOf(response);
      return info && { ...info, stream: response.body ?? new Blob().stream() };
    },
    put: async (path, body, { signal, ...options } = {}) => {
      const size = body instanceof Uint8Array ? {} : { size: body.size };
      const result = await write({ operation: "put", path, ...options, ...size }, chunksOf(body), signal);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: what the worker's store answered
      return result as PutResult;
    },
    upload: async (path, chunks, { signal, ...options } = {}) => {
      const source = chunks[Symbol.asyncIterator]();
      const info = await write({ operation: "upload", path, ...options }, source, signal);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: what the worker's store answered
      return info as ObjectInfo;
    },
    delete: async (path) => {
      valueOf(await answerOf(await send({ operation: "delete", path })));
    },
    list: (folder) => listed(() => send({ operation: "list", path: folder })),
  };
}

function abortedBy(signal: AbortSignal | undefined): Pick<Call, "aborted"> {
  return signal?.aborted ? { aborted: wireError(signal.reason) } : {};
}

/** Chunks as they come, then how they ended; nothing after an abort. */
async function* frames(
  source: AsyncIterator<Uint8Array>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    if (signal?.aborted) return;
    for (;;) {
      const { done, value } = await source.next();
      if (done !== true) yield frameBytes({ kind: "chunk", bytes: value });
      if (signal?.aborted) yield frameBytes({ kind: "abort", error: wireError(signal.reason) });
      if (done === true || signal?.aborted) return;
    }
  } catch (error) {
    yield frameBytes({ kind: "error", error: wireError(error) });
  }
}

async function* chunksOf(body: Body): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) yield body;
  else yield* body.stream();
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  if (!response.ok) throw new Error(`the worker failed: ${text}`);
  return JSON.parse(text);
}

function valueOf({ value, error }: Answer): unknown {
  if (error !== undefined) throw thrownError(error);
  return value;
}

/** What is known of an object whose bytes are the answer; `undefined` when there is none. */
async function infoOf(response: Response): Promise<ObjectInfo | undefined> {
  const info = response.headers.get(INFO_HEADER);
  if (info !== null) return JSON.parse(info);
  valueOf(await answerOf(response));
  return undefined;
}

async function* listed(send: () => Promise<Response>): AsyncGenerator<ListedObject> {
  const { body } = await send();
  if (body === null) throw new Error("the worker answered no list");
  let rest = "";
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { object, error }: ListLine = JSON.parse(line);
      if (error !== undefined) throw thrownError(error);
      if (object !== undefined) yield object;
    }
  }
}
