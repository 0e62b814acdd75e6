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
  const list = new Map<string, PlannedChange>();
  const add = ({ kind, path, size }: AppliedChange): void => {
    // Ids that share an asset plan it each for itself; a real build writes it once.
    if (list.has(path)) return;
    totals[kind]++;
    totals.bytes += size;
    if (keepsList) list.set(path, { kind, path });
  };
  return {
    add,
    addCounts: ({ created, replaced, deleted, bytes, changes = [] }) => {
      if (keepsList) {
        for (const change of changes) add({ ...change, size: 0 });
        return;
      }
      totals.create += created;
      totals.replace += replaced;
      totals.delete += deleted;
      totals.bytes += bytes;
    },
    counts: () => ({
      created: totals.create,
      replaced: totals.replace,
      deleted: totals.delete,
      bytes: totals.bytes,
      ...(keepsList && { changes: [...list.values()] }),
    }),
  };
}
