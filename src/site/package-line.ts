/**
 * What the pages of the whole feed are made of: one line for each id. The lines of all ids lie in the state, so that a
 * package that changes is put in without reading the others. Of an id without a listed version a line tells no more than
 * that it is there: lists and search pass it over, and packages that depend on it still restore.
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

/** The part of a line that every id has. */
export type PackagePresence = Pick<PackageLine, "key" | "id" | "targets">;

/** What the line of an id ends in that has no listed version. */
const HIDDEN = ',"isHidden":true}';

/** @returns `undefined` for an id without versions */
export function packageLine(feedPackage: FeedPackage): string | undefined {
  const summary = packageSummary(feedPackage);
  if (summary === undefined) return hiddenLine(feedPackage);
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

function hiddenLine({ id: key, versions }: FeedPackage): string | undefined {
  const id = versions.at(-1)?.record.id;
  return id && JSON.stringify({ key, id, isHidden: true });
}

/** The lines of the ids that have a listed version. */
export function listedLines(lines: PackageLines): PackageLines {
  return new Map([...lines].filter(([, line]) => !line.endsWith(HIDDEN)));
}

/** Reads a line that {@link packageLine} wrote, of an id that has a listed version or not. */
export function parsePresence(line: string): PackagePresence {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: this file wrote the line
  return JSON.parse(line) as PackagePresence;
}

/** Reads a line that {@link packageLine} wrote of an id that has a listed version. */
export function parsePackageLine(line: string): PackageLine {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: this file wrote the line
  return JSON.parse(line) as PackageLine;
}

/** Lines by id, ascending by its characters' codes. */
export type PackageLines = ReadonlyMap<LowerId, string>;
