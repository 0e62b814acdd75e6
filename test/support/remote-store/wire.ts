/**
 * How the two halves of a remote store talk: a call in a header, bodies whose sources may fail or be aborted in frames,
 * and errors as JSON.
 */
import { FeedError } from "../../../src/errors.js";
import type { ByteRange, Condition, ObjectInfo } from "../../../src/store/store.js";

export const CALL_HEADER = "x-call";
/** In answers with bytes: what is known of their object. */
export const INFO_HEADER = "x-info";

export interface Call {
  readonly operation: "stat" | "read" | "stream" | "put" | "upload" | "delete" | "list";
  /** Of the store in the bucket. */
  readonly prefix: string;
  readonly path: string;
  readonly range?: ByteRange;
  readonly condition?: Condition | undefined;
  readonly contentType?: string;
  /** Of a body that is a stream. */
  readonly size?: number;
  /** The reason of a signal that is aborted already. */
  readonly aborted?: WireError;
}

export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly hint?: string;
}

/** What an operation answered, unless it answered bytes. */
export interface Answer {
  /** Absent when there is no such object. */
  readonly value?: unknown;
  readonly error?: WireError;
  /** Whether the store ended the source of the body, by reading to its end or by giving it up. */
  readonly hasEndedSource?: boolean;
}

/** An object's line in a list, or why the list ends early. */
export interface ListLine {
  readonly object?: ObjectInfo & { readonly path: string };
  readonly error?: WireError;
}

export type Frame =
  | { readonly kind: "chunk"; readonly bytes: Uint8Array }
  | { readonly kind: "error" | "abort"; readonly error: WireError };

const frameKinds = ["chunk", "error", "abort"] as const;
const HEAD = 5;

/** Headers hold plain ASCII only, paths may hold anything. */
export function headerText(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

export function frameBytes(frame: Frame): Uint8Array {
  const payload =
    frame.kind === "chunk" ? frame.bytes : new TextEncoder().encode(JSON.stringify(frame.error));
  const bytes = new Uint8Array(HEAD + payload.length);
  bytes[0] = frameKinds.indexOf(frame.kind);
  new DataView(bytes.buffer).setUint32(1, payload.length);
  bytes.set(payload, HEAD);
  return bytes;
}

export async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  const take = byteTaker(body.getReader());
  for (let head = await take(HEAD); head !== undefined; head = await take(HEAD)) {
    const kind = frameKinds[head[0] ?? 0] ?? "chunk";
    const payload = await take(new DataView(head.buffer, head.byteOffset).getUint32(1));
    if (payload === undefined) throw new Error("the body ends within a frame");
    if (kind === "chunk") yield { kind, bytes: payload };
    else yield { kind, error: JSON.parse(new TextDecoder().decode(payload)) };
  }
}

/** Takes exactly so many bytes, or answers `undefined` when there are no more. */
function byteTaker(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): (size: number) => Promise<Uint8Array | undefined> {
  let rest = new Uint8Array();
  return async (size) => {
    const taken = new Uint8Array(size);
    for (let at = 0; at < size; ) {
      if (rest.length === 0) {
        const { done, value } = await reader.read();
        if (done) return undefined;
        rest = new Uint8Array(value);
      }
      const part = rest.subarray(0, size - at);
      taken.set(part, at);
      at += part.length;
      rest = rest.subarray(part.length);
    }
    return taken;
  };
}

export function wireError(error: unknown): WireError {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  if (!(error instanceof FeedError)) return { name, message };
  return { name, message, code: error.code, ...(error.hint !== undefined && { hint: error.hint }) };
}

export function thrownError({ name, message, code, hint }: WireError): Error {
  if (code !== undefined) return new FeedError(code, message, hint === undefined ? {} : { hint });
  return name === "RangeError" ? new RangeError(message) : new Error(message);
}
