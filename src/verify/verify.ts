/**
 * The runner of all checks: reads the state, checks partition by partition, then the whole feed, then what is left over.
 * It reads a feed like a stranger and holds it against the state; nothing is written.
 */
import { FeedError } from "../errors.js";
import type { FeedSettings } from "../feed/settings.js";
import { mapLimit } from "../publish/map-limit.js";
import { sortedLines } from "../publish/site/package-lines.js";
import {
  isSetAsidePath,
  PARTITIONS,
  type PartitionNumber,
  partitionOf,
  partitionPath,
} from "../state/layout.js";
import type { PartitionRow, StateIndex } from "../state/state-index.js";
import { checkFeed } from "./check-feed.js";
import { checkForeign } from "./check-foreign.js";
import type { CheckCounts, CheckedPartition, PartitionCondition } from "./check-partition.js";
import { siteFolders } from "./check-site.js";
import type { VerifyContext } from "./context.js";
import { checkExtraFiles, findLostIds, lostFinding } from "./extra-files.js";
import type { FeedReader } from "./feed-reader.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";
import { readState } from "./read-state.js";
import type { VerifyProgress } from "./report.js";
import type { PartitionRunner } from "./runner.js";

export interface VerifyPlan {
  readonly isQuick: boolean;
  readonly runner: PartitionRunner;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

/** What was found, with what a repair needs to know. */
export interface Verification {
  /** In no particular order, and some of them twice. */
  readonly findings: readonly Finding[];
  readonly counts: CheckCounts;
  /** `undefined` when nobody can tell what the feed should look like. */
  readonly settings: FeedSettings | undefined;
  readonly index: StateIndex | undefined;
  /** Of the partitions as they are. */
  readonly rows: readonly PartitionRow[];
  /** Copies of damaged state that an earlier command kept. */
  readonly setAside: readonly string[];
}

/**
 * @throws FeedError `feed-missing` when there is no feed at all, `state-newer`, and failures of the store that concern
 * more than one file
 */
export async function verifyFeed(context: VerifyContext, plan: VerifyPlan): Promise<Verification> {
  const { settings, index, findings } = await readState(context);
  if (settings === undefined) {
    const foreign = await checkForeign(context);
    if (foreign === undefined) throw feedMissing(context);
    const { ids, documents } = foreign;
    const counts = { ids, documents, versions: 0, bytes: 0 };
    return { settings, index, rows: [], counts, setAside: [], findings: [...findings, ...foreign.findings] };
  }
  const listing = listFeed(context.reader, settings);
  const [partitions, left] = await Promise.all([
    checkPartitions(context, plan, { settings, index, listing }),
    listing,
  ]);
  const rest = await checkRest(context, settings, index, partitions, left);
  return {
    settings,
    index,
    rows: rowsOf(partitions),
    setAside: [...left].filter(isSetAsidePath).sort(),
    counts: sumCounts(
      [...partitions.values()].map(({ counts }) => counts),
      rest.documents,
    ),
    findings: [
      ...findings,
      ...[...partitions.values()].flatMap((partition) => partition.findings),
      ...rest.findings,
    ],
  };
}

type CheckedPartitions = ReadonlyMap<PartitionNumber, Omit<CheckedPartition, "paths">>;

interface FeedToCheck {
  readonly settings: FeedSettings;
  readonly index: StateIndex | undefined;
  /** All paths of the feed; those that belong to ids are taken out as soon as they are known. */
  readonly listing: Promise<Set<string>>;
}

async function checkPartitions(
  { reader, signal }: VerifyContext,
  { runner, isQuick, onProgress }: VerifyPlan,
  { settings, index, listing }: FeedToCheck,
): Promise<CheckedPartitions> {
  const rows = new Map(index?.rows.map((row) => [row.partition, row]));
  const total = index?.rows.reduce((sum, { versions }) => sum + versions, 0);
  const checked = new Map<PartitionNumber, Omit<CheckedPartition, "paths">>();
  let done = 0;
  await mapLimit(await largestFirst(reader, rows), runner.width, async (partition) => {
    signal?.throwIfAborted();
    const row = rows.get(partition);
    const { paths, ...result } = await runner.run({ partition, settings, isQuick, ...(row && { row }) });
    checked.set(partition, result);
    const left = await listing;
    for (const path of paths) left.delete(path);
    done += result.counts.versions;
    onProgress?.({ phase: "verify", done, ...(total !== undefined && { total }) });
  });
  return checked;
}

/** The partitions that are or should be there; the largest come first, so that no thread is left with one at the end. */
async function largestFirst(
  reader: FeedReader,
  rows: ReadonlyMap<PartitionNumber, PartitionRow>,
): Promise<PartitionNumber[]> {
  const sizes = new Map<PartitionNumber, number>([...rows.keys()].map((partition) => [partition, 0]));
  for (const partition of PARTITIONS) {
    const path = partitionPath(partition);
    const size = await reading(path, undefined, () => reader.size(path));
    if (size.kind !== "missing") sizes.set(partition, size.kind === "found" ? size.object : 0);
  }
  return [...sizes].sort(([, a], [, b]) => b - a).map(([partition]) => partition);
}

/**
 * What belongs to no single partition.
 *
 * @param left paths that belong to no id; what belongs to the whole feed is taken out
 */
async function checkRest(
  context: VerifyContext,
  settings: FeedSettings,
  index: StateIndex | undefined,
  partitions: CheckedPartitions,
  left: Set<string>,
): Promise<{ readonly findings: readonly Finding[]; readonly documents: number }> {
  const conditionOf = (n: PartitionNumber): PartitionCondition =>
    partitions.get(n)?.condition ?? (index === undefined ? "changed" : "as-saved");
  const lost = new Set(findLostIds(left, conditionOf));
  const unsound = new Set([...partitions].filter(([, { isSound }]) => !isSound).map(([n]) => n));
  for (const id of lost) unsound.add(partitionOf(id));
  const lines = new Map([...partitions].map(([n, partition]) => [n, partition.lines]));
  const siteLines = sortedLines([...partitions.values()].flatMap((partition) => partition.siteLines));
  const rows = rowsOf(partitions);
  const feed = await checkFeed(context, { settings, index, rows, unsound, lines, siteLines });
  for (const path of feed.paths) left.delete(path);
  const extra = checkExtraFiles({ paths: left, lost, conditionOf, isComplete: unsound.size === 0 });
  return {
    findings: [...[...lost].map(lostFinding), ...feed.findings, ...extra],
    documents: feed.documents,
  };
}

async function listFeed(reader: FeedReader, settings: FeedSettings): Promise<Set<string>> {
  const paths = new Set<string>();
  for (const folder of ["v3/", "feed-state/", ...siteFolders(settings)]) {
    const listed = reader.list(folder);
    // Waiting for each name of a list that is there at once would take longer than making it.
    if (Symbol.iterator in listed) for (const path of listed) paths.add(path);
    else for await (const path of listed) paths.add(path);
  }
  return paths;
}

function rowsOf(partitions: CheckedPartitions): PartitionRow[] {
  return [...partitions.values()].flatMap(({ row }) => row ?? []).sort((a, b) => a.partition - b.partition);
}

function sumCounts(counts: readonly CheckCounts[], documents: number): CheckCounts {
  const sum = (key: keyof CheckCounts): number => counts.reduce((total, count) => total + count[key], 0);
  return {
    ids: sum("ids"),
    versions: sum("versions"),
    documents: sum("documents") + documents,
    bytes: sum("bytes"),
  };
}

function feedMissing({ reader }: VerifyContext): FeedError {
  return new FeedError("feed-missing", `Cannot verify "${reader.name}": there is no feed in it`, {
    hint: "name the output folder of a build: nupress verify public",
  });
}
