/**
 * What a question lets through besides its words: prereleases, SemVer 2, package types, frameworks
 * (protocol.md §5.1).
 */
import type { SearchLatest, SearchVersion } from "../feed/search-entry.js";
import type { TargetFramework } from "../nuget/framework.js";
import { namedFramework } from "../nuget/named-framework.js";
import { compareVersions, parseVersion } from "../nuget/version.js";
import { isCompatible } from "./framework-compatibility.js";
import { type IndexedEntry, isInMode, type VersionMode } from "./search-index.js";

/** Everything absent is the strict default of the protocol: stable versions without SemVer 2, of any type. */
export interface SearchFilters {
  readonly prerelease?: boolean;
  readonly semVer2?: boolean;
  /** Names of types in any letter case, one of which the package must have. */
  readonly packageTypes?: readonly string[];
  /** Frameworks of projects, one of which must be able to use the package. */
  readonly frameworks?: readonly TargetFramework[];
}

const semVer2 = parseVersion("2.0.0");

/** Whether a `semVerLevel` includes SemVer 2; what is no version counts as absent. */
export function includesSemVer2(semVerLevel: string): boolean {
  const level = parseVersion(semVerLevel);
  return level !== undefined && semVer2 !== undefined && compareVersions(level, semVer2) >= 0;
}

export function versionMode({ prerelease = false, semVer2 = false }: SearchFilters): VersionMode {
  if (semVer2) return prerelease ? 3 : 2;
  return prerelease ? 1 : 0;
}

/** The versions of an entry that the filters let through, ascending. */
export function visibleVersions({ entry }: IndexedEntry, mode: VersionMode): SearchVersion[] {
  return entry.versions.filter((version) => isInMode(version, mode));
}

/**
 * Makes the test of types and frameworks, which is asked for thousands of packages.
 *
 * @returns `undefined` when all pass
 */
export function createFilter({
  packageTypes = [],
  frameworks = [],
}: SearchFilters): ((latest: SearchLatest) => boolean) | undefined {
  if (packageTypes.length + frameworks.length === 0) return undefined;
  const types = new Set(packageTypes.map((type) => type.toLowerCase()));
  const usable = createFrameworkTest(frameworks);
  return (latest) =>
    (types.size === 0 ||
      (latest.packageTypes ?? ["Dependency"]).some((type) => types.has(type.toLowerCase()))) &&
    (frameworks.length === 0 || isUsable(latest.frameworks, usable));
}

/** A package that names no framework is for any. */
function isUsable(names: readonly string[] | undefined, usable: (name: string) => boolean): boolean {
  return names === undefined || names.length === 0 || names.some(usable);
}

function createFrameworkTest(projects: readonly TargetFramework[]): (name: string) => boolean {
  const known = new Map<string, boolean>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const framework = namedFramework(name)?.framework;
    const usable = framework !== undefined && projects.some((project) => isCompatible(project, framework));
    known.set(name, usable);
    return usable;
  };
}
