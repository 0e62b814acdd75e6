/**
 * Bodies of writes, whether in memory or streamed.
 */
import type { Body } from "../store/store.js";

export function bodySize(body: Body): number {
  return body instanceof Uint8Array ? body.length : body.size;
}

/** The bytes in their order, in chunks of no particular size. */
export async function* bodyChunks(body: Body): AsyncGenerator<Uint8Array> {
  if (body instanceof Uint8Array) {
    if (body.length > 0) yield body;
    return;
  }
  const reader = body.stream().getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel();
  }
}
