/**
 * What the file system says, in the user's words.
 */
import { FeedError } from "../../errors.js";

/**
 * Codes that mean "there is no object of this path" to a reader; `ENOTDIR`: a file sits where a folder would be, `ESPIPE`:
 * it is a pipe.
 */
const absentCodes = new Set(["ENOENT", "ENOTDIR", "EISDIR", "ELOOP", "ENAMETOOLONG", "ESPIPE"]);

const fullCodes = new Set(["ENOSPC", "EDQUOT"]);

const reasons: Readonly<Record<string, { readonly reason: string; readonly hint: string }>> = {
  ENOSPC: {
    reason: "no space left",
    hint: "free some space and run the command again; it goes on where it stopped",
  },
  EDQUOT: { reason: "the disk quota is used up", hint: "free some space and run the command again" },
  EACCES: { reason: "permission denied", hint: "check who owns the folder and who may write to it" },
  EPERM: { reason: "not permitted", hint: "check the attributes of the file and who owns it" },
  EROFS: { reason: "the file system is read-only", hint: "choose a folder that can be written to" },
  ENOTDIR: {
    reason: "a file sits where a folder is needed",
    hint: "move that file out of the folder, or choose another folder",
  },
  EISDIR: { reason: "a folder sits on this path", hint: "move that folder away, or choose another folder" },
  EMFILE: { reason: "too many files are open", hint: "raise the limit of open files (ulimit -n)" },
  ENFILE: { reason: "too many files are open on this machine", hint: "raise the limit of open files" },
  ENAMETOOLONG: {
    reason: "the path is too long for this file system",
    hint: "choose a folder with a shorter path",
  },
};

/** The code of a file system's error, such as `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

export function isAbsent(error: unknown): boolean {
  return absentCodes.has(errorCode(error) ?? "");
}

/**
 * The error for a failed action on one path; what is a `FeedError` already, or none of the file system's errors (an
 * abort, a defect), stays as it is.
 */
export function storeError(action: string, folder: string, path: string, error: unknown): unknown {
  const code = errorCode(error);
  if (!(error instanceof Error) || error instanceof FeedError) return error;
  if (code === undefined || !("syscall" in error)) return error;
  const known = reasons[code];
  const reason = known?.reason ?? error.message;
  return new FeedError(
    fullCodes.has(code) ? "store-full" : "store-failed",
    `Cannot ${action} "${path}" in "${folder}": ${reason}`,
    { ...(known && { hint: known.hint }), cause: error },
  );
}
