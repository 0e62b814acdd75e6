/**
 * Reads a partition and says whether it can be trusted.
 */
import { FeedError } from "../../errors.js";
import type { Digest, DigestBytes } from "../../feed/digest.js";
import { type PartitionNumber, partitionPath } from "../../state/layout.js";
import { decodePartition, type Partition } from "../../state/partition.js";
import type { PartitionRow } from "../../state/state-index.js";
import type { Etag, Store } from "../../store/store.js";
import { type SalvagedPartition, salvagePartition } from "./salvage.js";

export type ExaminedPartition =
  | { readonly kind: "absent" }
  | { readonly kind: "sound"; readonly ids: Partition; readonly digest: Digest; readonly etag: Etag }
  | DamagedPartition;

export interface DamagedPartition extends SalvagedPartition {
  readonly kind: "damaged";
  readonly partition: PartitionNumber;
  /** Absent when the file is missing, although there must be one. */
  readonly etag?: Etag;
}

/**
 * A partition whose bytes are those that the index knows is as it was saved. Of any other every line is held against
 * what it says of itself.
 *
 * @param row what the index says of it
 */
export async function examinePartition(
  store: Store,
  partition: PartitionNumber,
  row: PartitionRow | undefined,
  digest: DigestBytes,
): Promise<ExaminedPartition> {
  const object = await store.read(partitionPath(partition));
  if (object === undefined) {
    return row === undefined || row.versions === 0 ? { kind: "absent" } : missingPartition(partition);
  }
  const { bytes, etag } = object;
  const stored = { digest: await digest(bytes), etag };
  // As a push leaves it that died before its first id was in it.
  if (bytes.length === 0 && (row === undefined || row.versions === 0))
    return { kind: "sound", ids: new Map(), ...stored };
  const saved = row?.digest === stored.digest ? tryDecode(partition, bytes) : undefined;
  if (saved !== undefined) return { kind: "sound", ids: saved, ...stored };
  const salvaged = await salvagePartition(partition, bytes, false, digest);
  if (salvaged.damages.length > 0) return { kind: "damaged", partition, etag, ...salvaged };
  return { kind: "sound", ids: salvaged.ids, ...stored };
}

/** A partition that is gone. */
export function missingPartition(partition: PartitionNumber): DamagedPartition {
  return { kind: "damaged", partition, ids: new Map(), damages: [{ reason: "is not there" }] };
}

function tryDecode(partition: PartitionNumber, bytes: Uint8Array): Partition | undefined {
  try {
    return decodePartition(partition, bytes);
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}
