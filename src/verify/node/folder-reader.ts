/**
 * Reads a folder by blocking calls, which take a fraction of the time of calls that cross the thread pool. For threads
 * and commands where nobody else waits; never for a server.
 */
import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
} from "node:fs";
import { join } from "node:path";
import { FeedError } from "../../errors.js";
import { errorCode, isAbsent, storeError } from "../../store/fs/errors.js";
import { isTemporaryName } from "../../store/fs/names.js";
import { createFolderPaths } from "../../store/fs/resolve.js";
import { openFolder } from "../../store/fs.js";
import { isSafePath } from "../../store/path.js";
import { type FeedReader, storeReader } from "../feed-reader.js";

/** Absent on Windows, where links cannot be told in the same call; the store reads everything there. */
const { O_NOFOLLOW } = constants;

/** No document of a feed is nearly as large; whatever is was not written by nupress. */
const MOST_READ = 1024 ** 3;

/** What a link is reported by, so that the store reads it: only it knows whether the link may be followed. */
const LINK = "ELOOP";

/** Answers and fails as the store of the folder does. */
export function folderReader(folder: string): FeedReader {
  const inner = storeReader(openFolder(folder));
  if (O_NOFOLLOW === undefined) return inner;
  const paths = createFolderPaths(folder);

  const blocking = async <T>(
    path: string,
    read: (file: string) => T | undefined,
    readLink: (path: string) => Promise<T | undefined>,
  ): Promise<T | undefined> => {
    try {
      return read(paths.writable(path).file);
    } catch (error) {
      if (errorCode(error) === LINK) return await readLink(path);
      if (isAbsent(error)) return undefined;
      throw storeError("read", folder, path, error);
    }
  };
  return {
    ...inner,
    isBlocking: true,
    size: async (path) => await blocking(path, sizeOf, inner.size),
    read: async (path, expected) =>
      await blocking(path, (file) => readFile(path, file, expected, O_NOFOLLOW), inner.read),
    list: (prefix) => listFiles(folder, prefix),
  };
}

function sizeOf(file: string): number | undefined {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink()) throw Object.assign(new Error("it is a link"), { code: LINK });
  return stats.isFile() ? stats.size : undefined;
}

function readFile(
  path: string,
  file: string,
  expected: number | undefined,
  noFollow: number,
): Uint8Array | undefined {
  const fd = openSync(file, constants.O_RDONLY | noFollow);
  try {
    return readExpected(fd, expected) ?? readWhole(path, fd);
  } finally {
    closeSync(fd);
  }
}

/** Asks for one byte more than there should be, which tells the size without another call. */
function readExpected(fd: number, expected: number | undefined): Uint8Array | undefined {
  if (expected === undefined) return undefined;
  const bytes = new Uint8Array(expected + 1);
  return readSync(fd, bytes, 0, bytes.length, 0) === expected ? bytes.subarray(0, expected) : undefined;
}

function readWhole(path: string, fd: number): Uint8Array | undefined {
  const stats = fstatSync(fd);
  if (!stats.isFile()) return undefined;
  if (stats.size > MOST_READ) throw unreadable(path, `it has ${stats.size} bytes`);
  const bytes = new Uint8Array(stats.size);
  for (let filled = 0; filled < bytes.length; ) {
    const count = readSync(fd, bytes, filled, bytes.length - filled, filled);
    if (count === 0) throw unreadable(path, "it became shorter while it was read");
    filled += count;
  }
  return bytes;
}

function unreadable(path: string, reason: string): FeedError {
  return new FeedError("store-failed", `Cannot read "${path}": ${reason}`);
}

/** Looks at names only. Links are files here, whatever they lead to. */
function* listFiles(root: string, prefix: string): Generator<string> {
  const folders = [prefix];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readFolder(root, folder)) {
      const path = folder + entry.name;
      if (entry.isDirectory()) folders.push(`${path}/`);
      else if (isSafePath(path) && !isTemporaryName(entry.name)) yield path;
    }
  }
}

function readFolder(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (isAbsent(error)) return [];
    throw storeError("list", root, folder, error);
  }
}
