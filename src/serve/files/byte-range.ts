/**
 * Range requests for one range of bytes (RFC 9110 §14). Several ranges, other units and what is malformed are ignored,
 * as a server may: the client gets the whole.
 */
import type { ByteRange } from "../../store/store.js";

export type RequestedRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly range: ByteRange }
  | { readonly kind: "unsatisfiable" };

/** `If-Range` holds the tag of what the client has a part of; of anything else it wants the whole. */
export function requestedRange(headers: Headers, size: number, tag: string): RequestedRange {
  const ifRange = headers.get("If-Range");
  const match = /^bytes=(\d*)-(\d*)$/i.exec(headers.get("Range")?.trim() ?? "");
  if (match === null || (ifRange !== null && ifRange.trim() !== tag)) return { kind: "whole" };
  const [, first = "", last = ""] = match;
  if (first === "") return last === "" ? { kind: "whole" } : lastBytes(Number(last), size);
  if (last !== "" && Number(last) < Number(first)) return { kind: "whole" };
  return part(Number(first), last === "" ? size : Number(last) + 1, size);
}

/** The value of `Content-Range`. */
export function contentRange(range: ByteRange | undefined, size: number): string {
  return range === undefined
    ? `bytes */${size}`
    : `bytes ${range.offset}-${range.offset + range.length - 1}/${size}`;
}

function lastBytes(count: number, size: number): RequestedRange {
  return count === 0 ? { kind: "unsatisfiable" } : part(Math.max(0, size - count), size, size);
}

function part(start: number, end: number, size: number): RequestedRange {
  if (start >= size) return { kind: "unsatisfiable" };
  return { kind: "part", range: { offset: start, length: Math.min(end, size) - start } };
}
