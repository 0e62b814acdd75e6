/**
 * A package file on disk: opened once, hashed while it is read, small ones read whole and large ones by ranges.
 */
import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { PackageError } from "../errors.js";
import { type ByteSource, bytesSource } from "../nuget/byte-source.js";
import type { Body } from "../store/store.js";

/** Up to this size a file is held in memory while it is worked on. */
const MOST_HELD = 1024 * 1024;
const CHUNK = 256 * 1024;

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
  assertUnchanged(): Promise<void>;
  close(): Promise<void>;
}

/** @throws the errors of the file system */
export async function openPackageFile(file: string): Promise<PackageFile> {
  const handle = await open(file, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    const held = size <= MOST_HELD ? await readExactly(handle, 0, size) : undefined;
    return {
      size,
      mtime: Math.floor(mtimeMs),
      source:
        held === undefined
          ? { size, read: (offset, length) => readExactly(handle, offset, length) }
          : bytesSource(held),
      sha512: async () => {
        const hash = createHash("sha512");
        for await (const chunk of chunks(handle, size, held)) hash.update(chunk);
        return hash.digest("base64");
      },
      body: () => held ?? { size, stream: () => ReadableStream.from(chunks(handle, size, undefined)) },
      assertUnchanged: async () => {
        const now = await handle.stat();
        if (now.size !== size || now.mtimeMs !== mtimeMs) throw changing();
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function* chunks(
  handle: FileHandle,
  size: number,
  held: Uint8Array | undefined,
): AsyncGenerator<Uint8Array> {
  if (held !== undefined) {
    yield held;
    return;
  }
  for (let offset = 0; offset < size; offset += CHUNK) {
    yield await readExactly(handle, offset, Math.min(CHUNK, size - offset));
  }
}

async function readExactly(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) throw changing();
    filled += bytesRead;
  }
  return bytes;
}

function changing(): PackageError {
  return new PackageError("package-changing", "it changed while it was read", {
    hint: "build again once nothing writes to the packages folder",
  });
}
