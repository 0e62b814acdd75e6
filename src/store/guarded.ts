/**
 * A store that asks before every write.
 */
import type { Store } from "./store.js";

/** Throws when nothing may be written any more. It may take its time to find out. */
export type AssertMayWrite = () => Promise<void> | undefined;

export function guardedStore(inner: Store, assertMayWrite: AssertMayWrite): Store {
  return {
    ...inner,
    put: async (path, body, options) => {
      await assertMayWrite();
      return await inner.put(path, body, options);
    },
    upload: async (path, chunks, options) => {
      await assertMayWrite();
      return await inner.upload(path, guardedChunks(chunks, assertMayWrite), options);
    },
    delete: async (path) => {
      await assertMayWrite();
      await inner.delete(path);
    },
  };
}

/** An upload may take long, and becomes visible only after its chunks have ended without an error. */
async function* guardedChunks(
  chunks: AsyncIterable<Uint8Array>,
  assertMayWrite: AssertMayWrite,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    await assertMayWrite();
    yield chunk;
  }
  await assertMayWrite();
}
