/**
 * The files of a package as a tree with sizes.
 */
import type { PackageEntry } from "../../nuget/inspect.js";
import { withoutBidiControls } from "../readme/bidi.js";
import { byteSize } from "./byte-size.js";

export interface FileTree {
  /** Of all files. */
  readonly files: number;
  readonly size: string;
  readonly entries: readonly FileNode[];
  /** How many of the first level are left out. */
  readonly more?: number;
}

export interface FileNode {
  readonly name: string;
  readonly size: string;
  /** Present for a folder: how many files are in it at any depth. */
  readonly files?: number;
  /** Folders first, then by name; absent for a file, and for a folder whose content is left out. */
  readonly entries?: readonly FileNode[];
}

/** How many lines a tree has at most, so that the page stays small; what would be too much is told by its sum. */
const maxLines = 250;

interface Folder {
  readonly folders: Map<string, Folder>;
  readonly ownFiles: Map<string, number>;
  files: number;
  size: number;
}

/** What a package has because it is a zip of that kind; clients do not unpack it. */
const plumbing = /^(?:_rels\/\.rels|\[Content_Types\]\.xml|package\/services\/metadata\/.*\.psmdcp)$/i;

/** @param entries all files of the package, by path */
export function fileTree(entries: readonly PackageEntry[]): FileTree {
  const root = newFolder();
  for (const { name, size } of entries) if (!plumbing.test(name)) addFile(root, name, size);
  return { files: root.files, size: byteSize(root.size), ...nodesOf(root, openFolders(root)) };
}

function newFolder(): Folder {
  return { folders: new Map(), ownFiles: new Map(), files: 0, size: 0 };
}

function addFile(root: Folder, path: string, size: number): void {
  // What is deeper than any real path is shown flat: the tree is walked by recursion.
  const parts = path.split("/");
  const folders = parts.slice(0, Math.min(parts.length - 1, maxDepth));
  let folder = root;
  for (const name of [undefined, ...folders]) {
    folder = name === undefined ? root : childFolder(folder, name);
    folder.files += 1;
    folder.size += size;
  }
  folder.ownFiles.set(shortName(parts.slice(folders.length).join("/")), size);
}

const maxDepth = 20;
const maxName = 150;

function shortName(path: string): string {
  const name = withoutBidiControls(path);
  return name.length > maxName ? `${name.slice(0, maxName)}…` : name;
}

function childFolder(folder: Folder, name: string): Folder {
  const key = shortName(name);
  const child = folder.folders.get(key) ?? newFolder();
  folder.folders.set(key, child);
  return child;
}

/** The folders whose content is shown: level by level, those for which there is room. */
function openFolders(root: Folder): ReadonlySet<Folder> {
  const open = new Set([root]);
  let left = maxLines - linesOf(root);
  // A set goes on to what is added to it on the way, so this is breadth first.
  for (const folder of open) {
    for (const child of folder.folders.values()) {
      if (linesOf(child) > left) continue;
      left -= linesOf(child);
      open.add(child);
    }
  }
  return open;
}

function linesOf({ folders, ownFiles }: Folder): number {
  return folders.size + ownFiles.size;
}

function nodesOf(folder: Folder, open: ReadonlySet<Folder>): Pick<FileTree, "entries" | "more"> {
  const folders = [...folder.folders].sort(byName).map(([name, child]) => folderNode(name, child, open));
  const files = [...folder.ownFiles].sort(byName).map(([name, size]) => ({ name, size: byteSize(size) }));
  const entries = [...folders, ...files];
  const more = entries.length - maxLines;
  return { entries: entries.slice(0, maxLines), ...(more > 0 && { more }) };
}

function folderNode(name: string, folder: Folder, open: ReadonlySet<Folder>): FileNode {
  const sums = { name, size: byteSize(folder.size), files: folder.files };
  return open.has(folder) ? { ...sums, entries: nodesOf(folder, open).entries } : sums;
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
