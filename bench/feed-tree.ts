/**
 * What lies in an output folder, and what a run changed in it.
 */
import { type Dirent, readdirSync, statSync } from "node:fs";
import path from "node:path";

export interface TreeFile {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Differs when the file was written. */
  readonly mark: string;
}

export interface FeedTree {
  /** Sorted by path. */
  readonly files: readonly TreeFile[];
  /** Differs when a file was made or deleted in the folder of the state, such as a lock. */
  readonly stateFolder: string;
}

/** A missing folder is an empty one. */
export function readTree(folder: string): FeedTree {
  const files = [...walk(folder, "")].sort((a, b) => (a.path < b.path ? -1 : 1));
  const state = statSync(path.join(folder, "feed-state"), { throwIfNoEntry: false });
  return { files, stateFolder: String(state?.mtimeMs) };
}

/** The files of `after` that are new or were written since `before`. */
export function writtenSince(before: FeedTree, after: FeedTree): TreeFile[] {
  const marks = new Map(before.files.map((file) => [file.path, file.mark]));
  return after.files.filter((file) => marks.get(file.path) !== file.mark);
}

function* walk(root: string, below: string): Generator<TreeFile> {
  for (const entry of entriesOf(path.join(root, below))) {
    const relative = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) {
      yield* walk(root, relative);
    } else {
      const { size, ino, mtimeMs } = statSync(path.join(root, relative));
      yield { path: relative, size, mark: `${ino} ${mtimeMs}` };
    }
  }
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}
