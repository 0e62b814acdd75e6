/**
 * Which versions a range contains, and which of several a client chooses (protocol.md §1.6).
 */
import { compareVersions, isPrerelease, type NuGetVersion } from "../version.js";
import { floatMatches } from "./float.js";
import type { VersionRange } from "./model.js";

/** True when the version lies in the interval. Prereleases count, and a star plays no part. */
export function satisfies(range: VersionRange, version: NuGetVersion): boolean {
  const { min, max, minInclusive, maxInclusive } = range;
  const aboveMin = min === undefined || isBefore(min, version, minInclusive);
  return aboveMin && (max === undefined || isBefore(version, max, maxInclusive));
}

/**
 * The version that a client chooses: the lowest in the range, or with a star the highest that it stands for, else
 * the nearest. A prerelease only when a bound is one or the star is meant for them. Of equal versions the first.
 */
export function findBestMatch(
  range: VersionRange,
  versions: Iterable<NuGetVersion>,
): NuGetVersion | undefined {
  let best: NuGetVersion | undefined;
  for (const version of versions) {
    if (isCandidate(range, version) && (best === undefined || isBetter(range, best, version))) {
      best = version;
    }
  }
  return best;
}

function isCandidate(range: VersionRange, version: NuGetVersion): boolean {
  return satisfies(range, version) && (!isPrerelease(version) || allowsPrerelease(range));
}

function allowsPrerelease({ min, max, float }: VersionRange): boolean {
  const hasPrereleaseBound = [min, max].some((bound) => bound !== undefined && isPrerelease(bound));
  return hasPrereleaseBound || float?.releasePrefix !== undefined;
}

function isBetter(range: VersionRange, current: NuGetVersion, candidate: NuGetVersion): boolean {
  const order = compareVersions(candidate, current);
  if (range.float === undefined || range.min === undefined) {
    return order < 0;
  }
  const currentMatches = floatMatches(range.float, range.min, current);
  const candidateMatches = floatMatches(range.float, range.min, candidate);
  if (currentMatches !== candidateMatches) {
    return candidateMatches;
  }
  // Every candidate is at or above the lower bound, so one that the star does not stand for lies above its versions,
  // or is a prerelease that it does not mean: the nearest is the lowest.
  return candidateMatches ? order > 0 : order < 0;
}

function isBefore(a: NuGetVersion, b: NuGetVersion, inclusive: boolean): boolean {
  const order = compareVersions(a, b);
  return order < 0 || (inclusive && order === 0);
}
