/**
 * Reads one package file: from bytes on disk to a record, or to the problem that keeps it out of the feed.
 */
import { PackageError } from "../errors.js";
import { assertShortName } from "../feed/file-names.js";
import { makeRecord, type PackageRecord } from "../feed/record.js";
import { lowerId } from "../nuget/id.js";
import { inspectPackage } from "../nuget/inspect.js";
import { digest } from "./node-hash.js";
import type { Problem } from "./options.js";
import { openPackageFile } from "./package-file.js";
import { isReservedName } from "./windows-names.js";

/**
 * - `same`: the file still has the hash that was known; nothing else was looked at.
 * - `package`: what the file holds.
 */
export type PackageReading =
  | { readonly kind: "same"; readonly mtime: number }
  | {
      readonly kind: "package";
      readonly record: PackageRecord;
      /** Whole milliseconds. */
      readonly mtime: number;
      readonly warnings: readonly string[];
    };

/**
 * @param place of the file
 * @param known SHA-512 in base64 that the file had before
 * @throws PackageError for a file that is no package, and the errors of the file system
 */
export async function readPackage(place: string, known?: string): Promise<PackageReading> {
  const file = openPackageFile(place);
  try {
    const { size, mtime } = file;
    const sha512 = await file.sha512();
    if (sha512 === known) {
      file.assertUnchanged();
      return { kind: "same", mtime };
    }
    const inspected = await inspectPackage(file.source);
    const record = await makeRecord(inspected, { size, sha512 }, digest);
    assertStorable(record);
    file.assertUnchanged();
    return { kind: "package", record, mtime, warnings: inspected.warnings };
  } finally {
    file.close();
  }
}

/** @throws PackageError for a version that the file system of this machine cannot hold */
export function assertStorable(record: PackageRecord): void {
  if (isReservedName(lowerId(record.id), process.platform)) throw reservedName(record.id);
  assertShortName(record);
}

function reservedName(id: string): PackageError {
  return new PackageError("id-reserved", `Windows cannot store files of the id "${id}"`, {
    hint: "build the feed on another system, or rename the package",
  });
}

/** What readers are told of a file that was read. */
export function packageWarnings(file: string, warnings: readonly string[]): Problem[] {
  return warnings.map((warning) => ({
    severity: "warning",
    code: "package-warning",
    file,
    message: `Package "${file}": ${warning}`,
  }));
}

/** What users are told of a file that could not be read; an error that is a defect is thrown again. */
export function packageProblem(file: string, error: unknown): Problem {
  const { code, reason, hint } = reasonOf(error);
  return {
    severity: "problem",
    code,
    file,
    message: `Cannot read package "${file}": ${reason}`,
    ...(hint !== undefined && { hint }),
  };
}

function reasonOf(error: unknown): { code: string; reason: string; hint?: string | undefined } {
  if (error instanceof PackageError) return { code: error.code, reason: error.message, hint: error.hint };
  if (error instanceof Error && "syscall" in error && "code" in error) {
    const code = String(error.code);
    return {
      code: "file-unreadable",
      reason: systemReasons.get(code) ?? `the file cannot be read (${code})`,
    };
  }
  throw error;
}

/** What the common errors of file systems mean to a reader. */
const systemReasons: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["ENOTDIR", "there is no such file"],
  ["EACCES", "permission denied"],
  ["EPERM", "permission denied"],
  ["EIO", "the disk cannot read it"],
  ["ELOOP", "it is a link that leads to itself"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
]);

/** Symbols packages have the id and version of their library, so they are never taken for packages. */
export function symbolsNote(count: number): Problem {
  return {
    severity: "note",
    code: "symbols-left-out",
    message: `${count} symbols ${count === 1 ? "package is" : "packages are"} left out; a feed holds no symbols`,
  };
}
