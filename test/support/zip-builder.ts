/**
 * Writes zip files byte by byte, so that tests can also have those that no sane tool makes: wrong sizes, overlapping
 * entries, odd names, zip64 without need. Its output depends on its arguments only.
 */
import { deflateSync } from "fflate";

export interface ZipEntry {
  /** Bytes are taken as they are; a text becomes UTF-8. */
  readonly name: string | Uint8Array;
  /** Default empty. */
  readonly content?: string | Uint8Array;
  /** Not compressed; default false. */
  readonly stored?: boolean;
  /** ISO time, written as the entry's DOS time without zone; default {@link defaultEntryTime}. */
  readonly time?: string;
  /** Sizes and CRC only behind the content, as streaming tools write them. */
  readonly dataDescriptor?: boolean;
  /** Sets the flag only; the content stays readable. */
  readonly encrypted?: boolean;
  /** Says that the name is UTF-8; default when it is a text beyond ASCII. */
  readonly utf8Flag?: boolean;
  /** Sizes and offset go into zip64 extra fields. */
  readonly zip64?: boolean;
  /** What the headers say where it is not the truth. */
  readonly claims?: ZipEntryClaims;
}

export interface ZipEntryClaims {
  readonly size?: number;
  readonly compressedSize?: number;
  readonly crc32?: number;
  readonly method?: number;
  /** Offset of the local header. */
  readonly offset?: number;
}

export interface ZipOptions {
  readonly comment?: string | Uint8Array;
  /** Bytes before the zip, as in a self-extracting file. */
  readonly prefix?: Uint8Array;
  /** Whether offsets count from the start of the file (default) or from the end of the prefix. */
  readonly offsetsSkipPrefix?: boolean;
  /** Writes the zip64 end record and locator. */
  readonly zip64?: boolean;
  /** Number of entries that the end record claims. */
  readonly claimedEntryCount?: number;
}

export const defaultEntryTime = "2024-01-02T03:04:06Z";

const version = 45;
const max16 = 0xffff;
const max32 = 0xffffffff;

/** The bytes of a zip with these entries in this order. */
export function buildZip(entries: readonly ZipEntry[], options: ZipOptions = {}): Uint8Array {
  const prefix = options.prefix ?? new Uint8Array();
  const base = options.offsetsSkipPrefix ? prefix.length : 0;
  const parts: Uint8Array[] = [prefix];
  const directory: Uint8Array[] = [];
  let position = prefix.length;
  for (const entry of entries) {
    const written = writeEntry(entry, position - base);
    parts.push(written.local);
    directory.push(written.central);
    position += written.local.length;
  }
  const central = concat(directory);
  const count = options.claimedEntryCount ?? entries.length;
  const end = { count, size: central.length, offset: position - base };
  parts.push(central, endRecords(end, options));
  return concat(parts);
}

