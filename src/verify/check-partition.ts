/**
 * Checks one partition: its lines, and everything that the feed has of its ids. Plain data in, plain data out, so that
 * it can run in a thread of its own.
 */
import type { FeedSettings } from "../feed/settings.js";
import type { LowerId } from "../nuget/id.js";
import { partitionLines } from "../publish/feed-documents.js";
import { salvagePartition } from "../publish/recover/salvage.js";
import { packageLines } from "../publish/site/package-lines.js";
import { idSettingsDigest } from "../state/feed-file.js";
import { type PartitionNumber, partitionPath } from "../state/layout.js";
import { type PartitionRow, partitionRow } from "../state/state-index.js";
import { checkId } from "./check-id.js";
import type { VerifyContext } from "./context.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";

export interface PartitionCheck {
  readonly partition: PartitionNumber;
  readonly settings: FeedSettings;
  /** What the index says of it. */
  readonly row?: PartitionRow;
  readonly isQuick: boolean;
}

/**
 * - `as-saved`: it is known to be what was saved.
 * - `changed`: it is not what the index knows, because either of them is damaged or was saved without the other.
 * - `unreadable`: nothing is known of it.
 */
export type PartitionCondition = "as-saved" | "changed" | "unreadable";

export interface CheckedPartition {
  readonly findings: readonly Finding[];
  readonly condition: PartitionCondition;
  /** Whether every line of it can be trusted. */
  readonly isSound: boolean;
  /** The row that the index should have; absent when there is no such partition. */
  readonly row?: PartitionRow;
  /** The lines of its ids in search shards. */
  readonly lines: readonly (readonly [LowerId, string])[];
  /** The lines of its ids from which pages of the whole feed are made; none where there is no site. */
  readonly siteLines: readonly (readonly [LowerId, string])[];
  /** Every path that belongs to its ids. */
  readonly paths: readonly string[];
  readonly counts: CheckCounts;
}

/** How much was looked at. */
export interface CheckCounts {
  readonly ids: number;
  readonly versions: number;
  readonly documents: number;
  /** Bytes of packages that were hashed. */
  readonly bytes: number;
}

const nothing = {
  lines: [],
  siteLines: [],
  paths: [],
  counts: { ids: 0, versions: 0, documents: 0, bytes: 0 },
};

export async function checkPartition(
  context: VerifyContext,
  check: PartitionCheck,
): Promise<CheckedPartition> {
  const { partition, settings, row } = check;
  const path = partitionPath(partition);
  const found = await reading(path, undefined, () => context.reader.read(path));
  if (found.kind === "unreadable") {
    return { ...nothing, condition: "unreadable", isSound: false, findings: [found.finding] };
  }
  if (found.kind === "missing") {
    if (row === undefined) return { ...nothing, condition: "as-saved", isSound: true, findings: [] };
    return { ...nothing, condition: "changed", isSound: false, findings: [{ kind: "state-missing", path }] };
  }
  const bytes = found.object;
  const digest = await context.digest(bytes);
  const isAsSaved = row?.digest === digest;
  const { ids, damages } = await salvagePartition(partition, bytes, isAsSaved, context.digest);
  const findings: Finding[] = damages.map((damage) => ({ kind: "state-damaged", path, ...damage }));
  const settingsDigest = await idSettingsDigest(settings, context.digest);
  const paths: string[] = [];
  const counts = { documents: 0, bytes: 0 };
  for (const state of ids.values()) {
    context.signal?.throwIfAborted();
    const checked = await checkId(
      context,
      { settings, settingsDigest, isQuick: check.isQuick, isAsSaved },
      state,
    );
    findings.push(...checked.findings);
    paths.push(...checked.paths);
    counts.documents += checked.documents;
    counts.bytes += checked.bytes;
  }
  const ownRow = partitionRow(partition, ids, digest, settings.staticSearch);
  return {
    findings,
    condition: isAsSaved ? "as-saved" : "changed",
    isSound: damages.length === 0,
    row: ownRow,
    lines: [...partitionLines(ids)],
    siteLines: settings.site === undefined ? [] : [...packageLines(ids)],
    paths,
    counts: { ids: ownRow.ids, versions: ownRow.versions, ...counts },
  };
}
