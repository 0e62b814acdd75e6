/**
 * Which names the folder store gives to files, and which it keeps for itself.
 */
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { checkPath, unsafePath } from "../path.js";

const temporaryName = /^\.nupress-[\w-]+\.tmp$/;

/**
 * What Windows cannot store or takes for another file: `NUL.txt` is the null device, `a:b` a stream of `a`, `a.` is
 * stored as `a`, and `FEED-S~1` is a short name of `feed-state`.
 */
const windowsName = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[<>:"|?*]|[. ]$|~\d/i;

/** Differs between processes, machines and worker threads that write to one folder. */
const writer = `${process.pid}-${randomBytes(4).toString("hex")}`;
let temporaryCount = 0;

/** A name that no object has, in the folder of `file`, so that renaming stays within one file system. */
export function temporaryBeside(file: string): string {
  temporaryCount += 1;
  return join(dirname(file), `.nupress-${writer}-${temporaryCount}.tmp`);
}

export function isTemporaryName(name: string): boolean {
  return temporaryName.test(name);
}

/** {@link checkPath}, and the names that are no objects of a folder. */
export function checkFilePath(path: string, platform = process.platform): void {
  checkPath(path);
  if (isTemporaryName(path.slice(path.lastIndexOf("/") + 1)))
    throw unsafePath(path, "the name is kept for files being written");
  if (platform !== "win32") return;
  const segment = path.split("/").find((name) => windowsName.test(name));
  if (segment !== undefined) throw unsafePath(path, `Windows cannot store the name "${segment}"`);
}
