/**
 * From paths to files. Symbolic links are followed as long as they stay inside the folder: one that leads out would
 * let a reader of the feed see, or a build overwrite, what the folder's owner never meant to publish.
 */
import { lstatSync, realpathSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { unsafePath } from "../path.js";
import { isAbsent } from "./errors.js";
import { checkFilePath } from "./names.js";

/** More folders than a partition has; bounds the memory of a build of any size. */
const REMEMBERED_FOLDERS = 20_000;

export interface FolderPaths {
  /** Absolute, as given; may not exist yet. */
  readonly root: string;
  /** The file of a path, without asking the disk. */
  fileOf(path: string): string;
  /** The file to read, links resolved; `undefined` where there is none. */
  existing(path: string): Promise<string | undefined>;
  /** The file to write or delete; its folder does not lead out of the root. */
  writable(path: string): WritableFile;
  /** Says that the folder of a writable file, which was missing, was made. */
  noteMade(file: string): void;
}

export interface WritableFile {
  readonly file: string;
  /** A hint: others may make the folder or take it away at any time. */
  readonly isFolderMissing: boolean;
}

export function createFolderPaths(folder: string): FolderPaths {
  const root = resolve(folder);
  const checkedFolders = new Set<string>();
  const fileOf = (path: string): string => {
    checkFilePath(path);
    return placeOf(root, path);
  };
  return {
    root,
    fileOf,
    existing: async (path) => {
      const file = fileOf(path);
      const way = wayTo(root, path);
      return way === "linked" ? await followInside(root, file, path) : way === "plain" ? file : undefined;
    },
    noteMade: (file) => {
      checkedFolders.add(dirname(file));
    },
    writable: (path) => {
      const file = fileOf(path);
      const end = path.lastIndexOf("/");
      const parent = end === -1 ? root : placeOf(root, path.slice(0, end));
      if (checkedFolders.has(parent)) return { file, isFolderMissing: false };
      if (checkedFolders.size >= REMEMBERED_FOLDERS) checkedFolders.clear();
      return { file, isFolderMissing: !checkFolder(root, parent, checkedFolders, path) };
    },
  };
}

/** What `join` gives of a checked path, which has nothing to normalize. */
function placeOf(root: string, path: string): string {
  return sep === "/" && root !== "/" ? `${root}/${path}` : join(root, path);
}

/**
 * What is on the way from the root to a path: only folders down to something, a link, or nothing. Asked anew for every
 * read, since a server runs for long; these calls are too short to be worth waiting for.
 */
function wayTo(root: string, path: string): "plain" | "linked" | "absent" {
  for (let end = path.indexOf("/"); ; end = path.indexOf("/", end + 1)) {
    const part = end === -1 ? path : path.slice(0, end);
    const stats = lstatSync(join(root, part), { throwIfNoEntry: false });
    if (stats === undefined) return "absent";
    if (stats.isSymbolicLink()) return "linked";
    if (end === -1) return "plain";
  }
}

async function followInside(root: string, file: string, path: string): Promise<string | undefined> {
  try {
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
    if (!isInside(realRoot, realFile)) throw leadsOut(path);
    return realFile;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/**
 * Goes down from the root to a folder and makes sure that no link on the way leads out; what is made below the last
 * folder that exists lies inside as well.
 *
 * @returns whether the folder exists
 */
function checkFolder(root: string, folder: string, checked: Set<string>, path: string): boolean {
  if (checked.has(folder)) return true;
  if (folder !== root && !checkFolder(root, dirname(folder), checked, path)) return false;
  const stats = lstatSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  const isLink = stats.isSymbolicLink() && folder !== root;
  if (isLink && !isInside(realpathSync.native(root), realpathSync.native(folder))) throw leadsOut(path);
  checked.add(folder);
  return true;
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function leadsOut(path: string): Error {
  return unsafePath(path, "a symbolic link on it leads out of the folder");
}
