/**
 * A package file on disk. Small ones are read whole by blocking calls, which take a fraction of the time of calls that
 * cross the thread pool; large ones are read by ranges and streamed, never held.
 */
import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, read as readCallback, readSync } from "node:fs";
import { promisify } from "node:util";
import { PackageError } from "../errors.js";
import { type ByteSource, bytesSource } from "../nuget/byte-source.js";
import { chunkStream } from "../store/body.js";
import type { Body } from "../store/store.js";
import { lendMemory } from "./memory-pool.js";
import { nodeCodec } from "./node-codec.js";
import { sha512 } from "./node-hash.js";

/** Up to this size a file is held in memory while it is worked on. */
const MOST_HELD = 1024 * 1024;
const CHUNK = 256 * 1024;

/** Without waiting: to open a pipe would wait for somebody who writes to it. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const read = promisify(readCallback);

/** What it gives of the bytes of the file is good until it is closed. */
export interface PackageFile {
  readonly size: number;
  /** Whole milliseconds. */
  readonly mtime: number;
  readonly source: ByteSource;
  /** SHA-512 in base64; reads a large file once, front to back. */
  sha512(): Promise<string>;
  /** The whole file, for a write. */
  body(): Body;
  /** @throws PackageError `package-changing` when the file is not what it was when it was opened */
  assertUnchanged(): void;
  close(): void;
}

/** @throws PackageError `not-a-file` for folders, pipes and the like, and the errors of the file system */
export function openPackageFile(file: string): PackageFile {
  const fd = openSync(file, READ);
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) throw notAFile(stats.isDirectory() ? "it is a folder" : "it is no regular file");
    const { size, mtimeMs } = stats;
    const content = size <= MOST_HELD ? heldContent(fd, size) : streamedContent(fd, size);
    return {
      source: content.source,
      sha512: content.sha512,
      body: content.body,
      size,
      mtime: Math.floor(mtimeMs),
      assertUnchanged: () => {
        const now = fstatSync(fd);
        if (now.size !== size || now.mtimeMs !== mtimeMs) throw changing();
      },
      close: () => {
        content.giveBack();
        closeSync(fd);
      },
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

type Content = Pick<PackageFile, "source" | "sha512" | "body"> & {
  /** Ends the use of the memory in which the content is held. */
  readonly giveBack: () => void;
};

function heldContent(fd: number, size: number): Content {
  const { bytes, giveBack } = lendMemory(size);
  for (let filled = 0; filled < size; ) {
    const count = readSync(fd, bytes, filled, size - filled, filled);
    if (count === 0) throw changing();
    filled += count;
  }
  return {
    source: bytesSource(bytes, nodeCodec),
    sha512: async () => sha512(bytes),
    body: () => bytes,
    giveBack,
  };
}

function streamedContent(fd: number, size: number): Content {
  return {
    source: { size, codec: nodeCodec, read: async (offset, length) => await readRange(fd, offset, length) },
    sha512: async () => {
      const hash = createHash("sha512");
      for await (const chunk of chunks(fd, size)) hash.update(chunk);
      return hash.digest("base64");
    },
    body: () => ({ size, stream: () => chunkStream(chunks(fd, size)) }),
    giveBack: () => {},
  };
}

async function* chunks(fd: number, size: number): AsyncGenerator<Uint8Array> {
  for (let offset = 0; offset < size; offset += CHUNK) {
    yield await readRange(fd, offset, Math.min(CHUNK, size - offset));
  }
}

async function readRange(fd: number, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  for (let filled = 0; filled < length; ) {
    const { bytesRead } = await read(fd, bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw changing();
    filled += bytesRead;
  }
  return bytes;
}

function notAFile(reason: string): PackageError {
  return new PackageError("not-a-file", `${reason}, and a package is a file`);
}

function changing(): PackageError {
  return new PackageError("package-changing", "it changed while it was read", {
    hint: "build again once nothing writes to the packages folder",
  });
}
