/**
 * Partitions in a store.
 */
import { PARTITIONS_FOLDER, type PartitionNumber, partitionPath } from "../state/layout.js";
import { decodePartition } from "../state/partition.js";
import type { Etag, Store } from "../store/store.js";
import type { PublishContext } from "./context.js";
import type { LoadPartition } from "./feed-documents.js";

/** The etags of all partitions in a store, by path. */
export async function partitionEtags(store: Store): Promise<Map<string, Etag>> {
  const etags = new Map<string, Etag>();
  for await (const { path, etag } of store.list(PARTITIONS_FOLDER)) etags.set(path, etag);
  return etags;
}

/** Whether there is any partition, without going through all of them. */
export async function hasPartitions(store: Store): Promise<boolean> {
  for await (const _ of store.list(PARTITIONS_FOLDER)) return true;
  return false;
}

/** Reads partitions as they are stored, or some of their ids; a partition that is not there is empty. */
export function partitionReader({ store }: Pick<PublishContext, "store">): LoadPartition {
  return async (partition, only) => {
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