/** A zip whose directory names the same small entry `count` times: many entries, few bytes of work. */
export function buildEntryFlood(count: number): Uint8Array {
  const { local, central } = writeEntry({ name: "a", stored: true }, 0);
  const directory = new Uint8Array(central.length * count);
  directory.set(central);
  for (let filled = central.length; filled < directory.length; filled *= 2) {
    directory.copyWithin(filled, 0, Math.min(filled, directory.length - filled));
  }
  const end = { count, size: directory.length, offset: local.length };
  return concat([local, directory, endRecords(end, { zip64: count > max16 })]);
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

export function utf8(text: string | Uint8Array): Uint8Array {
  return typeof text === "string" ? new TextEncoder().encode(text) : text;
}

function writeEntry(entry: ZipEntry, offset: number): { local: Uint8Array; central: Uint8Array } {
  const content = utf8(entry.content ?? "");
  const body = entry.stored ? content : deflateSync(content);
  const name = utf8(entry.name);
  const claims = entry.claims ?? {};
  const crc = claims.crc32 ?? crc32(content);
  const size = claims.size ?? content.length;
  const compressedSize = claims.compressedSize ?? body.length;
  const shared = u16(version, flags(entry, name), claims.method ?? (entry.stored ? 0 : 8), ...dosTime(entry));
  const fields = entryFields(entry, { crc, size, compressedSize, offset: claims.offset ?? offset });
  const local = concat([
    u32(0x04034b50),
    shared,
    fields.local,
    u16(name.length, fields.localExtra.length),
    name,
    fields.localExtra,
    body,
    entry.dataDescriptor ? u32(0x08074b50, crc, compressedSize, size) : u32(),
  ]);
  const central = concat([
    u32(0x02014b50),
    u16(version),
    shared,
    fields.central,
    u16(name.length, fields.centralExtra.length, 0, 0, 0),
    u32(0, fields.offset),
    name,
    fields.centralExtra,
  ]);
  return { local, central };
}

/** CRC and sizes as the two headers hold them: in place, behind the content, or in an extra field. */
function entryFields(
  entry: ZipEntry,
  { crc, size, compressedSize, offset }: Record<"crc" | "size" | "compressedSize" | "offset", number>,
) {
  const known = entry.dataDescriptor ? u32(0, 0, 0) : u32(crc, compressedSize, size);
  if (!entry.zip64) {
    const central = u32(crc, compressedSize, size);
    return { local: known, localExtra: u32(), central, centralExtra: u32(), offset };
  }
  const sizes = u64(size, compressedSize);
  return {
    local: u32(crc, max32, max32),
    localExtra: concat([u16(1, sizes.length), sizes]),
    central: u32(crc, max32, max32),
    centralExtra: concat([u16(1, sizes.length + 8), sizes, u64(offset)]),
    offset: max32,
  };
}

function flags(entry: ZipEntry, name: Uint8Array): number {
  const utf8Flag = entry.utf8Flag ?? (typeof entry.name === "string" && name.some((byte) => byte > 0x7f));
  return (entry.encrypted ? 1 : 0) | (entry.dataDescriptor ? 8 : 0) | (utf8Flag ? 0x800 : 0);
}

/** Time and date word; the clock time of the ISO text in UTC. */
function dosTime(entry: ZipEntry): [number, number] {
  const at = new Date(entry.time ?? defaultEntryTime);
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  return [time, date];
}

interface End {
  readonly count: number;
  readonly size: number;
  readonly offset: number;
}

function endRecords(end: End, options: ZipOptions): Uint8Array {
  const comment = utf8(options.comment ?? "");
  if (!options.zip64) {
    const counts = u16(0, 0, end.count & max16, end.count & max16);
    return concat([u32(0x06054b50), counts, u32(end.size, end.offset), u16(comment.length), comment]);
  }
  return concat([
    u32(0x06064b50),
    u64(44),
    u16(version, version),
    u32(0, 0),
    u64(end.count, end.count, end.size, end.offset),
    u32(0x07064b50, 0),
    u64(end.offset + end.size),
    u32(1),
    u32(0x06054b50),
    u16(0, 0, max16, max16),
    u32(max32, max32),
    u16(comment.length),
    comment,
  ]);
}

function u16(...values: number[]): Uint8Array {
  return littleEndian(values, 2);
}

function u32(...values: number[]): Uint8Array {
  return littleEndian(values, 4);
}

function u64(...values: number[]): Uint8Array {
  return littleEndian(values, 8);
}

function littleEndian(values: readonly number[], width: number): Uint8Array {
  const bytes = new Uint8Array(values.length * width);
  values.forEach((value, index) => {
    let rest = value;
    for (let i = 0; i < width; i++, rest = Math.floor(rest / 256)) bytes[index * width + i] = rest % 256;
  });
  return bytes;
}

/** Bit by bit and so independent of the table that the reader uses. */
export function crc32(bytes: Uint8Array): number {
  let crc = max32;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ max32) >>> 0;
}
