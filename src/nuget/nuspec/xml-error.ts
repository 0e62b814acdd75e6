/**
 * The error for a nuspec that is no XML.
 */
import { PackageError } from "../../errors.js";

const maxReasonLength = 200;

/** @param reason may quote the input; what is too long for a line is cut */
export function notXml(reason: string): PackageError {
  const short = reason.length > maxReasonLength ? `${reason.slice(0, maxReasonLength)}…` : reason;
  return new PackageError("nuspec-xml", `its nuspec is not well-formed XML: ${short}`);
}
