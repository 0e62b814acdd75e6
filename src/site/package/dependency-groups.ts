/**
 * The dependencies of a version as its page lists them.
 */
import { packageHref } from "../../feed/site-urls.js";
import { type LowerId, lowerId } from "../../nuget/id.js";
import { frameworkLabel } from "./framework-label.js";
import { rangeWords } from "./range-words.js";
import type { VersionDetails } from "./version-details.js";

export interface ShownGroup {
  /** `.NET 8.0`, `Any framework`. */
  readonly label: string;
  readonly dependencies: readonly ShownDependency[];
}

export interface ShownDependency {
  readonly id: string;
  readonly key: LowerId;
  /** The page of the id in this feed, which may not be there: then 404.html says so. */
  readonly href: string;
  /** In words. */
  readonly range: string;
}

/** @param root the way from the page to the feed's root */
export function dependencyGroups({ dependencies = [] }: VersionDetails, root: string): ShownGroup[] {
  return dependencies.map(({ framework, ids }) => ({
    label: framework === undefined ? "Any framework" : frameworkLabel(framework),
    dependencies: ids.map(([id, range]) => {
      const key = lowerId(id);
      return { id, key, href: packageHref(root, key), range: rangeWords(range) };
    }),
  }));
}
