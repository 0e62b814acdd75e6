/**
 * Memory for small files, used again and again: fresh memory for every package takes as long as reading the package, since
 * it is cleared first, and whatever is not freed yet adds to what a build needs at most.
 */

/** Most packages are smaller. */
const PIECE = 128 * 1024;
/** As many as packages are open at once. */
const MOST_FREE = 16;

export interface LentMemory {
  /** Holds anything at first. */
  readonly bytes: Uint8Array;
  /** Whoever lent it has no use for `bytes` any more; to be called once. */
  readonly giveBack: () => void;
}

const free: Uint8Array[] = [];

export function lendMemory(size: number): LentMemory {
  if (size > PIECE) return { bytes: new Uint8Array(size), giveBack: () => {} };
  const piece = free.pop() ?? new Uint8Array(PIECE);
  return {
    bytes: piece.subarray(0, size),
    giveBack: () => {
      if (free.length < MOST_FREE) free.push(piece);
    },
  };
}
