/**
 * Id and version of a nuspec: the two things without which there is no package (protocol.md §1.1, §1.2).
 */
import { PackageError } from "../../errors.js";
import { type PackageId, parsePackageId } from "../id.js";
import { quoted } from "../quoted.js";
import { type NuGetVersion, parseVersion } from "../version.js";

/** @throws PackageError when it is missing or no id */
export function readId(text: string | undefined): PackageId {
  if (text === undefined) throw new PackageError("nuspec-id", "its nuspec has no id");
  const id = parsePackageId(text);
  if (id !== undefined) return id;
  const rule = "an id is made of words joined by single dots or hyphens, up to 100 characters";
  throw new PackageError("nuspec-id", `its nuspec has the invalid id ${quoted(text)}, ${rule}`);
}

/** @throws PackageError when it is missing or no version */
export function readVersion(text: string | undefined): NuGetVersion {
  if (text === undefined) throw new PackageError("nuspec-version", "its nuspec has no version");
  const version = parseVersion(text);
  if (version !== undefined) return version;
  const rule = "a version has up to four numbers, then labels, as in 1.2.3 or 1.2.3-beta.1";
  throw new PackageError("nuspec-version", `its nuspec has the invalid version ${quoted(text)}, ${rule}`);
}
