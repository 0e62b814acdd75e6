/**
 * Reads the files that are new or changed, and notes by partition what they hold now.
 */
import path from "node:path";
import { PackageError } from "../errors.js";
import { makeRecord } from "../feed/record.js";
import { lowerId } from "../nuget/id.js";
import { inspectPackage } from "../nuget/inspect.js";
import { type PartitionNumber, partitionOf } from "../state/layout.js";
import type { FileToRead } from "./match.js";
import { digest } from "./node-hash.js";
import type { Problem } from "./options.js";
import { openPackageFile } from "./package-file.js";
import { type SpillItem, type SpillLines, spillLine } from "./spill.js";
import { isReservedName } from "./windows-names.js";

/** What was found in files, and what it means for the partitions. */
export interface InspectedFiles {
  readonly problems: readonly Problem[];
  readonly lines: SpillLines;
}

/**
 * Reads files one after the other; calls to the disk block, so side by side would gain nothing. A file that cannot be
 * read is a problem and nothing more: what the feed holds of it stays.
 *
 * @param root absolute folder that the paths are relative to
 * @returns problems and warnings in the order of the files
 */
export async function inspectFiles(files: readonly FileToRead[], root: string): Promise<InspectedFiles> {
  const lines = new Map<PartitionNumber, string>();
  const problems: Problem[] = [];
  for (const file of files) {
    try {
      problems.push(...(await inspectFile(root, file, lines)));
    } catch (error) {
      problems.push(unreadable(file.path, error));
    }
  }
  return { problems, lines };
}

async function inspectFile(
  root: string,
  file: FileToRead,
  lines: Map<PartitionNumber, string>,
): Promise<Problem[]> {
  const opened = openPackageFile(path.join(root, file.path));
  try {
    const origin = { path: file.path, mtime: opened.mtime };
    const sha512 = await opened.sha512();
    if (file.known !== undefined && file.known.sha512 === sha512) {
      opened.assertUnchanged();
      addItem(lines, file.known.partition, { kind: "touched", file: origin });
      return [];
    }
    const inspected = await inspectPackage(opened.source);
    const record = await makeRecord(inspected, { size: opened.size, sha512 }, digest);
    const id = lowerId(record.id);
    if (isReservedName(id, process.platform)) throw reservedName(record.id);
    opened.assertUnchanged();
    if (file.known !== undefined) addItem(lines, file.known.partition, { kind: "gone", path: file.path });
    addItem(lines, partitionOf(id), { kind: "package", record, file: origin });
    return inspected.warnings.map((warning) => ({
      severity: "warning",
      code: "package-warning",
      file: file.path,
      message: `Package "${file.path}": ${warning}`,
    }));
  } finally {
    opened.close();
  }
}

function addItem(lines: Map<PartitionNumber, string>, partition: PartitionNumber, item: SpillItem): void {
  lines.set(partition, (lines.get(partition) ?? "") + spillLine(item));
}

function reservedName(id: string): PackageError {
  return new PackageError("id-reserved", `Windows cannot store files of the id "${id}"`, {
    hint: "build the feed on another system, or rename the package",
  });
}

function unreadable(file: string, error: unknown): Problem {
  const known = asReason(error);
  if (known === undefined) throw error;
  return {
    severity: "problem",
    code: known.code,
    file,
    message: `Cannot read package "${file}": ${known.reason}`,
    ...(known.hint !== undefined && { hint: known.hint }),
  };
}

/** Errors of the package or of its file; anything else is a defect. */
function asReason(error: unknown): { code: string; reason: string; hint?: string | undefined } | undefined {
  if (error instanceof PackageError) return { code: error.code, reason: error.message, hint: error.hint };
  if (error instanceof Error && "syscall" in error && "code" in error) {
    return { code: "file-unreadable", reason: `the file cannot be read (${String(error.code)})` };
  }
  return undefined;
}
