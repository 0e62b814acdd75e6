/**
 * A zip as plain data.
 */
import type { ByteSource } from "../byte-source.js";

export interface Zip {
  readonly source: ByteSource;
  /** In the order of the central directory, folders included. */
  readonly entries: readonly ZipEntry[];
}

/** One entry as the central directory has it; sizes are claims until the entry is read. */
export interface ZipEntry {
  /** With `/` as the separator, whatever the zip has; else as written. A folder ends in `/`. */
  readonly name: string;
  readonly size: number;
  readonly compressedSize: number;
  readonly crc32: number;
  /** 0 stored, 8 deflated; others cannot be read. */
  readonly method: number;
  /** Date word above time word, as MS-DOS had them. */
  readonly dosTime: number;
  /** Where the local header is, from the start of the source. */
  readonly offset: number;
  /** Where the next entry or the directory begins: nothing of this entry lies there or behind. */
  readonly endsBefore: number;
}

export const storedMethod = 0;
export const deflatedMethod = 8;

/** The fixed part of the header before an entry's content; name and extra fields follow. */
export const localHeaderLength = 30;
