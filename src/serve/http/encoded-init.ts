/**
 * Answers whose bodies are compressed already. Cloudflare's runtime compresses what `Content-Encoding` names by itself,
 * unless it is told that this was done; other runtimes do not know what it is told by.
 */

export function encodedInit(init: ResponseInit): ResponseInit & { readonly encodeBody: "manual" } {
  return { ...init, encodeBody: "manual" };
}
