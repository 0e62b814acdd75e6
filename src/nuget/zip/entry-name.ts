/**
 * Names of entries: decoded whatever wrote them, with one kind of separator, and refused when they lead out of the
 * folder into which a client would unpack them.
 */
import { PackageError } from "../../errors.js";
import { quoted } from "../quoted.js";
import { decodePercent } from "./percent.js";

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const utf8Lenient = new TextDecoder("utf-8", { ignoreBOM: true });
// Stands for whatever code page an old tool used; every byte has a character.
const latin = new TextDecoder("windows-1252");

/**
 * @param isUtf8 the entry's flag; without it a name that happens to be UTF-8 still is read so, as most tools that
 * forget the flag mean it
 * @throws PackageError for an absolute path and for one with `..`
 */
export function readEntryName(bytes: Uint8Array, isUtf8: boolean): string {
  const name = slashed(decodeName(bytes, isUtf8));
  // Clients decode percent signs before they unpack, so what counts is also the decoded path.
  if (outside.test(name) || (name.includes("%") && outside.test(slashed(decodePercent(name))))) {
    throw new PackageError(
      "zip-entry-path",
      `entry ${quoted(name)} leads out of the package, paths must be relative and without ".."`,
    );
  }
  return name;
}

function decodeName(bytes: Uint8Array, isUtf8: boolean): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return (isUtf8 ? utf8Lenient : latin).decode(bytes);
  }
}

const outside = /^\/|^[A-Za-z]:|(?:^|\/)\.\.(?:\/|$)/;

function slashed(path: string): string {
  return path.includes("\\") ? path.replaceAll("\\", "/") : path;
}
