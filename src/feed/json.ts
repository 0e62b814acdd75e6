/**
 * JSON documents as bytes: UTF-8 without byte order mark, no white space, properties in the order in which they were
 * put in, so that equal values always give equal bytes.
 */

const encoder = new TextEncoder();

/** `undefined` properties are left out; `null` never occurs in a feed's documents (protocol.md §4.7). */
export function encodeJson(value: unknown): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}
