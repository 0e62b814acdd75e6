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
    delete: async (path) => {
      assertMayWrite();
      await inner.delete(path);
    },
  };
}
