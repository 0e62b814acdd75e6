/** A store that records what is read from it, written to it and deleted from it, in order. */
import type { Store } from "../../src/store/store.js";

export interface RecordedWrite {
  readonly kind: "put" | "upload" | "delete";
  readonly path: string;
}

export interface CountingStore extends Store {
  /** Writes that took place; conflicts and failures are not among them. */
  readonly writes: readonly RecordedWrite[];
  /** Paths put since the last `reset`, sorted. */
  readonly putPaths: () => string[];
  /** Paths deleted since the last `reset`, sorted. */
  readonly deletedPaths: () => string[];
  /** Paths read since the last `reset`, sorted, each once. */
  readonly readPaths: () => string[];
  /** Forgets what was recorded. */
  readonly reset: () => void;
}

export function countingStore(inner: Store): CountingStore {
  const writes: RecordedWrite[] = [];
  const reads = new Set<string>();
  const pathsOf = (kind: RecordedWrite["kind"]): string[] =>
    writes
      .filter((write) => write.kind === kind)
      .map(({ path }) => path)
      .toSorted();
  return {
    ...inner,
    writes,
    read: async (path, options) => {
      reads.add(path);
      return await inner.read(path, options);
    },
    put: async (path, body, options) => {
      const result = await inner.put(path, body, options);
      if (result.kind === "stored") writes.push({ kind: "put", path });
      return result;
    },
    upload: async (path, chunks, options) => {
      const info = await inner.upload(path, chunks, options);
      writes.push({ kind: "upload", path });
      return info;
    },
    delete: async (path) => {
      await inner.delete(path);
      writes.push({ kind: "delete", path });
    },
    putPaths: () => pathsOf("put"),
    deletedPaths: () => pathsOf("delete"),
    readPaths: () => [...reads].toSorted(),
    reset: () => {
      reads.clear();
      writes.length = 0;
    },
  };
}
