/**
 * What every step of publishing needs: where to write, with which settings, and what the runtime hands in.
 */
import type { ContentKind } from "../feed/content.js";
import type { Digest, DigestBytes } from "../feed/digest.js";
import type { FeedSettings } from "../feed/settings.js";
import type { FeedPath } from "../feed/urls.js";
import type { PackageEntry } from "../nuget/inspect.js";
import type { StoredRecord } from "../state/id-state.js";
import type { Body, Etag, Store } from "../store/store.js";

export interface PublishContext {
  readonly store: Store;
  readonly settings: FeedSettings;
  readonly settingsDigest: Digest;
  readonly digest: DigestBytes;
  readonly openContent: OpenContent;
  /** How many writes may be under way at once. */
  readonly concurrency: number;
  /** Nothing lay below the feed's folders before: no foreign file can be in the way. */
  readonly isVacant: boolean;
  /** Plans everything and writes nothing. */
  readonly dryRun: boolean;
  /** Told of every feed file that is written or deleted; in a dry run, of every one that would be. */
  readonly onChange: (change: AppliedChange) => void;
  /** Told how far those steps are that every command does itself, and that may be long. */
  readonly onProgress?: (progress: PublishProgress) => void;
  readonly signal?: AbortSignal;
  /** Others change ids of the feed while this runs. Absent where a lock keeps everybody else out. */
  readonly isShared?: true;
  /**
   * For stores that others write to at the same time: what lay at each path before the state was read. Files are then
   * written only where that still lies there.
   */
  readonly standing?: StandingFiles;
}

/** `undefined` where nothing lay. */
export type StandingFiles = ReadonlyMap<FeedPath, Etag | undefined>;

/** `fold`: groups of search shards made; `delete`: files deleted. */
export interface PublishProgress {
  readonly phase: "fold" | "delete";
  readonly done: number;
  readonly total: number;
}

export interface AppliedChange {
  readonly kind: "create" | "replace" | "delete";
  readonly path: string;
  /** Bytes written; 0 for deletions and in dry runs. */
  readonly size: number;
}

/** Opens the package of a record to take files out of it. */
export type OpenContent = (record: StoredRecord) => Promise<PackageContent>;

export interface PackageContent {
  /** The bytes of one file, exactly as the record's digests say. */
  body(kind: Exclude<ContentKind, "sha512">): Promise<Body>;
  /** What is in it, in the order of the zip. */
  entries(): Promise<readonly PackageEntry[]>;
  close(): Promise<void>;
}
