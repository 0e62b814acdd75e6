/** The web's interfaces take bytes only of memory that no other thread can change. */

export function ownBytes(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: no store shares memory between threads
  return bytes as Uint8Array<ArrayBuffer>;
}
