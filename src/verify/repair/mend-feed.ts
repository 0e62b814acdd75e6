/**
 * Mends what belongs to the whole feed: its documents, and the index of the state.
 */
import { shardBits } from "../../feed/search-shard.js";
import { type FeedPath, isShardPath, shardPath } from "../../feed/urls.js";
import { fixedPaths, type LoadPartition, shardGroups } from "../../publish/feed-documents.js";
import { fold } from "../../publish/fold.js";
import { sweep } from "../../publish/sweep.js";
import { type OutputMark, outputPaths } from "../../state/id-state.js";
import type { PartitionNumber } from "../../state/layout.js";
import { EMPTY_INDEX, type PartitionRow, type StateIndex } from "../../state/state-index.js";
import type { Finding } from "../finding.js";
import type { RepairContext } from "./repair-context.js";

export interface FeedMending {
  /** `undefined` when it is lost. */
  readonly index: StateIndex | undefined;
  /** As they are now, ascending. */
  readonly rows: readonly PartitionRow[];
  /** Of the whole feed. */
  readonly findings: readonly Finding[];
  /** Whether the verification could tell what is wrong with documents that are made from all ids. */
  readonly isComplete: boolean;
  /** Partitions that may hold obsolete files. */
  readonly partitions: readonly PartitionNumber[];
  readonly load: LoadPartition;
}

export async function mendFeed({ publish }: RepairContext, mending: FeedMending): Promise<void> {
  const { index, rows, load, partitions } = mending;
  const before = index === undefined ? adopted(rows) : withMarks(index, mending);
  const folded = await fold(publish, before, rows, load);
  await sweep(publish, folded, partitions, load);
}

/** Without its settings the index counts as unfinished, so that everything is compared with what is recorded. */
function withMarks(index: StateIndex, { findings, isComplete }: FeedMending): StateIndex {
  const { settings: _, ...rest } = index;
  const wrong = isComplete ? findings.map(({ path }) => path) : outputPaths(index.outputs);
  const marks = Object.fromEntries(wrong.filter(isFeedWidePath).map((path) => [path, "?" as const]));
  return { ...rest, outputs: { ...index.outputs, ...marks } };
}

function isFeedWidePath(path: string): boolean {
  return isShardPath(path) || fixedPaths().some((fixed) => fixed === path);
}

/** Without an index, what lies at the feed's own paths is taken for its own. */
function adopted(rows: readonly PartitionRow[]): StateIndex {
  const bits = shardBits(rows.reduce((sum, { ids }) => sum + ids, 0));
  const shards = shardGroups(bits).flatMap((group) => group.shards.map((n) => shardPath(bits, n)));
  const own = [...fixedPaths(), ...shards].filter((path) => path.startsWith("v3/"));
  const outputs: Record<FeedPath, OutputMark> = {};
  for (const path of own) outputs[path] = "?";
  return { ...EMPTY_INDEX, outputs };
}
