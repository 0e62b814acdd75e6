/**
 * From the bytes of a nuspec to its text, in the encoding that a byte order mark or the XML declaration names
 * (protocol.md §10.2).
 */
import { PackageError } from "../../errors.js";

/** The declaration is ASCII in every encoding but UTF-16, and stands at the very start. */
const declaredEncoding = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)["']/;
const maxDeclarationLength = 256;
const utf8 = new TextDecoder("utf-8", { fatal: true });
// Decodes any bytes, and ASCII as what it is.
const ascii = new TextDecoder("windows-1252");
const utf16Names = /^(?:utf-16|unicode|.*ucs-2)/;

/** @throws PackageError for an encoding that is not known and for bytes that are invalid in it */
export function decodeXml(bytes: Uint8Array): string {
  const encoding = utf16Encoding(bytes) ?? declared(bytes) ?? "utf-8";
  try {
    return (encoding === "utf-8" ? utf8 : new TextDecoder(encoding, { fatal: true })).decode(bytes);
  } catch (cause) {
    const message = `its nuspec cannot be read as ${encoding}, its bytes are invalid or that encoding is not known`;
    throw new PackageError("nuspec-encoding", message, { cause, hint: "save the nuspec as UTF-8" });
  }
}

/** UTF-16 by its byte order mark, or by how `<` begins in it. */
function utf16Encoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const first = bytes[0];
  const second = bytes[1];
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return "utf-16be";
  return undefined;
}

function declared(bytes: Uint8Array): string | undefined {
  const start = ascii.decode(bytes.subarray(0, maxDeclarationLength));
  const name = declaredEncoding.exec(start)?.[1]?.toLowerCase();
  // Bytes that are no UTF-16 do not become it by saying so; some tools write the declaration of a string in memory.
  return name !== undefined && utf16Names.test(name) ? undefined : name;
}
