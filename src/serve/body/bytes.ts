/** The little that reading a body needs to know about bytes as text. */

/** @returns one byte for each character; those beyond U+00FF do not occur in HTTP headers */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** One character for each byte. Meant for short texts. */
export function latin1Text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
