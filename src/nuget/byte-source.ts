/**
 * Random access to bytes that lie somewhere else: a file, an object in a store, a buffer.
 */

/** Bytes of known length that can be read in ranges. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;
  /**
   * Reads exactly `length` bytes from `offset`. A range that reaches past the end is a defect of the caller and
   * rejects; so does a source that became shorter than `size`.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** What works on these bytes faster than portable code, where whoever opened them has it. */
  readonly codec?: ZipCodec | undefined;
}

/** The two calculations that reading a zip consists of. */
export interface ZipCodec {
  /**
   * Inflates raw deflate data of less than 16 KiB.
   *
   * @param most bytes that are wanted; it may throw or stop when there are more
   * @throws Error when the data are damaged or end early
   */
  readonly inflate: (compressed: Uint8Array, most: number) => Uint8Array;
  /** As an unsigned number. */
  readonly crc32: (bytes: Uint8Array) => number;
}

/** A source over bytes that are already in memory; what it returns are views, not copies. */
export function bytesSource(bytes: Uint8Array, codec?: ZipCodec): ByteSource {
  return {
    size: bytes.length,
    codec,
    read: async (offset, length) => {
      if (offset < 0 || length < 0 || offset + length > bytes.length) {
        throw new RangeError(`range ${offset}+${length} lies outside of ${bytes.length} bytes`);
      }
      return bytes.subarray(offset, offset + length);
    },
  };
}
