/**
 * Finds the central directory of a zip: the end record at the very end (only a comment may follow) and its zip64
 * form, which takes over where a number does not fit.
 */
import { PackageError } from "../../errors.js";
import type { ByteSource } from "../byte-source.js";
import { damaged, damagedHint } from "./errors.js";
import { u16, u32, u64, viewOf } from "./view.js";

export interface EndRecord {
  readonly entryCount: number;
  readonly directorySize: number;
  /** From the start of the zip, which need not be the start of the source. */
  readonly directoryOffset: number;
  /** Where the directory has to end in the source: the first of the end records. */
  readonly directoryEnd: number;
  /** Bytes behind the end record and its comment that belong to no zip. */
  readonly trailingLength: number;
}

const signature = 0x06054b50;
const length = 22;
const maxCommentLength = 0xffff;
const locatorSignature = 0x07064b50;
const locatorLength = 20;
const zip64Signature = 0x06064b50;
const zip64Length = 56;
const max16 = 0xffff;
const max32 = 0xffffffff;

/** @throws PackageError when there is none, or when it speaks of a zip in several files */
export async function readEndRecord(source: ByteSource): Promise<EndRecord> {
  if (source.size === 0) throw new PackageError("zip-empty", "the file is empty, a package is a zip file");
  const tailLength = Math.min(source.size, length + maxCommentLength);
  const tailStart = source.size - tailLength;
  const tail = viewOf(await source.read(tailStart, tailLength));
  const at = findEndRecord(tail);
  if (at === undefined) throw await noEndRecord(source);
  const record = {
    entryCount: u16(tail, at + 10),
    directorySize: u32(tail, at + 12),
    directoryOffset: u32(tail, at + 16),
    directoryEnd: tailStart + at,
    trailingLength: tailLength - at - length - u16(tail, at + 20),
  };
  if (u16(tail, at + 4) !== u16(tail, at + 6)) throw splitZip();
  return needsZip64(record) ? readZip64(source, record) : record;
}

/**
 * Position of the end record: the last signature whose comment ends with the file, since the comment itself may
 * hold the signature; failing that, the last one with other bytes behind it.
 */
function findEndRecord(tail: DataView): number | undefined {
  let followed: number | undefined;
  for (let at = tail.byteLength - length; at >= 0; at--) {
    if (u32(tail, at) !== signature) continue;
    const end = at + length + u16(tail, at + 20);
    if (end === tail.byteLength) return at;
    if (end < tail.byteLength) followed ??= at;
  }
  return followed;
}

function needsZip64({ entryCount, directorySize, directoryOffset }: EndRecord): boolean {
  return entryCount === max16 || directorySize === max32 || directoryOffset === max32;
}

async function readZip64(source: ByteSource, record: EndRecord): Promise<EndRecord> {
  const locatorAt = record.directoryEnd - locatorLength;
  if (locatorAt < zip64Length) return record;
  const locator = viewOf(await source.read(locatorAt, locatorLength));
  // Without a locator the numbers just happen to be the largest ones.
  if (u32(locator, 0) !== locatorSignature) return record;
  // Bytes before the zip make the offset in the locator wrong; the record then lies right before its locator.
  const at = await findZip64(source, [u64(locator, 8), locatorAt - zip64Length], locatorAt);
  if (at === undefined) throw damaged("its zip64 locator does not point to a zip64 end record");
  const zip64 = viewOf(await source.read(at, zip64Length));
  if (u32(zip64, 16) !== u32(zip64, 20)) throw splitZip();
  return {
    ...record,
    entryCount: u64(zip64, 32),
    directorySize: u64(zip64, 40),
    directoryOffset: u64(zip64, 48),
    directoryEnd: at,
  };
}

async function findZip64(
  source: ByteSource,
  candidates: readonly number[],
  before: number,
): Promise<number | undefined> {
  for (const at of candidates) {
    if (at + zip64Length > before) continue;
    if (u32(viewOf(await source.read(at, 4)), 0) === zip64Signature) return at;
  }
  return undefined;
}

function splitZip(): PackageError {
  return new PackageError("zip-split", "the zip is split over several files, one file is needed");
}

async function noEndRecord(source: ByteSource): Promise<PackageError> {
  const start = await source.read(0, Math.min(source.size, 4));
  if (start[0] === 0x50 && start[1] === 0x4b) {
    const message = "the zip is truncated: it has no end record";
    return new PackageError("zip-truncated", message, { hint: damagedHint });
  }
  return new PackageError("zip-not-a-zip", "not a zip file, a package is one");
}
