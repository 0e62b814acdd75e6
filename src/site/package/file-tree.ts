/**
 * The files of a package as a tree with sizes.
 */
import type { PackageEntry } from "../../nuget/inspect.js";
import { byteSize } from "./byte-size.js";

export interface FileTree {
  /** Of all files. */
  readonly files: number;
  readonly size: string;
  readonly entries: readonly FileNode[];
}

export interface FileNode {
  readonly name: string;
  readonly size: string;
  /** Present for a folder: how many files are in it at any depth. */
  readonly files?: number;
  /** Folders first, then by name; absent for a file, and for a folder whose content is left out. */
  readonly entries?: readonly FileNode[];
  /** How many of the folder's own entries are left out. */
  readonly more?: number;
}

/** How many lines a tree has at most, so that the page stays small; deeper folders are then told by their sums. */
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
  const depth = shownDepth(root);
  return { files: root.files, size: byteSize(root.size), entries: nodesOf(root, depth).nodes };
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

function shortName(name: string): string {
  return name.length > maxName ? `${name.slice(0, maxName)}…` : name;
}

function childFolder(folder: Folder, name: string): Folder {
  const key = shortName(name);
  const child = folder.folders.get(key) ?? newFolder();
  folder.folders.set(key, child);
  return child;
}

/** The deepest level that can be shown whole within the limit; at least the first. */
function shownDepth(root: Folder): number {
  let lines = 0;
  let level = [root];
  for (let depth = 1; level.length > 0; depth++) {
    lines += level.reduce((sum, folder) => sum + folder.folders.size + folder.ownFiles.size, 0);
    if (lines > maxLines) return Math.max(1, depth - 1);
    level = level.flatMap((folder) => [...folder.folders.values()]);
  }
  return maxDepth + 1;
}

function nodesOf(folder: Folder, depth: number): { readonly nodes: FileNode[]; readonly more: number } {
  const nodes = [
    ...[...folder.folders].sort(byName).map(([name, child]) => folderNode(name, child, depth - 1)),
    ...[...folder.ownFiles].sort(byName).map(([name, size]) => ({ name, size: byteSize(size) })),
  ];
  return { nodes: nodes.slice(0, maxLines), more: Math.max(0, nodes.length - maxLines) };
}

function folderNode(name: string, folder: Folder, depth: number): FileNode {
  const sums = { name, size: byteSize(folder.size), files: folder.files };
  if (depth <= 0) return sums;
  const { nodes, more } = nodesOf(folder, depth);
  return { ...sums, entries: nodes, ...(more > 0 && { more }) };
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
