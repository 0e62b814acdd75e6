/**
 * A store that does again what the store behind it was too busy to do. The one place for that: who uses a store sees
 * `store-busy` only when patience has run out.
 */
import { type BusyRetry, repeatWhileBusy } from "./repeat-while-busy.js";
import type { Store } from "./store.js";

/**
 * Repeats reads, `put` and `delete`, which have done nothing when they fail with `store-busy`; conflicts and all other
 * errors are for the caller, and so is a stream that fails after it was opened. An `upload` and a `list` pass as they are,
 * because what went through them is gone after one attempt: stores that can be busy repeat their parts themselves (`retry`
 * of `openBucket`).
 */
export function retryingStore(inner: Store, retry: BusyRetry): Store {
  return {
    ...inner,
    stat: async (path) => await repeatWhileBusy(() => inner.stat(path), retry),
    read: async (path, options) =>
      await repeatWhileBusy(() => inner.read(path, options), retry, options?.signal),
    stream: async (path, options) =>
      await repeatWhileBusy(() => inner.stream(path, options), retry, options?.signal),
    put: async (path, body, options) =>
      await repeatWhileBusy(() => inner.put(path, body, options), retry, options?.signal),
    delete: async (path) => {
      await repeatWhileBusy(() => inner.delete(path), retry);
    },
  };
}
