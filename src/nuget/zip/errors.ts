/**
 * What can be wrong with a zip as such. Messages are reasons; the file is named by whoever knows it.
 */
import { PackageError } from "../../errors.js";

/** Something contradicts itself; `what` tells it. */
export function damaged(what: string): PackageError {
  return new PackageError("zip-damaged", `the zip is damaged: ${what}`, { hint: damagedHint });
}

export const damagedHint = "copy or download the package again";
