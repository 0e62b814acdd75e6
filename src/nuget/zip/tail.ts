/**
 * Reads the end of a source once and answers from it afterwards.
 */
import type { ByteSource } from "../byte-source.js";

/**
 * Enough for the end record behind the longest comment (64 KiB), for the directory of nearly every package, and
 * for the whole of a small one.
 */
const tailLength = 128 * 1024;

/** A source that holds its last bytes in memory; what it returns of them are views. */
export async function withTail(source: ByteSource): Promise<ByteSource> {
  const { size, codec } = source;
  const start = Math.max(0, size - tailLength);
  const tail = await source.read(start, size - start);
  return {
    size,
    codec,
    read: async (offset, length) =>
      offset >= start && offset + length <= size
        ? tail.subarray(offset - start, offset - start + length)
        : source.read(offset, length),
  };
}
