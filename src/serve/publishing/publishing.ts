/**
 * What the routes that change a feed need of whoever runs them: a folder's server and a worker differ in nothing else.
 */
import type { LowerId } from "../../nuget/id.js";
import type { AuditLog } from "../../publish/audit.js";
import type { OverwritePolicy, PushContext } from "../../publish/push/context.js";
import type { IdState } from "../../state/id-state.js";
import type { PushLimit } from "./push-limit.js";

/** What DELETE means: hiding a version, as at the public gallery, or taking it away. */
export type Deletion = "unlist" | "delete";

export const DELETIONS: readonly Deletion[] = ["unlist", "delete"];

/** Whether a version may get other bytes, or go. */
export function contentMayChange({
  overwrite = "never",
  deletion = "unlist",
}: {
  readonly overwrite?: OverwritePolicy;
  readonly deletion?: Deletion;
}): boolean {
  return overwrite !== "never" || deletion === "delete";
}

export interface Publishing {
  /** As the feed is now; begins one where there is none. */
  readonly context: () => Promise<PushContext>;
  /**
   * Runs a change of an id. Where one process does everything, it runs neither beside bulk commands nor beside changes that
   * would come in its way.
   */
  readonly run: <T>(change: () => Promise<T>, id: LowerId) => Promise<T>;
  /** Told after every change. */
  readonly onChanged: (state: IdState) => void;
  readonly audit: AuditLog;
  readonly deletion: Deletion;
  readonly limit: PushLimit;
  /** Bytes of a whole request. */
  readonly largestBody: number;
  /** Milliseconds that may be waited for a little more of a body. */
  readonly stall: number;
  /** Whether everybody may change the feed who reaches the server, as long as there is no key. */
  readonly isOpenWithoutKeys: boolean;
}

/** As the public gallery takes them (protocol.md §7.3). */
export const DEFAULT_LARGEST_BODY = 262_144_000;
export const DEFAULT_STALL = 60_000;
export const DEFAULT_PARALLEL = { parallel: 8, waiting: 200 };
