/**
 * Repairs what a verification found, as far as it can be made again: from the records, and from the packages that the
 * feed holds. Everything is written by the code that publishes, in its order and by its rules.
 */
import type { FeedSettings } from "../../feed/settings.js";
import type { PublishContext } from "../../publish/context.js";
import { salvagePartition } from "../../publish/recover/salvage.js";
import { setAside } from "../../publish/recover/set-aside.js";
import { encodeFeedFile } from "../../state/feed-file.js";
import {
  FEED_FILE,
  PARTITIONS,
  type PartitionNumber,
  partitionOf,
  partitionPath,
  STATE_INDEX,
} from "../../state/layout.js";
import type { Partition } from "../../state/partition.js";
import type { PartitionRow } from "../../state/state-index.js";
import type { Finding } from "../finding.js";
import type { Verification } from "../verify.js";
import { mendFeed } from "./mend-feed.js";
import { mendPartition } from "./mend-partition.js";
import type { RepairContext } from "./repair-context.js";

export type Repairable = Verification & { readonly settings: FeedSettings };

/** Whether a repair could do anything: somebody must know what the feed should look like. */
export function isRepairable(verification: Verification): verification is Repairable {
  return (
    verification.settings !== undefined && verification.findings.some(({ kind }) => kind !== "file-extra")
  );
}

/**
 * The caller holds the lock, and nobody wrote since the verification. What cannot be made again stays as it is; verify
 * again to see it.
 *
 * @param onPartition is told before each partition that is mended
 */
export async function repairFeed(
  context: RepairContext,
  { settings, index, rows: before, findings }: Repairable,
  onPartition: (done: number, total: number) => void,
): Promise<void> {
  const { store, signal } = context.publish;
  await keepDamaged(context.publish, findings);
  if (findings.some(({ path }) => path === FEED_FILE)) {
    await store.put(FEED_FILE, encodeFeedFile(settings), { contentType: "application/json" });
  }
  const wrong = findingsByPartition(findings);
  const rows = new Map<PartitionNumber, PartitionRow>(before.map((row) => [row.partition, row]));
  let done = 0;
  for (const [partition, found] of wrong.partitions) {
    signal?.throwIfAborted();
    onPartition(done++, wrong.partitions.size);
    // Publishing would stop at it, and with it everything else.
    if (found.some(({ kind }) => kind === "file-foreign")) continue;
    const row = await mendPartition(context, partition, found);
    if (row === undefined) rows.delete(partition);
    else rows.set(partition, row);
  }
  if (!canFold(wrong.feed)) return;
  await mendFeed(context, {
    index,
    rows: [...rows.values()].sort((a, b) => a.partition - b.partition),
    findings: wrong.feed,
    isComplete: !findings.some(isLoss),
    load: async (partition) => await loadSound(context, partition),
  });
}

/** Copies of damaged files of the state, for people, before they are written again. */
async function keepDamaged({ store, digest }: PublishContext, findings: readonly Finding[]): Promise<void> {
  const damaged = new Set(findings.filter(({ kind }) => kind === "state-damaged").map(({ path }) => path));
  const files = [FEED_FILE, STATE_INDEX, ...PARTITIONS.map(partitionPath)];
  for (const path of files.filter((path) => damaged.has(path))) {
    const info = await store.stat(path);
    if (info !== undefined) await setAside(store, { path, etag: info.etag }, digest);
  }
}

/** What can be trusted of a partition, which may have been left alone. */
async function loadSound({ verify }: RepairContext, partition: PartitionNumber): Promise<Partition> {
  const bytes = await verify.reader.read(partitionPath(partition));
  if (bytes === undefined) return new Map();
  return (await salvagePartition(partition, bytes, false, verify.digest)).ids;
}

interface FindingsByPart {
  readonly partitions: ReadonlyMap<PartitionNumber, readonly Finding[]>;
  readonly feed: readonly Finding[];
}

function findingsByPartition(findings: readonly Finding[]): FindingsByPart {
  const byPath = new Map(PARTITIONS.map((n): [string, PartitionNumber] => [partitionPath(n), n]));
  const partitions = new Map<PartitionNumber, Finding[]>();
  const feed: Finding[] = [];
  for (const finding of findings) {
    const partition = finding.id === undefined ? byPath.get(finding.path) : partitionOf(finding.id);
    if (finding.kind === "file-extra") continue;
    // A partition that cannot be read must not be overwritten either.
    if (partition === undefined || (finding.kind === "file-unreadable" && finding.id === undefined)) {
      feed.push(finding);
    } else {
      partitions.set(partition, [...(partitions.get(partition) ?? []), finding]);
    }
  }
  return { partitions, feed };
}

/** With a foreign file in the way, or ids that cannot be read, the documents of the whole feed stay as they are. */
function canFold(findings: readonly Finding[]): boolean {
  return !findings.some(({ kind }) => kind === "file-foreign" || kind === "file-unreadable");
}

/** Whether records may be lost with it. */
function isLoss({ kind }: Finding): boolean {
  return kind === "state-damaged" || kind === "state-missing";
}
