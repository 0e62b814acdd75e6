/**
 * Listing a folder. Links to files inside the root are listed; linked folders are not walked, since they may form a
 * loop. Foreign files whose names no store takes are not listed either.
 */
import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { FeedError } from "../../errors.js";
import type { ListedObject } from "../store.js";
import { isAbsent } from "./errors.js";
import { fileInfo } from "./etag.js";
import type { FolderPaths } from "./resolve.js";

/** How many files are looked at together. */
const BATCH = 64;

/** `prefix` is empty or ends in `/`. */
export async function* listFiles(paths: FolderPaths, prefix: string): AsyncGenerator<ListedObject> {
  if (prefix !== "" && (await paths.existing(prefix.slice(0, -1))) === undefined) return;
  const folders = [prefix];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readFolder(join(paths.root, folder));
    for (const entry of entries) {
      if (entry.isDirectory()) folders.push(`${folder}${entry.name}/`);
    }
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    for (let at = 0; at < files.length; at += BATCH) {
      const batch = files.slice(at, at + BATCH).map((entry) => listedFile(paths, folder + entry.name, entry));
      for (const object of await Promise.all(batch)) if (object !== undefined) yield object;
    }
  }
}

async function readFolder(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function listedFile(
  paths: FolderPaths,
  path: string,
  entry: Dirent,
): Promise<ListedObject | undefined> {
  try {
    const file = entry.isSymbolicLink() ? await paths.existing(path) : paths.fileOf(path);
    const stats = file === undefined ? undefined : await stat(file, { bigint: true });
    return stats?.isFile() ? { path, ...fileInfo(stats) } : undefined;
  } catch (error) {
    const isNoObject = error instanceof FeedError && error.code === "path-unsafe";
    if (isNoObject || isAbsent(error)) return undefined;
    throw error;
  }
}
