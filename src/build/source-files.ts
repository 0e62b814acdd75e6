/**
 * What a partition holds of a source folder, in short: enough to see that nothing in it has changed.
 */
import { type FeedPath, isAssetPath } from "../feed/urls.js";
import { type OriginName, outputPaths } from "../state/id-state.js";
import type { Partition } from "../state/partition.js";
import type { ScannedFile } from "./scan.js";

/** A package file as the state knows it: path, bytes, time of modification in milliseconds. */
export type SourceFile = readonly [path: string, size: number, mtime: number];

export interface SourceFiles {
  readonly files: readonly SourceFile[];
  /** Versions that the source holds in the partition. */
  readonly versions: number;
  /** The assets that the ids of the partition want. */
  readonly assets: readonly FeedPath[];
}

export function sourceFiles(ids: Partition, origin: OriginName): SourceFiles {
  const files: SourceFile[] = [];
  let versions = 0;
  for (const { records } of ids.values()) {
    for (const { size, origins } of records) {
      const held = origins[origin];
      if (held === undefined) continue;
      versions++;
      for (const { path, mtime } of held) files.push([path, size, mtime]);
    }
  }
  return { files, versions, assets: partitionAssets(ids) };
}

function partitionAssets(ids: Partition): FeedPath[] {
  return [...new Set([...ids.values()].flatMap(({ outputs }) => outputPaths(outputs).filter(isAssetPath)))];
}

/** Whether every file is there as it was. */
export function areUnchanged({ files }: SourceFiles, scanned: ReadonlyMap<string, ScannedFile>): boolean {
  return files.every(([path, size, mtime]) => {
    const file = scanned.get(path);
    return file?.size === size && file.mtime === mtime;
  });
}
