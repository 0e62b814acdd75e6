/**
 * Cutting chunks of any size into parts of one size.
 */

/** Small objects are many: they must not take the memory of a whole part. */
const FIRST_CAPACITY = 64 * 1024;

/**
 * Yields full parts, each to be used before the next is asked for, which takes the same memory, and returns the last one:
 * full or smaller, and empty only when there is no byte at all.
 *
 * @param size of a full part, in bytes
 */
export async function* partsOf(
  chunks: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, Uint8Array> {
  let memory = new Uint8Array(Math.min(FIRST_CAPACITY, size));
  let used = 0;
  for await (const chunk of chunks) {
    for (let rest = chunk; rest.length > 0; ) {
      if (used === size) {
        yield memory;
        used = 0;
      }
      const taken = Math.min(rest.length, size - used);
      memory = withCapacity(memory, used, used + taken, size);
      memory.set(rest.subarray(0, taken), used);
      used += taken;
      rest = rest.subarray(taken);
    }
  }
  return memory.subarray(0, used);
}

/** The memory itself, or at least twice as much with the bytes that are used. */
function withCapacity(
  memory: Uint8Array<ArrayBuffer>,
  used: number,
  needed: number,
  most: number,
): Uint8Array<ArrayBuffer> {
  if (needed <= memory.length) return memory;
  const larger = new Uint8Array(Math.min(most, Math.max(needed, memory.length * 2)));
  larger.set(memory.subarray(0, used));
  return larger;
}
