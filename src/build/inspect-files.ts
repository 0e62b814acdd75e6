/**
 * Reads the files that are new or changed, and notes by partition what they hold now.
 */
import path from "node:path";
import { lowerId } from "../nuget/id.js";
import { type PartitionNumber, partitionOf } from "../state/layout.js";
import type { FileToRead } from "./match.js";
import type { Problem } from "./options.js";
import { packageProblem, packageWarnings, readPackage } from "./read-package.js";
import { type SpillItem, type SpillLines, spillLine } from "./spill.js";

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
  const add = (partition: PartitionNumber, item: SpillItem): void => {
    lines.set(partition, (lines.get(partition) ?? "") + spillLine(item));
  };
  for (const file of files) {
    try {
      problems.push(...(await inspectFile(root, file, add)));
    } catch (error) {
      problems.push(packageProblem(file.path, error));
    }
  }
  return { problems, lines };
}

async function inspectFile(
  root: string,
  { path: name, known }: FileToRead,
  add: (partition: PartitionNumber, item: SpillItem) => void,
): Promise<Problem[]> {
  const reading = await readPackage(path.join(root, name), known?.sha512);
  const file = { path: name, mtime: reading.mtime };
  if (reading.kind === "same") {
    if (known !== undefined) add(known.partition, { kind: "touched", file });
    return [];
  }
  const { record, warnings } = reading;
  if (known !== undefined) add(known.partition, { kind: "gone", path: name });
  add(partitionOf(lowerId(record.id)), { kind: "package", record, file });
  return packageWarnings(name, warnings);
}
