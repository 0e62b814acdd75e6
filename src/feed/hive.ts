/**
 * The registration hives (protocol.md §4.1): they differ in data only.
 */
import type { HiveFolder } from "./urls.js";

/** One registration hive. */
export interface Hive {
  readonly folder: HiveFolder;
  readonly includesSemVer2: boolean;
  /** Deprecation and vulnerabilities are known to clients of this hive. */
  readonly includesAdvisories: boolean;
}

export const HIVES: readonly Hive[] = [
  { folder: "registration", includesSemVer2: true, includesAdvisories: true },
  { folder: "registration-semver1", includesSemVer2: false, includesAdvisories: false },
];
