/**
 * The etag of a file: its size, time of last change and inode.
 *
 * Clocks of file systems tick in milliseconds and inodes are used again, so a file replaced twice within a tick could
 * get its first etag back. Therefore the time of a replacing file is always later than that of the replaced one.
 */
import { type BigIntStats, fstatSync, futimesSync } from "node:fs";
import type { Etag, ObjectInfo } from "../store.js";

const NANOSECONDS = 1_000_000_000;
const MILLISECOND = 1_000_000n;

export function fileInfo(stats: BigIntStats): ObjectInfo {
  return { size: Number(stats.size), etag: fileEtag(stats), modified: Number(stats.mtimeNs / MILLISECOND) };
}

export function fileEtag(stats: BigIntStats): Etag {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes etags of folders
  return [stats.size, stats.mtimeNs, stats.ino].map((part) => part.toString(36)).join("-") as Etag;
}

/** Sets the time of an open file behind that of `replaced`, if it is not, and returns what is known of it then. */
export function statAfter(fd: number, replaced: BigIntStats | undefined): BigIntStats {
  const stats = fstatSync(fd, { bigint: true });
  if (replaced === undefined || stats.mtimeNs > replaced.mtimeNs) return stats;
  const seconds = Number(replaced.mtimeNs + MILLISECOND) / NANOSECONDS;
  futimesSync(fd, seconds, seconds);
  return fstatSync(fd, { bigint: true });
}
