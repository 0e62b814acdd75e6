/**
 * What a range of versions is, as plain data.
 */
import type { NuGetVersion } from "../version.js";

/** An interval of versions, open at each end that has no bound. */
export interface VersionRange {
  readonly min?: NuGetVersion;
  /** False without `min`. */
  readonly minInclusive: boolean;
  readonly max?: NuGetVersion;
  /** False without `max`. */
  readonly maxInclusive: boolean;
  /** Present when the lower bound floats; `min` is then the lowest version it stands for. */
  readonly float?: FloatRange;
  /** The text that was parsed. */
  readonly original: string;
}

/** A lower bound with a star, such as `1.2.*` or `1.*-beta*`: which versions it prefers. */
export interface FloatRange {
  /** How many of the four numbers of `min` are given: 0 in `*`, 2 in `1.2.*`, 4 in `1.2.3-*`. */
  readonly fixedNumbers: number;
  /** What labels begin with, empty in `1.0.0-*`. Absent when prereleases are not meant. */
  readonly releasePrefix?: string;
}

/** The range without bounds, which a dependency without version means. */
export const anyVersion: VersionRange = { minInclusive: false, maxInclusive: false, original: "(, )" };
