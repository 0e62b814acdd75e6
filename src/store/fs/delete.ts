/**
 * Deleting one file, and the folders that become empty by it.
 */
import { lstatSync, rmdirSync, unlinkSync } from "node:fs";
import { dirname } from "node:path";
import { errorCode, isAbsent } from "./errors.js";

const notEmptyCodes = new Set(["ENOTEMPTY", "EEXIST", "EBUSY", "EPERM", "EACCES"]);

/**
 * A folder in place of the file is not an object, and stays. The folders of a file that is gone already are looked at as
 * well: a process may have died after it had deleted the file.
 */
export function deleteFile(root: string, file: string): void {
  try {
    if (lstatSync(file).isDirectory()) return;
    unlinkSync(file);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  removeEmptyFolders(root, dirname(file));
}

/**
 * Goes up as long as folders are empty or gone; whatever keeps one (a file, a link, its owner) ends the walk quietly.
 */
function removeEmptyFolders(root: string, folder: string): void {
  for (let at = folder; at !== root; at = dirname(at)) {
    try {
      rmdirSync(at);
    } catch (error) {
      if (errorCode(error) === "ENOENT") continue;
      if (notEmptyCodes.has(errorCode(error) ?? "") || isAbsent(error)) return;
      throw error;
    }
  }
}
