/** A byte source that remembers what was read of it. */
import { type ByteSource, bytesSource } from "../../src/nuget/byte-source.js";

export interface CountingSource extends ByteSource {
  readonly reads: readonly { readonly offset: number; readonly length: number }[];
}

export function countingSource(bytes: Uint8Array): CountingSource {
  const inner = bytesSource(bytes);
  const reads: { offset: number; length: number }[] = [];
  return {
    size: inner.size,
    reads,
    read: (offset, length) => {
      reads.push({ offset, length });
      return inner.read(offset, length);
    },
  };
}
