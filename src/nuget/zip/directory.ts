/**
 * Reads the central directory. It alone says where entries are and how large they are: local headers may have
 * zeros there (protocol.md §10.1, data descriptors).
 */
import { PackageError } from "../../errors.js";
import type { ByteSource } from "../byte-source.js";
import { quoted } from "../quoted.js";
import type { EndRecord } from "./end-record.js";
import { type DraftEntry, setEntryEnds } from "./entry-ends.js";
import { readEntryName } from "./entry-name.js";
import { damaged } from "./errors.js";
import type { ZipEntry } from "./model.js";
import { u16, u32, u64, viewOf } from "./view.js";

/** Far more than packages have. A zip that claims more is refused before its directory is read. */
const maxEntryCount = 100_000;
const maxDirectorySize = 32 * 1024 * 1024;

const signature = 0x02014b50;
const headerLength = 46;
const max32 = 0xffffffff;
const zip64Tag = 1;

// Encrypted, strongly encrypted, and a directory whose values are masked because it is encrypted itself.
const encryptedFlags = 0x0001 | 0x0040 | 0x2000;
const utf8Flag = 0x0800;

/** @throws PackageError as `openZip` tells */
export async function readDirectory(source: ByteSource, end: EndRecord): Promise<readonly ZipEntry[]> {
  checkLimits(end);
  const { bytes, start, base } = await readDirectoryBytes(source, end);
  const directory = { bytes, view: viewOf(bytes), base };
  const entries: DraftEntry[] = [];
  let at = 0;
  while (entries.length < end.entryCount) {
    const header = readHeader(directory, at);
    entries.push(header.entry);
    at = header.end;
  }
  if (startsWithHeader(directory.view, at)) throw damaged("it has more entries than its end record says");
  setEntryEnds(entries, start);
  return entries;
}

function checkLimits({ entryCount, directorySize }: EndRecord): void {
  if (entryCount > maxEntryCount) {
    throw tooManyEntries(`${entryCount} entries, a package may have ${maxEntryCount}`);
  }
  if (directorySize > maxDirectorySize) {
    throw tooManyEntries(`a directory of ${directorySize} bytes, a package may have ${maxDirectorySize}`);
  }
}

function tooManyEntries(what: string): PackageError {
  return new PackageError("zip-too-many-entries", `the zip has ${what}`);
}

/**
 * The directory lies where the end record says or, with other bytes before the zip, right before the end records;
 * then all offsets are short by the length of those bytes, which is `base`. Bytes both before and behind are not
 * accepted: so looks a truncated file whose last entry is a zip itself.
 */
async function readDirectoryBytes(source: ByteSource, end: EndRecord) {
  const { directorySize: size, directoryOffset: offset, directoryEnd } = end;
  if (offset + size <= directoryEnd) {
    const bytes = await source.read(offset, size);
    if (end.entryCount === 0 || startsWithHeader(viewOf(bytes), 0)) return { bytes, start: offset, base: 0 };
  }
  const start = directoryEnd - size;
  const base = start - offset;
  if (base <= 0 || end.trailingLength > 0) throw damaged("its end record does not point to its directory");
  return { bytes: await source.read(start, size), start, base };
}

interface Directory {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly base: number;
}

function startsWithHeader(view: DataView, at: number): boolean {
  return at + headerLength <= view.byteLength && u32(view, at) === signature;
}

function readHeader({ bytes, view, base }: Directory, at: number): { entry: DraftEntry; end: number } {
  if (!startsWithHeader(view, at)) throw damaged("it has fewer entries than its end record says");
  const nameEnd = at + headerLength + u16(view, at + 28);
  const extraEnd = nameEnd + u16(view, at + 30);
  const end = extraEnd + u16(view, at + 32);
  if (end > bytes.length) throw damaged("its directory ends within an entry");
  const flags = u16(view, at + 8);
  const name = readEntryName(bytes.subarray(at + headerLength, nameEnd), (flags & utf8Flag) !== 0);
  if ((flags & encryptedFlags) !== 0) {
    throw new PackageError("zip-encrypted", `${quoted(name)} is encrypted, a package is not`);
  }
  const { size, compressedSize, offset } = readSizes(view, at, nameEnd, extraEnd);
  const entry = {
    name,
    size,
    compressedSize,
    crc32: u32(view, at + 16),
    method: u16(view, at + 10),
    dosTime: u32(view, at + 12),
    offset: offset + base,
    endsBefore: 0,
  };
  return { entry, end };
}

/** Sizes and offset of an entry; where a header is full of ones, its zip64 extra field has the number. */
function readSizes(view: DataView, at: number, extraStart: number, extraEnd: number) {
  let next = findZip64Field(view, extraStart, extraEnd);
  const read = (value: number): number => {
    if (value !== max32 || next === undefined) return value;
    if (next.at + 8 > next.end) throw damaged("an entry's zip64 field is too short");
    const wide = u64(view, next.at);
    next = { at: next.at + 8, end: next.end };
    return wide;
  };
  // In the order in which the field has them.
  const size = read(u32(view, at + 24));
  const compressedSize = read(u32(view, at + 20));
  return { size, compressedSize, offset: read(u32(view, at + 42)) };
}

function findZip64Field(view: DataView, start: number, end: number): { at: number; end: number } | undefined {
  for (let at = start; at + 4 <= end; at += 4 + u16(view, at + 2)) {
    if (u16(view, at) === zip64Tag) return { at: at + 4, end: Math.min(end, at + 4 + u16(view, at + 2)) };
  }
  return undefined;
}
