/**
 * The bytes of the package inside of a push's body (protocol.md §7.3), as a stream: the first part with content of a
 * multipart body, whoever wrote it, or the whole body.
 */

import { joinBytes } from "../../feed/bytes.js";
import { bodyEmpty, bodyMalformed, bodyTooLarge } from "../body/body-errors.js";
import { bodyForm, type Sniffed, sniffBoundary } from "../body/boundary.js";
import { createPartReader } from "../body/first-part.js";
import { type BodyLimits, limitedBody } from "../body/limited-body.js";

export type { BodyLimits } from "../body/limited-body.js";

/** As far as a request is read here. */
export interface PushRequest {
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
}

type Chunks = AsyncGenerator<Uint8Array, void, undefined>;

/**
 * Streams the package. What came is the package only when the iteration ends without an error: a body that breaks off
 * has given what there was of it by then. Behind the package the body is read to its end, within the limits; after an
 * error, or when the iteration is left, it is cancelled.
 *
 * @throws FeedError `body-empty`, `body-truncated`, `body-malformed` (to answer with 400), `body-too-large` (413; without
 * reading anything where the request states a length), `body-stalled` (408)
 */
export async function* packageChunks({ headers, body }: PushRequest, limits: BodyLimits): Chunks {
  if (body === null) throw bodyEmpty();
  const declared = declaredLength(headers);
  if (declared !== undefined && declared > limits.limit) {
    body.cancel().catch(() => undefined);
    throw bodyTooLarge(limits.limit);
  }
  const chunks = limitedBody(body, declared, limits);
  const form = bodyForm(headers.get("Content-Type"));
  if (form.kind === "multipart") yield* firstPart(chunks, form.boundary);
  else if (form.kind === "whole") yield* whole(chunks);
  else yield* sniffed(chunks, form.kind === "boundary-missing");
}

/** A length that is no number is none: whoever speaks HTTP for us has refused it before. */
function declaredLength(headers: Headers): number | undefined {
  const text = headers.get("Content-Length");
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}

async function* firstPart(chunks: Chunks, boundary: string): Chunks {
  const reader = createPartReader(boundary);
  for await (const chunk of chunks) yield* reader.push(chunk);
  reader.end();
}

async function* whole(chunks: Chunks): Chunks {
  let isEmpty = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    isEmpty = false;
    yield chunk;
  }
  if (isEmpty) throw bodyEmpty();
}

/** A body whose headers do not tell its form. */
async function* sniffed(chunks: Chunks, isMultipart: boolean): Chunks {
  try {
    const { start, found } = await sniff(chunks);
    const body = behind(start, chunks);
    if (found.kind === "multipart") yield* firstPart(body, found.boundary);
    else if (isMultipart && start.length > 0) throw bodyMalformed("its content type has no boundary");
    else yield* whole(body);
  } finally {
    await chunks.return();
  }
}

/** Reads as much as it takes to tell the form. */
async function sniff(chunks: Chunks): Promise<{ readonly start: Uint8Array; readonly found: Sniffed }> {
  let start: Uint8Array = new Uint8Array(0);
  for (;;) {
    const { done, value } = await chunks.next();
    if (done === true) return { start, found: { kind: "whole" } };
    start = joinBytes([start, value]);
    const found = sniffBoundary(start);
    if (found.kind !== "undecided") return { start, found };
  }
}

async function* behind(start: Uint8Array, chunks: Chunks): Chunks {
  yield start;
  yield* chunks;
}
