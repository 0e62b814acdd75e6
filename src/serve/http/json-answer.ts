/**
 * Sends what a question was answered with: JSON, compressed where the client takes it.
 */
import { encodeJson } from "../../feed/json.js";
import { acceptsGzip } from "./accept.js";
import { encodedInit } from "./encoded-init.js";
import { gzip, SMALLEST_COMPRESSED } from "./gzip.js";
import { ownBytes } from "./own-bytes.js";

/** What property names of answers mean (protocol.md §5.2: `@context`). */
export const VOCABULARY = "http://schema.nuget.org/schema#";

/** Always 200 (protocol.md §5.2: clients take anything else for a failure of the feed); HEAD gets the headers only. */
export async function answerJson(request: Request, value: unknown): Promise<Response> {
  return await answerJsonBytes(request, encodeJson(value));
}

/** The same for a document that is bytes already. */
export async function answerJsonBytes(request: Request, bytes: Uint8Array): Promise<Response> {
  const plain = ownBytes(bytes);
  const isGzip = plain.length >= SMALLEST_COMPRESSED && acceptsGzip(request.headers.get("Accept-Encoding"));
  const body = isGzip ? await gzip(plain) : plain;
  const headers = headersOf(body.length, isGzip);
  return new Response(request.method === "HEAD" ? null : body, encodedInit({ headers }));
}

function headersOf(length: number, isGzip: boolean): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "Content-Length": String(length),
    // A push shall be found at once, and hardly anybody asks the same question again soon enough for a copy to pay.
    "Cache-Control": "no-store",
    Vary: "Accept-Encoding",
    ...(isGzip && { "Content-Encoding": "gzip" }),
  };
}
