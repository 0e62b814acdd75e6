/**
 * The texts of a version (protocol.md §1.3) and what can be said of it (§1.5).
 */
import type { LowerVersion, NuGetVersion } from "./model.js";

/** The canonical text: {@link versionNumbers}, labels as written, no metadata. */
export function normalizedVersion(version: NuGetVersion): string {
  const numbers = versionNumbers(version);
  return isPrerelease(version) ? `${numbers}-${version.labels.join(".")}` : numbers;
}

/** Three numbers, and the fourth when it is not 0. */
export function versionNumbers({ major, minor, patch, revision }: NuGetVersion): string {
  return `${major}.${minor}.${patch}${revision > 0 ? `.${revision}` : ""}`;
}

/** The normalized text followed by `+metadata`, if there is any. */
export function fullVersion(version: NuGetVersion): string {
  const normalized = normalizedVersion(version);
  return version.metadata === undefined ? normalized : `${normalized}+${version.metadata}`;
}

/** The normalized text in lower case: the form in URLs, and a package version's identity. */
export function lowerVersion(version: NuGetVersion): LowerVersion {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the one place that makes this form
  return normalizedVersion(version).toLowerCase() as LowerVersion;
}

/** The client's plain text of a version: as written, except that SemVer 2 versions are normalized. */
export function versionText(version: NuGetVersion): string {
  return isSemVer2(version) ? normalizedVersion(version) : version.original;
}

/** True for a version with labels. */
export function isPrerelease(version: NuGetVersion): boolean {
  return version.labels.length > 0;
}

/** True for a version with build metadata. */
export function hasMetadata(version: NuGetVersion): boolean {
  return version.metadata !== undefined;
}

/** True for a version that clients before SemVer 2 cannot read: dotted labels or metadata. */
export function isSemVer2(version: NuGetVersion): boolean {
  return version.labels.length > 1 || hasMetadata(version);
}
