/**
 * A memory between builds of one source folder: which files each partition was made of. A build that finds them all
 * unchanged need not read the partition, which is most of what a build without changes would do. It may be lost at any
 * time, and holds for a partition for as long as that is the file that it was.
 */
import type { Digest } from "../feed/digest.js";
import type { OriginName } from "../state/id-state.js";
import { PARTITIONS, type PartitionNumber, partitionPath, sourceMemoryPath } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";
import type { SourceFiles } from "./source-files.js";

export interface KnownPartition extends SourceFiles {
  readonly partition: PartitionNumber;
  /** Of the partition in the store. */
  readonly etag: Etag;
}

/** By partition. */
export type KnownFiles = ReadonlyMap<PartitionNumber, KnownPartition>;

interface Heading {
  readonly format: typeof FORMAT;
  readonly origin: OriginName;
  /** Of all else that says whether there is work to do: settings, facts. */
  readonly circumstances: Digest;
}

const FORMAT = 1;

/** @returns nothing when it was made under other circumstances, or is not what was written */
export async function readKnownFiles(
  store: Store,
  origin: OriginName,
  circumstances: Digest,
): Promise<KnownFiles> {
  const object = await store.read(sourceMemoryPath(origin));
  if (object === undefined) return new Map();
  const [first = "", ...lines] = new TextDecoder().decode(object.bytes).split("\n");
  const heading: Heading = { format: FORMAT, origin, circumstances };
  if (first !== JSON.stringify(heading) || lines.pop() !== "") return new Map();
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: below this heading lines are as `rememberFiles` makes them
    const known = lines.map((line) => JSON.parse(line) as KnownPartition);
    return new Map(known.map((row) => [row.partition, row]));
  } catch {
    return new Map();
  }
}

/**
 * The caller holds the lock, and has written the partitions.
 *
 * @param sources what each of them holds of the source
 */
export async function rememberFiles(
  store: Store,
  origin: OriginName,
  circumstances: Digest,
  sources: ReadonlyMap<PartitionNumber, SourceFiles>,
): Promise<void> {
  const heading: Heading = { format: FORMAT, origin, circumstances };
  const rows: KnownPartition[] = [];
  for await (const { path, etag } of store.list("feed-state/packages/")) {
    const partition = PARTITIONS.find((n) => partitionPath(n) === path);
    const held = partition === undefined ? undefined : sources.get(partition);
    if (partition !== undefined && held !== undefined) rows.push({ partition, etag, ...held });
  }
  const text = [heading, ...rows].map((row) => `${JSON.stringify(row)}\n`).join("");
  const path = sourceMemoryPath(origin);
  await store.put(path, new TextEncoder().encode(text), { contentType: "application/jsonl" });
}
