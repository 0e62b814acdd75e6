/**
 * Mends what belongs to the whole feed: its documents, and the index of the state.
 */
import { isFeedWidePath, type LoadPartition } from "../../publish/feed-documents.js";
import { fold } from "../../publish/fold.js";
import { adoptIndex } from "../../publish/recover/recover-index.js";
import { sweep } from "../../publish/sweep.js";
import { outputPaths } from "../../state/id-state.js";
import type { PartitionRow, StateIndex } from "../../state/state-index.js";
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
  readonly load: LoadPartition;
}

export async function mendFeed({ publish }: RepairContext, mending: FeedMending): Promise<void> {
  const { index, rows, load } = mending;
  const before = index === undefined ? await adoptIndex(publish.store) : withMarks(index, mending);
  const folded = await fold(publish, before, rows, load);
  await sweep(publish, folded, load);
}

/** Without its settings the index counts as unfinished, so that everything is compared with what is recorded. */
function withMarks(index: StateIndex, { findings, isComplete }: FeedMending): StateIndex {
  const { settings: _, ...rest } = index;
  const wrong = isComplete ? findings.map(({ path }) => path) : outputPaths(index.outputs);
  const marks = Object.fromEntries(wrong.filter(isFeedWidePath).map((path) => [path, "?" as const]));
  return { ...rest, outputs: { ...index.outputs, ...marks } };
}
