/**
 * Removing the temporary files of writers that died between writing and renaming.
 */
import { readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent } from "./errors.js";
import { isTemporaryName } from "./names.js";

/** Looks into every folder, linked ones excepted, and removes nothing else. */
export async function removeTemporaryFiles(root: string): Promise<void> {
  const folders = [root];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readFolder(folder)) {
      if (entry.isDirectory()) folders.push(join(folder, entry.name));
      else if (entry.isFile() && isTemporaryName(entry.name)) await unlink(join(folder, entry.name));
    }
  }
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}
