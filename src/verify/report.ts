/**
 * What a verification is told and what it tells, as plain data.
 */
import type { CheckCounts } from "./check-partition.js";
import type { Finding } from "./finding.js";
import { findingHelp } from "./finding-help.js";

export interface VerifyProgress {
  readonly phase: "verify" | "repair";
  /** Versions that were looked at. */
  readonly done: number;
  /** Absent while it is not known. */
  readonly total?: number;
}

export interface VerifyReport {
  /** What is wrong; after a repair, what is left of it. In a stable order. */
  readonly findings: readonly Finding[];
  /** What a repair mended; absent when none was asked for. */
  readonly repaired?: readonly Finding[];
  readonly counts: CheckCounts;
  /** Copies of damaged state that a build or a repair kept; nothing reads them, and they may be deleted. */
  readonly setAside: readonly string[];
  /** Somebody seems to be writing to the feed, or was killed while doing so. */
  readonly isLocked: boolean;
}

const kinds = Object.keys(findingHelp);

/** Each finding once; the state first, then what depends on it, by path within a kind. */
export function sortedFindings(findings: Iterable<Finding>): Finding[] {
  const byKey = new Map<string, Finding>();
  for (const finding of findings) byKey.set(findingKey(finding), finding);
  return [...byKey.values()].sort(
    (a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || compare(a.path, b.path),
  );
}

/** The same for findings that tell the same: ids share assets, and each of them finds a broken one. */
export function findingKey({ id: _, ...finding }: Finding): string {
  return JSON.stringify(finding, Object.keys(finding).sort());
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
