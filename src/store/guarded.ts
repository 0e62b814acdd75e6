/**
 * A store that asks before every write.
 */
import type { Store } from "./store.js";

/** @param assertMayWrite throws when nothing may be written any more */
export function guardedStore(inner: Store, assertMayWrite: () => void): Store {
  return {
    ...inner,
    put: async (path, body, options) => {
      assertMayWrite();
      return await inner.put(path, body, options);
    },
    upload: async (path, chunks, options) => {
      assertMayWrite();
      return await inner.upload(path, guardedChunks(chunks, assertMayWrite), options);
    },
    delete: async (path) => {
      assertMayWrite();
      await inner.delete(path);
    },
  };
}

/** An upload may take long, and becomes visible only after its chunks have ended without an error. */
async function* guardedChunks(
  chunks: AsyncIterable<Uint8Array>,
  assertMayWrite: () => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    assertMayWrite();
    yield chunk;
  }
  assertMayWrite();
}
