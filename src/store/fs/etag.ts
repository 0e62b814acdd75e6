/**
 * The etag of a file: its size, time of last change and inode.
 *
 * Clocks of file systems tick in milliseconds and inodes are used again, so a file replaced twice within a tick could
 * get its first etag back. Therefore the time of a replacing file is always later than that of the replaced one.
 *
 * Times and inodes are taken as plain numbers, good to a microsecond and to 2^53: exact ones take longer to make than
 * the question to the system.
 */
import { fstatSync, futimesSync, type Stats } from "node:fs";
import type { Etag, ObjectInfo } from "../store.js";

const MICROSECONDS = 1000;
const MILLISECONDS = 1000;

export function fileInfo(stats: Stats): ObjectInfo {
  return { size: stats.size, etag: fileEtag(stats), modified: Math.floor(stats.mtimeMs) };
}

export function fileEtag({ size, mtimeMs, ino }: Stats): Etag {
  const time = Math.round(mtimeMs * MICROSECONDS);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes etags of folders
  return `${size.toString(36)}-${time.toString(36)}-${ino.toString(36)}` as Etag;
}

/** Sets the time of an open file behind that of `replaced`, if it is not, and returns what is known of it then. */
export function statAfter(fd: number, replaced: Stats | undefined): Stats {
  const stats = fstatSync(fd);
  if (replaced === undefined || isLater(stats, replaced)) return stats;
  const seconds = Math.floor(replaced.mtimeMs + 2) / MILLISECONDS;
  futimesSync(fd, seconds, seconds);
  return fstatSync(fd);
}

/** By a whole microsecond, so that the etags differ. */
function isLater(stats: Stats, replaced: Stats): boolean {
  return Math.round(stats.mtimeMs * MICROSECONDS) > Math.round(replaced.mtimeMs * MICROSECONDS);
}
