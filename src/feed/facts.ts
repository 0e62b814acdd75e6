/**
 * What a package file cannot hold: whether a version is listed, when it was published, deprecation, vulnerabilities,
 * owners. Facts are kept by source, so that a line removed from a file no longer counts.
 */

export interface Facts {
  readonly listed?: boolean;
  /** ISO 8601 in UTC with the offset `+00:00`. */
  readonly published?: string;
  readonly deprecation?: Deprecation;
  readonly vulnerabilities?: readonly Vulnerability[];
  /** Accounts of publishers. */
  readonly owners?: readonly string[];
  readonly verified?: boolean;
}

/** protocol.md §4.8. */
export interface Deprecation {
  /** Not empty; known are Legacy, CriticalBugs and Other. */
  readonly reasons: readonly string[];
  readonly message?: string;
  readonly alternatePackage?: { readonly id: string; readonly range?: string };
}

export interface Vulnerability {
  readonly advisoryUrl: string;
  /** 0 low, 1 moderate, 2 high, 3 critical. */
  readonly severity: 0 | 1 | 2 | 3;
}

/** The facts of one version by where they were said. */
export interface FactSources {
  /** From `packages.json` and `upstream.json` in the packages folder. */
  readonly input?: Facts;
  /** Said through the API: unlist, relist. */
  readonly api?: Facts;
}

/** One answer per fact: the input files win over the API, and what nobody said is absent. */
export function effectiveFacts(sources: FactSources | undefined): Facts {
  return { ...sources?.api, ...sources?.input };
}
