/**
 * What a build is told and what it tells: options, progress, problems and the report, as plain data.
 */
import type { FeedSettings } from "../feed/settings.js";

export interface BuildOptions {
  /** Folders, single .nupkg files, or globs; at least one. */
  readonly sources: readonly string[];
  /** The folder that holds the feed, made when it is missing. */
  readonly output: string;
  readonly settings: FeedSettings;
  /** The origin that this build owns: it withdraws only versions of this name. Default `packages`. */
  readonly sourceName?: string;
  /** Plans everything and writes nothing; the report then holds every planned change. */
  readonly dryRun?: boolean;
  /** Any problem stops the build before its first write. */
  readonly strict?: boolean;
  /** Accepts sources without any package. */
  readonly allowEmpty?: boolean;
  /** Accepts that more than half of the known packages are gone. */
  readonly allowMassRemoval?: boolean;
  /** Accepts other bytes for a version that is published already. */
  readonly allowReplace?: boolean;
  /** How long to wait for another writer of the output, in seconds; default not at all. */
  readonly lockTimeout?: number;
  /** Worker threads; 0 does everything in place. Default: as many as there are processors, for large builds only. */
  readonly threads?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** A build into a store; the caller knows where it is. */
export type StoreBuildOptions = Omit<BuildOptions, "output">;

/**
 * In this order: files found, package files read, partitions written, search documents written, files deleted. A phase
 * with nothing to do is left out.
 */
export type BuildPhase = "scan" | "inspect" | "write" | "fold" | "delete";

export interface Progress {
  readonly phase: BuildPhase;
  readonly done: number;
  /** Absent while it is not known yet, as in the scan. */
  readonly total?: number;
}

export interface AddOptions {
  /** .nupkg files; at least one. */
  readonly packages: readonly string[];
  /** The folder that holds the feed. */
  readonly output: string;
  /** Any problem stops it before the first write. */
  readonly strict?: boolean;
  /** How long to wait for another writer of the output, in seconds; default not at all. */
  readonly lockTimeout?: number;
  /** When the versions are taken; default now. */
  readonly now?: Date;
  readonly signal?: AbortSignal;
}

export interface AddReport {
  readonly versions: readonly AddedVersion[];
  /** Feed files, state not counted. */
  readonly created: number;
  readonly replaced: number;
  readonly deleted: number;
  /** Bytes written, state not counted. */
  readonly bytes: number;
  /** Address of the service index. */
  readonly source: string;
  readonly problems: readonly Problem[];
}

export interface AddedVersion {
  readonly id: string;
  readonly version: string;
  readonly file: string;
  /** `exists`: the feed had it with the same bytes. */
  readonly kind: "added" | "exists";
}

/**
 * - `problem`: something the user gave is left out or was not understood; exit code 3.
 * - `warning`: taken as the reference client would take it.
 * - `note`: worth a line, nothing to mend.
 */
export type ProblemSeverity = "problem" | "warning" | "note";

export interface Problem {
  readonly severity: ProblemSeverity;
  /** Stable, for programs. */
  readonly code: string;
  /** The file that it is about, relative to the source root, where there is one. */
  readonly file?: string;
  /** A whole sentence without full stop that names the file. */
  readonly message: string;
  readonly hint?: string;
}

export type ChangeKind = "create" | "replace" | "delete";

/** One path that a build writes or deletes. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  readonly path: string;
}

export interface BuildReport {
  /** Package files found in the sources, broken ones included. */
  readonly packages: number;
  /** Versions in the feed afterwards, of every origin. */
  readonly versions: number;
  readonly ids: number;
  /** Versions without any date of publication. */
  readonly undated: number;
  /** Feed files, state not counted. */
  readonly created: number;
  readonly replaced: number;
  readonly kept: number;
  readonly deleted: number;
  /** Bytes written, state not counted. */
  readonly bytes: number;
  readonly problems: readonly Problem[];
  /** Only of a dry run: what would change, in write order, deletions last. */
  readonly changes?: readonly PlannedChange[];
}
