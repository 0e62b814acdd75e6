/**
 * What a version is, as plain data.
 */

/** A normalized version in lower case, without metadata: the form in URLs and file names. */
export type LowerVersion = string & { readonly __brand: "LowerVersion" };

/** A parsed version. The four numbers are integers from 0 to 2147483647; parts that were not written are 0. */
export interface NuGetVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  readonly revision: number;
  /** Prerelease labels as written, without their dots; empty for a release. */
  readonly labels: readonly string[];
  /** Build metadata as written, without `+`; never empty. */
  readonly metadata?: string;
  /** The text that was parsed, blanks removed. */
  readonly original: string;
}
