/**
 * The survey: goes through the state once, partition by partition, and notes which files must be read and which
 * partitions have work to do.
 */
import type { Digest } from "../feed/digest.js";
import { partitionEtags } from "../publish/partition-store.js";
import {
  type DamagedPartition,
  examinePartition,
  missingPartition,
} from "../publish/recover/examine-partition.js";
import type { OriginName } from "../state/id-state.js";
import { PARTITIONS, type PartitionNumber, partitionOf, partitionPath } from "../state/layout.js";
import type { Partition } from "../state/partition.js";
import { type PartitionRow, partitionRow, type StateIndex } from "../state/state-index.js";
import type { Etag, Store } from "../store/store.js";
import type { SourceFacts } from "./facts-files.js";
import type { KnownFiles } from "./known-files.js";
import { type FileToRead, type KnownFile, matchPartition } from "./match.js";
import type { StateMender } from "./mend-state.js";
import { digest } from "./node-hash.js";
import type { ScannedFile } from "./scan.js";
import { areUnchanged, type SourceFiles, sourceFiles } from "./source-files.js";

export interface Survey {
  readonly toRead: readonly FileToRead[];
  /** Paths that are gone from the source, by partition; partitions without any are left out. */
  readonly gone: ReadonlyMap<PartitionNumber, readonly string[]>;
  /** Partitions with something to do even if no file was read for them. */
  readonly needWork: ReadonlySet<PartitionNumber>;
  /** Rows of the partitions as they are stored, without empty ones. */
  readonly rows: ReadonlyMap<PartitionNumber, PartitionRow>;
  /** Versions that the source held before. */
  readonly known: number;
  /** Of the partitions that were read, by path: what was found holds for as long as these do. */
  readonly etags: ReadonlyMap<string, Etag>;
  /** What each partition holds of the source. */
  readonly sources: ReadonlyMap<PartitionNumber, SourceFiles>;
}

export interface SurveyInput {
  readonly store: Store;
  readonly origin: OriginName;
  readonly files: readonly ScannedFile[];
  readonly facts: SourceFacts;
  readonly index: StateIndex;
  /** Digest of the settings that shape the documents of an id. */
  readonly settings: Digest;
  /** Whether the index was made with the current settings, so that its rows can be taken over. */
  readonly isIndexCurrent: boolean;
  /** How many ids a row names. */
  readonly recentIds: number;
  /** What the last build knew of the source. */
  readonly knownFiles: KnownFiles;
  /** Called with each partition that is read. */
  readonly onPartition: (ids: Partition) => void;
  readonly mender: Pick<StateMender, "mend" | "isIndexLost">;
  /** Called before any partition is read, with how many files may have to be read. */
  readonly onForeseen: (files: number) => void;
}

export async function surveyState(input: SurveyInput): Promise<Survey> {
  const scanned = new Map(input.files.map((file) => [file.path, file]));
  const indexRows = new Map(input.index.rows.map((row) => [row.partition, row]));
  const gone = new Map<PartitionNumber, readonly string[]>();
  const needWork = new Set<PartitionNumber>();
  const rows = new Map<PartitionNumber, PartitionRow>();
  const unchanged = new Set<string>();
  const changed = new Map<string, KnownFile>();
  const etags = await partitionEtags(input.store);
  const sources = new Map<PartitionNumber, SourceFiles>();
  const rememberedPartitions = findRemembered(input, scanned, etags);
  input.onForeseen(input.files.length - countFiles(rememberedPartitions.values()));
  let known = 0;
  const note = (partition: PartitionNumber, ids: Partition, stored: Digest): void => {
    input.onPartition(ids);
    sources.set(partition, sourceFiles(ids, input.origin));
    rows.set(partition, surveyRow(input, indexRows.get(partition), partition, ids, stored));
    const match = matchPartition(partition, ids, { ...input, scanned, facts: input.facts.files });
    if (match.gone.length > 0) gone.set(partition, match.gone);
    if (match.needsWork || match.gone.length > 0) needWork.add(partition);
    for (const path of match.unchanged) unchanged.add(path);
    for (const [path, file] of match.changed) changed.set(path, file);
    known += match.known;
  };
  const damaged: DamagedPartition[] = [];
  for (const partition of PARTITIONS) {
    const row = indexRows.get(partition);
    const remembered = rememberedPartitions.get(partition);
    if (row !== undefined && remembered !== undefined) {
      rows.set(partition, row);
      sources.set(partition, remembered);
      for (const [path] of remembered.files) unchanged.add(path);
      known += remembered.versions;
      continue;
    }
    const found = await examinePartition(input.store, partition, row, digest);
    if (found.kind === "absent") {
      if (input.mender.isIndexLost) damaged.push(missingPartition(partition));
      continue;
    }
    if (found.etag !== undefined) etags.set(partitionPath(partition), found.etag);
    if (found.kind === "damaged") damaged.push(found);
    else note(partition, found.ids, found.digest);
  }
  for (const { partition, ids, bytes } of await input.mender.mend(damaged)) {
    note(partition, ids, await digest(bytes));
    needWork.add(partition);
  }
  const toRead = input.files
    .filter((file) => !unchanged.has(file.path))
    .map((file) => withKnown(file, changed.get(file.path)));
  return { toRead, gone, needWork, rows, known, etags, sources };
}

/**
 * What is remembered of the partitions that need not be read: each is the file that it was, and so are all package files
 * that it was made of. What the facts files name is read, to see which versions there are.
 */
function findRemembered(
  { isIndexCurrent, knownFiles, facts }: SurveyInput,
  scanned: ReadonlyMap<string, ScannedFile>,
  etags: ReadonlyMap<string, Etag>,
): ReadonlyMap<PartitionNumber, SourceFiles> {
  if (!isIndexCurrent) return new Map();
  const named = new Set(facts.files.flatMap((file) => [...file.keys()].map(partitionOf)));
  return new Map(
    [...knownFiles].filter(
      ([partition, known]) =>
        !named.has(partition) &&
        known.etag === etags.get(partitionPath(partition)) &&
        areUnchanged(known, scanned),
    ),
  );
}

function countFiles(sources: Iterable<SourceFiles>): number {
  let count = 0;
  for (const { files } of sources) count += files.length;
  return count;
}

function surveyRow(
  input: SurveyInput,
  row: PartitionRow | undefined,
  partition: PartitionNumber,
  ids: Partition,
  stored: Digest,
): PartitionRow {
  if (input.isIndexCurrent && row?.digest === stored) return row;
  return partitionRow(partition, ids, stored, input.recentIds);
}

function withKnown(file: ScannedFile, known: KnownFile | undefined): FileToRead {
  return known === undefined ? file : { ...file, known };
}
