/**
 * What the text of a version says, without parsing it: records hold full forms only.
 */
import type { LowerVersion } from "../../nuget/version.js";

/** The normalized form: without metadata. */
export function normalizedText(fullVersion: string): string {
  return fullVersion.replace(/\+.*$/, "");
}

export function lowerText(fullVersion: string): LowerVersion {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: normalized and in lower case
  return normalizedText(fullVersion).toLowerCase() as LowerVersion;
}

export function isPrereleaseText(fullVersion: string): boolean {
  return normalizedText(fullVersion).includes("-");
}

/** `2` of `2.1.0-rc.1`. */
export function majorText(fullVersion: string): string {
  return fullVersion.split(".")[0] ?? "";
}
