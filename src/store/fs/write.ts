/**
 * Writing one file. Small bodies go by synchronous calls: for the hundreds of thousands of small files of a feed they
 * take a third of the time of asynchronous ones, each of which crosses the thread pool.
 */
import {
  type BigIntStats,
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  rename as renameCallback,
  renameSync,
  rmSync,
  statSync,
  write as writeCallback,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { bodyChunks, uploadChunks } from "../body.js";
import { unsafePath } from "../path.js";
import type { Body, Etag, ObjectInfo, PutOptions, PutResult } from "../store.js";
import { errorCode, isAbsent } from "./errors.js";
import { fileEtag, fileInfo, statAfter } from "./etag.js";
import { temporaryBeside } from "./names.js";
import type { FolderPaths, WritableFile } from "./resolve.js";

/** Up to this size writing takes no longer than an asynchronous call takes to come back. */
const SYNCHRONOUS_LIMIT = 128 * 1024;

/** A deletion may remove a folder just after it was made; more often than this it is no accident. */
const OPEN_ATTEMPTS = 5;

const writeAsync = promisify(writeCallback);
/** Some file systems write a file to the disk before it replaces another, for which a whole server must not wait. */
const renameAsync = promisify(renameCallback);

interface NewFile {
  readonly target: WritableFile;
  /** Told of folders that are made. */
  readonly paths: FolderPaths;
}

/** One file to write; `path` is its name in the store. */
export interface FileWrite extends NewFile {
  readonly path: string;
  readonly body: Body;
  readonly options: PutOptions;
}

/** One file to write as its bytes come in. */
export interface FileUpload extends NewFile {
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal | undefined;
}

/**
 * Carries out a `put`, a small one at once; the caller holds the lock of the path. A file that must be absent is created
 * in its place, exclusively; any other is written beside it and renamed, so that readers see the old or the new one.
 */
export function writeFile(write: FileWrite): PutResult | Promise<PutResult> {
  const { file } = write.target;
  const { condition, signal } = write.options;
  signal?.throwIfAborted();
  if (condition !== undefined && "ifAbsent" in condition) return createFile(write);
  const replaced = statFile(file);
  if (condition !== undefined && !holdsEtag(file, replaced, condition.ifMatch)) return { kind: "conflict" };
  const temporary = temporaryBeside(file);
  return stored(fill(openNew(temporary, write), temporary, bodyFilling(write), replaced));
}

/** Carries out an `upload`; the caller holds the lock of the path. No more than a chunk is in memory at a time. */
export async function uploadFile(upload: FileUpload): Promise<ObjectInfo> {
  const { chunks, signal } = upload;
  const { file } = upload.target;
  signal?.throwIfAborted();
  const replaced = statFile(file);
  const temporary = temporaryBeside(file);
  const write = (fd: number): Promise<void> => writeChunks(fd, uploadChunks(chunks, signal));
  return fileInfo(await fill(openNew(temporary, upload), temporary, { file, signal, write }, replaced));
}

function createFile(write: FileWrite): PutResult | Promise<PutResult> {
  let fd: number;
  try {
    fd = openNew(write.target.file, write);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    refuseNoFile(write, statFile(write.target.file));
    return { kind: "conflict" };
  }
  return stored(fill(fd, write.target.file, bodyFilling(write), undefined));
}

/** Of a file that was filled at once, the answer is there at once. */
function stored(stats: BigIntStats | Promise<BigIntStats>): PutResult | Promise<PutResult> {
  return stats instanceof Promise ? stats.then(stored) : { kind: "stored", etag: fileEtag(stats) };
}

/** What a new file is filled with, and the place that it takes then. */
interface Filling {
  readonly file: string;
  readonly signal: AbortSignal | undefined;
  /** Nothing waits for a small body: to make promises of it would cost more than the write. */
  readonly write: (fd: number) => Promise<void> | undefined;
}

function bodyFilling(write: FileWrite): Filling {
  return { file: write.target.file, signal: write.options.signal, write: (fd) => writeBody(fd, write) };
}

/** Fills the new file `made` and moves it to its place; on any failure `made` is removed. */
function fill(
  fd: number,
  made: string,
  { file, signal, write }: Filling,
  replaced: BigIntStats | undefined,
): BigIntStats | Promise<BigIntStats> {
  let isOpen = true;
  const finish = (): BigIntStats | Promise<BigIntStats> => {
    signal?.throwIfAborted();
    const stats = statAfter(fd, replaced);
    isOpen = false;
    closeSync(fd);
    if (made === file) return stats;
    if (replaced !== undefined) return renameAsync(made, file).then(() => stats);
    renameSync(made, file);
    return stats;
  };
  const giveUp = (error: unknown): never => {
    if (isOpen) closeSync(fd);
    rmSync(made, { force: true });
    throw error;
  };
  try {
    const writing = write(fd);
    const done = writing === undefined ? finish() : writing.then(finish);
    return done instanceof Promise ? done.catch(giveUp) : done;
  } catch (error) {
    return giveUp(error);
  }
}

function writeBody(fd: number, { path, body, options }: FileWrite): Promise<void> | undefined {
  if (!(body instanceof Uint8Array)) return writeChunks(fd, bodyChunks(path, body, options.signal));
  if (body.length > SYNCHRONOUS_LIMIT) return writeChunks(fd, [body]);
  for (let offset = 0; offset < body.length; ) offset += writeSync(fd, body, offset);
  return undefined;
}

async function writeChunks(
  fd: number,
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  for await (const chunk of chunks) {
    for (let offset = 0; offset < chunk.length; ) {
      offset += (await writeAsync(fd, chunk, offset)).bytesWritten;
    }
  }
}

/** Opens a file that must not exist yet; its folder is made when it is missing. */
function openNew(file: string, { target, paths }: NewFile): number {
  if (target.isFolderMissing) {
    mkdirSync(dirname(file), { recursive: true });
    paths.noteMade(file);
  }
  for (let attempt = 1; ; attempt++) {
    try {
      return openSync(file, "wx");
    } catch (error) {
      if (errorCode(error) !== "ENOENT" || attempt === OPEN_ATTEMPTS) throw error;
      mkdirSync(dirname(file), { recursive: true });
    }
  }
}

/** What is known of the file (of a link itself, which is what a rename replaces); a folder in its place is refused. */
function statFile(file: string): BigIntStats | undefined {
  let stats: BigIntStats;
  try {
    stats = lstatSync(file, { bigint: true });
  } catch (error) {
    // A file in place of its folder is for the write to report.
    if (isAbsent(error)) return undefined;
    throw error;
  }
  if (stats.isDirectory()) throw folderInPlace(file);
  return stats;
}

/** A link is what it leads to, as for readers. */
function holdsEtag(file: string, stats: BigIntStats | undefined, etag: Etag): boolean {
  const target = stats?.isSymbolicLink() ? followLink(file) : stats;
  return target !== undefined && fileEtag(target) === etag;
}

/** To readers there is no object, so that whoever was told of a conflict would ask and try again for ever. */
function refuseNoFile({ path, target: { file } }: FileWrite, stats: BigIntStats | undefined): void {
  const found = stats?.isSymbolicLink() ? followLink(file) : stats;
  if (stats !== undefined && found === undefined) {
    throw unsafePath(path, "a symbolic link on it leads nowhere");
  }
  if (found !== undefined && !found.isFile()) throw unsafePath(path, "what sits on it is no file");
}

function followLink(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true });
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function folderInPlace(file: string): Error {
  return Object.assign(new Error(`EISDIR: ${file}`), { code: "EISDIR", syscall: "open" });
}
