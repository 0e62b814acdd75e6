/**
 * A store that writes again what the store behind it was too busy to write. The one place for that: who uses a store
 * sees `store-busy` only when patience has run out.
 */
import { type BusyRetry, repeatWhileBusy } from "./repeat-while-busy.js";
import type { Store } from "./store.js";

/**
 * Repeats `put` and `delete`, which have done nothing when they fail with `store-busy`; conflicts and all other errors are
 * for the caller. An `upload` passes as it is, because its chunks are gone after one attempt: stores that can be busy
 * repeat its parts themselves (`retry` of `openBucket`).
 */
export function retryingStore(inner: Store, retry: BusyRetry): Store {
  return {
    ...inner,
    put: async (path, body, options) =>
      await repeatWhileBusy(() => inner.put(path, body, options), retry, options?.signal),
    delete: async (path) => {
      await repeatWhileBusy(() => inner.delete(path), retry);
    },
  };
}
