/**
 * What lies below the feed's own folders and belongs to nothing: files that somebody put there, and files of ids whose
 * records are lost.
 */
import { ownerOfPath } from "../feed/id-paths.js";
import { isFeedSitePath } from "../feed/site-urls.js";
import { isAssetPath, nupkgPath } from "../feed/urls.js";
import type { LowerId } from "../nuget/id.js";
import { lowerVersion, parseVersion } from "../nuget/version.js";
import {
  FEED_FILE,
  isAuditPath,
  isSetAsidePath,
  isSourceMemoryPath,
  LOCK_FILE,
  PACKAGE_LINES,
  PARTITIONS,
  type PartitionNumber,
  partitionOf,
  partitionPath,
  STATE_INDEX,
  stagingTime,
} from "../state/layout.js";
import type { PartitionCondition } from "./check-partition.js";
import type { Finding } from "./finding.js";

/** Files of the state; what is in them is looked at elsewhere. */
const statePaths: ReadonlySet<string> = new Set([
  FEED_FILE,
  STATE_INDEX,
  LOCK_FILE,
  PACKAGE_LINES,
  ...PARTITIONS.map(partitionPath),
]);

/**
 * Ids without records whose packages are there, in partitions that are not known to be as they were saved.
 *
 * @param left paths that no record wants or names
 */
export function findLostIds(
  left: Iterable<string>,
  conditionOf: (partition: PartitionNumber) => PartitionCondition,
): LowerId[] {
  const lost = new Set<LowerId>();
  for (const path of left) {
    const id = ownerOfPath(path);
    if (id === undefined || conditionOf(partitionOf(id)) !== "changed") continue;
    if (isPackageOf(id, path)) lost.add(id);
  }
  return [...lost];
}

export function lostFinding(id: LowerId): Finding {
  const reason = `has no records of "${id}", whose packages are there`;
  return { kind: "state-damaged", path: partitionPath(partitionOf(id)), id, reason };
}

export interface LeftFiles {
  /** Below `v3/`, `feed-state/` and the folders of a site; nothing wants or names them. */
  readonly paths: Iterable<string>;
  readonly lost: ReadonlySet<LowerId>;
  readonly conditionOf: (partition: PartitionNumber) => PartitionCondition;
  /** Whether the records of all ids are known. */
  readonly isComplete: boolean;
}

export function checkExtraFiles({ paths, lost, conditionOf, isComplete }: LeftFiles): Finding[] {
  const extra = [...paths].filter((path) => {
    if (statePaths.has(path) || isLeftByWriters(path)) return false;
    // An asset may be that of an id whose records are lost, and a page one that names such an id.
    if (isAssetPath(path) || isFeedSitePath(path)) return isComplete;
    const id = ownerOfPath(path);
    return id === undefined || (!lost.has(id) && conditionOf(partitionOf(id)) !== "unreadable");
  });
  return extra.map((path) => ({ kind: "file-extra", path }));
}

/** Files of the state that no document is made from: notes of builds, logs, packages that are being pushed. */
function isLeftByWriters(path: string): boolean {
  return (
    isSetAsidePath(path) || isSourceMemoryPath(path) || isAuditPath(path) || stagingTime(path) !== undefined
  );
}

/** Whether a path is that at which the feed would keep a package of the id. */
function isPackageOf(id: LowerId, path: string): boolean {
  const version = parseVersion(path.split("/")[3] ?? "");
  return version !== undefined && path === nupkgPath(id, lowerVersion(version));
}
