/** A store that tells when each object was written, as object stores do. */
import type { ObjectInfo, Store } from "../../src/store/store.js";

/** @param now milliseconds since 1970 */
export function datedStore(inner: Store, now: () => number): Store {
  const times = new Map<string, number>();
  const dated = <T extends ObjectInfo>(path: string, info: T): T => {
    const modified = times.get(path);
    return modified === undefined ? info : { ...info, modified };
  };
  return {
    ...inner,
    stat: async (path) => {
      const info = await inner.stat(path);
      return info && dated(path, info);
    },
    put: async (path, body, options) => {
      const result = await inner.put(path, body, options);
      if (result.kind === "stored") times.set(path, now());
      return result;
    },
    upload: async (path, chunks, options) => {
      const info = await inner.upload(path, chunks, options);
      times.set(path, now());
      return dated(path, info);
    },
  };
}
