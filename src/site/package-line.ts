/**
 * What the pages of the whole feed are made of: one line for each id with a listed version. The lines of all ids lie in the
 * state, so that a package that changes is put in without reading the others.
 */
import type { FeedPackage } from "../feed/feed-package.js";
import type { LowerId, PackageId } from "../nuget/id.js";
import { type PackageSummary, packageSummary } from "./package-summary.js";
import { dependencyTargets } from "./used-by.js";

export interface PackageLine extends PackageSummary {
  /** Listed versions. */
  readonly listed: number;
  /** The id as written in the highest listed version, by whose words search finds it; absent where it is `id`. */
  readonly spelling?: PackageId;
  /** The ids that it depends on, sorted; absent when there are none. */
  readonly targets?: readonly LowerId[];
}

/** @returns `undefined` for an id without a listed version */
export function packageLine(feedPackage: FeedPackage): string | undefined {
  const summary = packageSummary(feedPackage);
  if (summary === undefined) return undefined;
  const listed = feedPackage.versions.filter(({ isListed }) => isListed);
  const spelling = listed.at(-1)?.record.id;
  const targets = dependencyTargets(feedPackage);
  const line: PackageLine = {
    ...summary,
    listed: listed.length,
    ...(spelling !== undefined && spelling !== summary.id && { spelling }),
    ...(targets.length > 0 && { targets }),
  };
  return JSON.stringify(line);
}

/** Reads a line that {@link packageLine} wrote. */
export function parsePackageLine(line: string): PackageLine {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: this file wrote the line
  return JSON.parse(line) as PackageLine;
}

/** Lines by id, ascending by its characters' codes. */
export type PackageLines = ReadonlyMap<LowerId, string>;
