/**
 * A feed as a stranger sees it: documents by path, addresses that lead to paths, and nothing of the state.
 */
import type { Finding } from "./finding.js";

export interface FeedView {
  /** The path that an address leads to; `undefined` for addresses outside of the feed. */
  readonly pathOf: (url: string) => string | undefined;
  /** The document at a path; `undefined` when there is none, which is found elsewhere. */
  readonly read: (path: string) => Promise<unknown>;
  /** Whether something lies at a path, or is found missing elsewhere. */
  readonly exists: (path: string) => Promise<boolean>;
}

/** Where a feed keeps what belongs to ids, as its service index says; paths of folders end in `/`. */
export interface FeedFolders {
  readonly flatContainer: string;
  /** The hive of all versions first, then those that leave some out. */
  readonly hives: readonly string[];
}

/** A check of one document or of a few that belong together. */
export type Findings = Promise<Finding[]>;
