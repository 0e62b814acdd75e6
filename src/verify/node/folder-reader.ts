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
import { join, resolve } from "node:path";
import { FeedError } from "../../errors.js";
import { errorCode, isAbsent, storeError } from "../../store/fs/errors.js";
import { isTemporaryName } from "../../store/fs/names.js";
import { createFolderPaths } from "../../store/fs/resolve.js";
import { openFolder } from "../../store/fs.js";
import { isSafePath } from "../../store/path.js";
import { type FeedReader, storeReader } from "../feed-reader.js";

/** Absent on Windows, where links cannot be told in the same call; the store reads everything there. */
const { O_NOFOLLOW, O_NONBLOCK } = constants;

/** What a link is reported by, so that the store reads it: only it knows whether the link may be followed. */
const LINK = "ELOOP";

/** No document of a feed is nearly as large; whatever is was not written by nupress. */
const MOST_READ = 1024 ** 3;

/** Files below this size are looked at in one piece of memory, which is used again and again. */
const POOLED = 1024 * 1024;

/** Answers and fails as the store of the folder does. */
export function folderReader(folder: string): FeedReader {
  const inner = storeReader(openFolder(folder));
  if (O_NOFOLLOW === undefined) return inner;
  const fileOf = fileFinder(folder);
  const pool = createPool();

  /** Not asynchronous by itself: for tens of thousands of small files, that would take as long as reading them. */
  const blocking = <T>(
    path: string,
    read: (file: string) => T,
    readLink: () => Promise<T | undefined>,
  ): T | undefined | Promise<T | undefined> => {
    try {
      return read(fileOf(path));
    } catch (error) {
      if (errorCode(error) === LINK) return readLink();
      if (isAbsent(error)) return undefined;
      throw storeError("read", folder, path, error);
    }
  };
  return {
    ...inner,
    isBlocking: true,
    size: async (path) => await blocking(path, sizeOf, () => inner.size(path)),
    read: async (path) =>
      await blocking(
        path,
        (file) => withFile(file, (fd) => readFresh(path, fd)),
        () => inner.read(path),
      ),
    look: async (path, use) => {
      const memory = pool.lend();
      try {
        const found = blocking(
          path,
          (file) => withFile(file, (fd) => readInto(fd, memory) ?? readFresh(path, fd)),
          () => inner.read(path),
        );
        const bytes = found instanceof Promise ? await found : found;
        return bytes === undefined ? undefined : await use(bytes);
      } finally {
        pool.giveBack(memory);
      }
    },
    list: (prefix) => listFiles(folder, prefix),
  };
}

/** The file of a path, to be read without following a link at its end; what leads out of the folder is refused. */
function fileFinder(folder: string): (path: string) => string {
  const root = resolve(folder);
  const paths = createFolderPaths(folder);
  let lastFolder: string | undefined;
  return (path) => {
    const end = path.lastIndexOf("/");
    // Most files lie beside the one before; the others are checked from the root on.
    if (end > 0 && path.slice(0, end) === lastFolder && isSafePath(path) && path[end + 1] !== ".") {
      return `${root}/${path}`;
    }
    const { file, isFolderMissing } = paths.writable(path);
    if (!isFolderMissing) lastFolder = path.slice(0, end);
    return file;
  };
}

interface Pool {
  readonly lend: () => Uint8Array;
  readonly giveBack: (memory: Uint8Array) => void;
}

/** Fresh memory for every file would cost as much as reading it; whoever comes while it is lent gets fresh memory. */
function createPool(): Pool {
  let free: Uint8Array | undefined;
  return {
    lend: () => {
      const lent = free ?? new Uint8Array(POOLED);
      free = undefined;
      return lent;
    },
    giveBack: (memory) => {
      free = memory;
    },
  };
}

function sizeOf(file: string): number | undefined {
  const stats = lstatSync(file);
  if (stats.isSymbolicLink()) throw Object.assign(new Error("it is a link"), { code: LINK });
  return stats.isFile() ? stats.size : undefined;
}

function withFile<T>(file: string, use: (fd: number) => T): T {
  const fd = openSync(file, constants.O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** @returns `undefined` for a file that does not fit */
function readInto(fd: number, memory: Uint8Array): Uint8Array | undefined {
  for (let filled = 0; filled < memory.length; ) {
    const count = readSync(fd, memory, filled, memory.length - filled, filled);
    if (count === 0) return memory.subarray(0, filled);
    filled += count;
  }
  return undefined;
}

function readFresh(path: string, fd: number): Uint8Array | undefined {
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
