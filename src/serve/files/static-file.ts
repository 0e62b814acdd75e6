/**
 * Answers a request for one file: what the client has of it already, and which part it wants.
 */
import type { ObjectInfo, Store } from "../../store/store.js";
import { encodedInit } from "../http/encoded-init.js";
import type { BaseUrls } from "./base-urls.js";
import { contentRange, type RequestedRange, requestedRange } from "./byte-range.js";
import { readContent } from "./content.js";
import { isKnownTag } from "./etag.js";
import { mediaType } from "./media-type.js";
import { chooseRepresentation } from "./representation.js";

/** A file that is replaced this often while it is answered is no accident. */
const ATTEMPTS = 3;

export interface FileRequest {
  /** GET or HEAD. */
  readonly request: Request;
  /** Of the file in the store. */
  readonly path: string;
  /** Absent when nobody knows for which address the feed was built. */
  readonly baseUrls?: BaseUrls;
  /** See `StaticOptions`. */
  readonly contentMayChange?: boolean;
}

/** The answer (200, 206, 304 or 416), or `undefined` when there is no such file. */
export async function answerFile(store: Store, asked: FileRequest): Promise<Response | undefined> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const info = await store.stat(asked.path);
    if (info === undefined) return undefined;
    const response = await answerObject(store, info, asked);
    if (response !== undefined) return response;
  }
  throw new Error(`"${asked.path}" was replaced ${ATTEMPTS} times while it was read`);
}

/** `undefined` when the file was replaced meanwhile. */
async function answerObject(
  store: Store,
  info: ObjectInfo,
  { request, path, baseUrls, contentMayChange }: FileRequest,
): Promise<Response | undefined> {
  const representation = chooseRepresentation(request, path, info, baseUrls, contentMayChange);
  const { tag, headers } = representation;
  if (isKnownTag(request.headers.get("If-None-Match"), tag)) {
    return new Response(null, { status: 304, headers });
  }
  const content = await readContent(store, path, info, representation);
  if (content === undefined) return undefined;
  const asked = rangeOf(request, content.size, tag);
  const hasBody = request.method === "GET" && asked.kind !== "unsatisfiable";
  const body = hasBody ? await content.open(asked.kind === "part" ? asked.range : undefined) : null;
  if (body === undefined) return undefined;
  return new Response(
    body,
    encodedInit({
      status: statuses[asked.kind],
      headers: { ...headers, "Content-Type": mediaType(path), ...rangeHeaders(asked, content.size) },
    }),
  );
}

const statuses = { whole: 200, part: 206, unsatisfiable: 416 } as const;

/** Only GET knows ranges (RFC 9110 §14.2). */
function rangeOf(request: Request, size: number, tag: string): RequestedRange {
  return request.method === "GET" ? requestedRange(request.headers, size, tag) : { kind: "whole" };
}

function rangeHeaders(asked: RequestedRange, size: number): Record<string, string> {
  const headers = { "Accept-Ranges": "bytes" };
  if (asked.kind === "whole") return { ...headers, "Content-Length": String(size) };
  const range = asked.kind === "part" ? asked.range : undefined;
  return {
    ...headers,
    "Content-Length": String(range?.length ?? 0),
    "Content-Range": contentRange(range, size),
  };
}
