/**
 * Counts what a build writes and deletes, and keeps the list in a dry run.
 */
import type { AppliedChange } from "../publish/context.js";
import type { BuildReport, PlannedChange } from "./options.js";

export type ChangeCounts = Pick<BuildReport, "created" | "replaced" | "deleted" | "bytes" | "changes">;

export interface ChangeLog {
  readonly add: (change: AppliedChange) => void;
  /** Adds what another log counted. */
  readonly addCounts: (counts: ChangeCounts) => void;
  readonly counts: () => ChangeCounts;
}

export function createChangeLog(keepsList: boolean): ChangeLog {
  const totals = { create: 0, replace: 0, delete: 0, bytes: 0 };
  const list: PlannedChange[] = [];
  return {
    add: ({ kind, path, size }) => {
      totals[kind]++;
      totals.bytes += size;
      if (keepsList) list.push({ kind, path });
    },
    addCounts: ({ created, replaced, deleted, bytes, changes = [] }) => {
      totals.create += created;
      totals.replace += replaced;
      totals.delete += deleted;
      totals.bytes += bytes;
      list.push(...changes);
    },
    counts: () => ({
      created: totals.create,
      replaced: totals.replace,
      deleted: totals.delete,
      bytes: totals.bytes,
      ...(keepsList && { changes: list }),
    }),
  };
}
