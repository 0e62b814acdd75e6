/**
 * The output as a build sees it: partitions that are damaged read as what they should be, until they are written again.
 */
import type { FeedPath } from "../feed/urls.js";
import { type PartitionNumber, partitionPath } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";

/** A damaged partition as it should be; plain data, because threads need it as well. */
export interface MendedPartition {
  readonly partition: PartitionNumber;
  /** Of the damaged file; absent when it is missing. */
  readonly etag?: Etag;
  /** As it should be. */
  readonly bytes: Uint8Array;
  /** Files at places of packages that no record is made of. */
  readonly unreadable: readonly FeedPath[];
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: only has to differ from the etags of all stores
const UNSAVED = "" as Etag;

/** Once a partition is written it has another etag, and is read as it is; whichever thread wrote it. */
export function mendedStore(store: Store, mended: Iterable<MendedPartition>): Store {
  const byPath = new Map(
    [...mended].map((one): [string, MendedPartition] => [partitionPath(one.partition), one]),
  );
  if (byPath.size === 0) return store;
  return {
    ...store,
    read: async (path, options) => {
      const object = await store.read(path, options);
      const one = byPath.get(path);
      if (one === undefined || object?.etag !== one.etag) return object;
      return { bytes: one.bytes, size: one.bytes.length, etag: one.etag ?? UNSAVED };
    },
  };
}
