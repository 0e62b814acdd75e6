/**
 * Texts inside packages (readme, licence) from their bytes: nobody promises that they are UTF-8.
 */

const decoders = {
  utf8: new TextDecoder("utf-8", { fatal: true }),
  utf16le: new TextDecoder("utf-16le"),
  utf16be: new TextDecoder("utf-16be"),
  latin1: new TextDecoder("windows-1252"),
};

/**
 * UTF-16 with a byte order mark, else UTF-8, else what Western Windows wrote. Line ends become line feeds; control
 * characters, which have no place in HTML, become U+FFFD.
 */
export function decodeText(bytes: Uint8Array): string {
  return decode(bytes)
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\t\n])\p{Cc}/gu, "\ufffd");
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decoders.utf16le.decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decoders.utf16be.decode(bytes);
  try {
    return decoders.utf8.decode(bytes);
  } catch {
    return decoders.latin1.decode(bytes);
  }
}
