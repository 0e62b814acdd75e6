/**
 * A memory between builds of one source folder: which files each partition was made of. A build that finds them all
 * unchanged need not read the partition, which is most of what a build without changes would do. It may be lost at any
 * time, and holds for a partition for as long as that is the file that it was.
 */
import type { Digest } from "../feed/digest.js";
import { partitionEtags } from "../publish/partition-store.js";
import type { OriginName } from "../state/id-state.js";
import { type PartitionNumber, partitionPath, sourceMemoryPath } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";
import { digest } from "./node-hash.js";
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
  /** Of all lines below: nobody looks at partitions to see whether they are true. */
  readonly lines: Digest;
}

const FORMAT = 1;
const LINE_FEED = 10;
const encoder = new TextEncoder();

/** @returns nothing when it was made under other circumstances, or is not what was written */
export async function readKnownFiles(
  store: Store,
  origin: OriginName,
  circumstances: Digest,
): Promise<KnownFiles> {
  const object = await store.read(sourceMemoryPath(origin));
  if (object === undefined) return new Map();
  const end = object.bytes.indexOf(LINE_FEED) + 1;
  const below = object.bytes.subarray(end);
  const heading: Heading = { format: FORMAT, origin, circumstances, lines: await digest(below) };
  const decoder = new TextDecoder();
  if (decoder.decode(object.bytes.subarray(0, end)) !== lineOf(heading)) return new Map();
  const lines = decoder.decode(below).split("\n").slice(0, -1);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the digest says that `rememberFiles` made them
  const known = lines.map((line) => JSON.parse(line) as KnownPartition);
  return new Map(known.map((row) => [row.partition, row]));
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
  const rows: KnownPartition[] = [];
  const etags = await partitionEtags(store);
  for (const [partition, held] of sources) {
    const etag = etags.get(partitionPath(partition));
    if (etag !== undefined) rows.push({ partition, etag, ...held });
  }
  const text = rows.map(lineOf).join("");
  const lines = await digest(encoder.encode(text));
  const heading: Heading = { format: FORMAT, origin, circumstances, lines };
  const bytes = encoder.encode(lineOf(heading) + text);
  await store.put(sourceMemoryPath(origin), bytes, { contentType: "application/jsonl" });
}

function lineOf(row: Heading | KnownPartition): string {
  return `${JSON.stringify(row)}\n`;
}
