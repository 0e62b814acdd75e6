/**
 * Partitions in a store.
 */
import type { Digest, DigestBytes } from "../feed/digest.js";
import { type PartitionNumber, partitionPath } from "../state/layout.js";
import { decodePartition, type Partition } from "../state/partition.js";
import type { Etag, Store } from "../store/store.js";
import type { PublishContext } from "./context.js";
import type { LoadPartition } from "./feed-documents.js";

export interface LoadedPartition {
  readonly ids: Partition;
  /** Of the stored bytes; absent when there is no such partition. */
  readonly stored?: { readonly digest: Digest; readonly etag: Etag };
}

export async function loadPartition(
  store: Store,
  partition: PartitionNumber,
  digest: DigestBytes,
): Promise<LoadedPartition> {
  const object = await store.read(partitionPath(partition));
  if (object === undefined) return { ids: new Map() };
  const { bytes, etag } = object;
  return { ids: decodePartition(partition, bytes), stored: { digest: await digest(bytes), etag } };
}

/** Reads partitions as they are stored, or some of their ids. */
export function partitionReader({ store, digest }: Pick<PublishContext, "store" | "digest">): LoadPartition {
  return async (partition, only) => {
    if (only === undefined) return (await loadPartition(store, partition, digest)).ids;
    const object = await store.read(partitionPath(partition));
    return object === undefined ? new Map() : decodePartition(partition, object.bytes, only);
  };
}

/**
 * Writes a partition, or takes it away when nothing is left in it.
 *
 * @param bytes of the encoded partition
 */
export async function savePartition(
  store: Store,
  partition: PartitionNumber,
  bytes: Uint8Array,
): Promise<void> {
  if (bytes.length === 0) await store.delete(partitionPath(partition));
  else await store.put(partitionPath(partition), bytes, { contentType: "application/jsonl" });
}
