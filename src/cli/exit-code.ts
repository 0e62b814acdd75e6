/**
 * What a process ends with. Nothing else in the program knows exit codes.
 */
import { FeedError } from "../errors.js";

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

export const DONE: ExitCode = 0;
export const FAILED: ExitCode = 1;
export const WRONG_USAGE: ExitCode = 2;
export const PROBLEMS: ExitCode = 3;
export const LOCKED: ExitCode = 4;
export const INTERRUPTED: ExitCode = 130;

/** For the end of every help text. */
export const exitCodeHelp = `Exit codes:
  0    done
  1    failed: reading or writing was not possible, or nupress has a defect
  2    wrong usage or settings; nothing was written
  3    done but for problems; with --strict or a version with other bytes nothing was written
  4    somebody else is writing to the feed
  130  interrupted`;

/** Errors that another command line, or other settings, would not have met. */
const usageCodes = new Set([
  "usage",
  "proxy-invalid",
  "settings-invalid",
  "settings-missing",
  "settings-unknown",
  "packages-missing",
  "output-missing",
  "base-url-missing",
  "base-url-insecure",
  "source-missing",
  "folders-overlap",
  "foreign-feed",
  "no-packages",
  "mass-removal",
  "facts-invalid",
  "feed-missing",
  "port-taken",
  "port-forbidden",
  "host-unknown",
  "keys-invalid",
  "keys-missing",
  "keys-public",
]);

/** Packages stood in the way; the command itself was right. */
const problemCodes = new Set(["strict", "version-conflict", "version-exists"]);

const lockedCodes = new Set(["locked", "lock-lost"]);

export function exitCodeOf(error: unknown, signal: AbortSignal): ExitCode {
  if (isInterruption(error, signal)) return INTERRUPTED;
  if (!(error instanceof FeedError)) return FAILED;
  if (problemCodes.has(error.code)) return PROBLEMS;
  if (usageCodes.has(error.code)) return WRONG_USAGE;
  return lockedCodes.has(error.code) ? LOCKED : FAILED;
}

/** What ends a command that was told to stop; a failure on the way there still counts as one. */
export function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && (error === signal.reason || (error instanceof Error && error.name === "AbortError"))
  );
}
