/**
 * Takes the first part that has content out of a multipart body, chunk by chunk, holding back no more than what may be
 * the beginning of a delimiter (protocol.md §7.3). Headers of parts are skipped unread.
 */

import { joinBytes } from "../../feed/bytes.js";
import { bodyEmpty, bodyMalformed, bodyTruncated } from "./body-errors.js";
import { latin1Bytes } from "./bytes.js";
import { type FoundDelimiter, findDelimiter, firstDelimiter, furtherDelimiter } from "./delimiter.js";
import { findHeadersEnd } from "./part-headers.js";

/** More is no form: neither in front of the first boundary, nor as headers of a part. */
const LONGEST_SKIPPED = 16 * 1024;

const NOTHING = new Uint8Array(0);

export interface PartReader {
  /**
   * @returns what of the content became known by the chunk
   * @throws FeedError `body-malformed`
   */
  push(chunk: Uint8Array): Uint8Array[];
  /**
   * To be called behind the last chunk: only then the content is known to be whole.
   *
   * @throws FeedError `body-empty`, `body-truncated`, `body-malformed`
   */
  end(): void;
}

/** Where in a body the reader is. `rest` is behind the content, `closed` behind the last delimiter. */
type Phase = "preamble" | "headers" | "content" | "rest" | "closed";

export function createPartReader(boundary: string): PartReader {
  let phase: Phase = "preamble";
  let lineBreak: "\r\n" | "\n" = "\n";
  let search = firstDelimiter(boundary);
  /** What the next chunk must be read together with. A body may begin with a delimiter: as behind a line break. */
  let held = latin1Bytes("\n");
  let preambleLength = 0;
  let isEmpty = true;
  let hasParts = false;
  /** Whether at the current place is still the line break that ends the headers, which is no content. */
  let isBeforeContent = false;
  let hasContent = false;

  /** Lets the bytes from a place on wait for the next chunk. */
  const wait = (bytes: Uint8Array, from: number): undefined => {
    held = from < bytes.length ? bytes.slice(from) : NOTHING;
  };

  const passDelimiter = (found: FoundDelimiter & { readonly kind: "found" }): number => {
    if (phase === "preamble") {
      lineBreak = found.lineBreak;
      search = furtherDelimiter(boundary, lineBreak);
    }
    hasParts ||= !found.isLast;
    phase = found.isLast ? "closed" : hasContent ? "rest" : "headers";
    return found.end;
  };

  const skipPreamble = (bytes: Uint8Array, from: number): number | undefined => {
    const found = findDelimiter(bytes, from, search);
    const end = found.kind === "none" ? bytes.length : found.at;
    preambleLength += end - from;
    if (preambleLength > LONGEST_SKIPPED) throw boundaryMissing();
    return found.kind === "found" ? passDelimiter(found) : wait(bytes, end);
  };

  const skipHeaders = (bytes: Uint8Array, from: number): number | undefined => {
    const found = findHeadersEnd(bytes, from, search, lineBreak);
    const end = found.kind === "none" ? bytes.length : found.at;
    if (end - from > LONGEST_SKIPPED) throw bodyMalformed("the headers of a part are too long");
    if (found.kind === "found") return passDelimiter(found);
    if (found.kind !== "blank") return wait(bytes, from);
    phase = "content";
    isBeforeContent = true;
    return end;
  };

  const takeContent = (bytes: Uint8Array, from: number, content: Uint8Array[]): number | undefined => {
    const found = findDelimiter(bytes, from, search);
    const end = found.kind === "none" ? bytes.length : found.at;
    const start = isBeforeContent ? from + lineBreak.length : from;
    if (end > from) isBeforeContent = false;
    if (end > start && phase === "content") {
      hasContent = true;
      content.push(bytes.subarray(start, end));
    }
    return found.kind === "found" ? passDelimiter(found) : wait(bytes, end);
  };

  const step = (bytes: Uint8Array, at: number, content: Uint8Array[]): number | undefined => {
    if (phase === "closed") return undefined;
    if (phase === "preamble") return skipPreamble(bytes, at);
    return phase === "headers" ? skipHeaders(bytes, at) : takeContent(bytes, at, content);
  };

  const push = (chunk: Uint8Array): Uint8Array[] => {
    if (chunk.length > 0) isEmpty = false;
    const bytes = joinBytes([held, chunk]);
    const content: Uint8Array[] = [];
    let at: number | undefined = 0;
    while (at !== undefined) at = step(bytes, at, content);
    return content;
  };

  const end = (): void => {
    if (isEmpty) throw bodyEmpty();
    // The last line may do without a line break.
    push(latin1Bytes(lineBreak));
    if (phase === "preamble") throw boundaryMissing();
    if (phase !== "closed") throw bodyTruncated();
    if (!hasParts) throw bodyMalformed("there is no part in its body");
    if (!hasContent) throw bodyEmpty();
  };

  return { push, end };
}

function boundaryMissing(): Error {
  return bodyMalformed("its boundary does not begin its body");
}
