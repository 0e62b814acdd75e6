/**
 * Reads the content of one entry, with a limit on its size that is applied before and while inflating.
 */
import { PackageError } from "../../errors.js";
import { quoted } from "../quoted.js";
import { crc32 } from "./crc32.js";
import { damaged } from "./errors.js";
import { inflateExactly } from "./inflate.js";
import { deflatedMethod, localHeaderLength, storedMethod, type Zip, type ZipEntry } from "./model.js";
import { u16, u32, viewOf } from "./view.js";

export interface SizeLimit {
  /** What the limit is for: `an icon`. */
  readonly subject: string;
  readonly bytes: number;
}

const signature = 0x04034b50;
const maxNameAndExtraLength = 2 * 0xffff;

/**
 * The uncompressed content of an entry, as a copy of its own: a view would keep alive, and send to other threads, all
 * that was read around it.
 *
 * @throws PackageError when it is larger than the limit, not as large as claimed, damaged (its CRC-32 is checked),
 * or compressed by another method than deflate
 */
export async function readEntry(zip: Zip, entry: ZipEntry, limit: SizeLimit): Promise<Uint8Array> {
  const content = await viewEntry(zip, entry, limit);
  // Not `slice`: that of Node's buffers makes a view.
  return entry.method === storedMethod ? new Uint8Array(content) : content;
}

/** The same, but possibly a view: for content that is looked at and dropped. */
export async function viewEntry(zip: Zip, entry: ZipEntry, limit: SizeLimit): Promise<Uint8Array> {
  checkClaims(entry, limit);
  const compressed = await readCompressed(zip, entry);
  const { codec } = zip.source;
  const content = entry.method === storedMethod ? compressed : inflateExactly(compressed, entry.size, codec);
  if ((codec?.crc32 ?? crc32)(content) !== entry.crc32)
    throw damaged(`the checksum of ${quoted(entry.name)} does not match`);
  return content;
}

function checkClaims(entry: ZipEntry, limit: SizeLimit): void {
  const { name, method, size, compressedSize } = entry;
  if (method !== storedMethod && method !== deflatedMethod) {
    const message = `${quoted(name)} is compressed by method ${method}, only stored and deflated content can be read`;
    throw new PackageError("zip-compression-method", message);
  }
  if (size > limit.bytes || compressedSize > maxDeflatedLength(limit.bytes)) {
    const message = `${quoted(name)} has ${Math.max(size, compressedSize)} bytes, ${limit.subject} may have ${limit.bytes}`;
    throw new PackageError("package-file-too-large", message);
  }
  if (method === storedMethod && size !== compressedSize) {
    throw damaged(`${quoted(name)} is stored, but its two sizes differ`);
  }
}

/** Content that does not compress grows by a few bytes per block; careless packers write small blocks. */
function maxDeflatedLength(length: number): number {
  return length + length / 8 + 1024;
}

async function readCompressed(zip: Zip, entry: ZipEntry): Promise<Uint8Array> {
  const { name, offset, endsBefore, compressedSize } = entry;
  // One read for header and content; how long the rest of the header is, only the header tells.
  const most = localHeaderLength + maxNameAndExtraLength + compressedSize;
  const bytes = await zip.source.read(offset, Math.min(most, endsBefore - offset));
  const view = viewOf(bytes);
  if (u32(view, 0) !== signature) throw damaged(`there is no entry where ${quoted(name)} should be`);
  const start = localHeaderLength + u16(view, 26) + u16(view, 28);
  if (start + compressedSize > bytes.length)
    throw damaged(`${quoted(name)} reaches into the entry behind it`);
  return bytes.subarray(start, start + compressedSize);
}
