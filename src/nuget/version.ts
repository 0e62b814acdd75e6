/**
 * NuGet versions (protocol.md §1.2–1.5): the one import for everything about them.
 */
export { compareVersions, compareVersionsWithMetadata, sameVersion } from "./version/compare.js";
export type { LowerVersion, NuGetVersion } from "./version/model.js";
export { parseStrictVersion, parseVersion } from "./version/parse.js";
export {
  fullVersion,
  hasMetadata,
  isPrerelease,
  isSemVer2,
  lowerVersion,
  normalizedVersion,
  versionNumbers,
  versionText,
} from "./version/text.js";
