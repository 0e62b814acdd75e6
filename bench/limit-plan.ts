/**
 * The work that a limit program is given: lines of operations, from which its threads take one after the other.
 */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { TreeFile } from "./feed-tree.js";

/** All paths are absolute. */
export type LimitOperation =
  /** Reads a file and hashes it. */
  | readonly ["read", file: string]
  /** Reads and hashes a file, and writes it to another place. */
  | readonly ["copy", from: string, to: string]
  /** Writes a new file of this many bytes. */
  | readonly ["write", to: string, size: number]
  /** Asks for size and time of every file below a folder. */
  | readonly ["look", folder: string];

const OPERATIONS_PER_LINE = 200;

/** Nothing at all: what it takes to start. */
export const NOTHING: readonly LimitOperation[] = [];

export function readAll(files: readonly string[]): LimitOperation[] {
  return files.map((file) => ["read", file]);
}

/**
 * The least that makes a feed of this shape: packages are copied from the source, other files are written in their size.
 *
 * @param tree sorted by path, so that a thread stays in one folder
 * @param sourceOf the package file that a path of the feed was copied from
 */
export function makeFeed(
  tree: readonly TreeFile[],
  target: string,
  sourceOf: (feedPath: string) => string | undefined,
): LimitOperation[] {
  return tree.map((file) => {
    const source = sourceOf(file.path);
    const to = path.join(target, file.path);
    return source === undefined ? ["write", to, file.size] : ["copy", source, to];
  });
}

/** As a file for {@link readLines}. */
export function savePlan(file: string, operations: readonly LimitOperation[]): void {
  const lines: string[] = [];
  for (let start = 0; start < operations.length; start += OPERATIONS_PER_LINE) {
    lines.push(JSON.stringify(operations.slice(start, start + OPERATIONS_PER_LINE)));
  }
  writeFileSync(file, lines.join("\n"));
}

/** Operations of one line of a saved plan. */
export function parseLine(line: string): readonly LimitOperation[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `savePlan` writes nothing else
  return JSON.parse(line) as readonly LimitOperation[];
}
