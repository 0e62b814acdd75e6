/**
 * What changed since the site was written last.
 */
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { PackageLines } from "../../site/package-line.js";
import type { Outputs } from "../../state/id-state.js";

export interface SiteChange {
  /** As when the site was written last; `undefined` when that is not known, or the settings were others. */
  readonly before: PackageLines | undefined;
  readonly after: PackageLines;
  /** Marks of what was written. */
  readonly written: Outputs;
}

/** The ids whose lines differ. */
export function changedKeys({ before, after }: SiteChange): LowerId[] {
  const keys = new Set([...(before?.keys() ?? []), ...after.keys()]);
  return [...keys].filter((key) => before?.get(key) !== after.get(key));
}

/** Whether a document is there as it was written. */
export function isIntact({ written }: SiteChange, path: FeedPath): boolean {
  return (written[path] ?? "?") !== "?";
}
