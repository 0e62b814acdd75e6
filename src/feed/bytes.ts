/**
 * Bytes behind each other.
 */

/** Copies only where more than one piece has bytes; what comes out may be one of the pieces itself. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  const filled = pieces.filter(({ length }) => length > 0);
  const [only] = filled;
  if (filled.length < 2) return only ?? new Uint8Array(0);
  const joined = new Uint8Array(filled.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const piece of filled) {
    joined.set(piece, offset);
    offset += piece.length;
  }
  return joined;
}
