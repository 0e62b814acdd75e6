/**
 * Makes the state of a lost id again, and takes over what was written for it.
 */
import { packageDigest } from "../../feed/content.js";
import { type FeedPath, nupkgPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { type IdState, type OutputMark, statePackage } from "../../state/id-state.js";
import type { RecoverContext } from "./context.js";
import { rebuildId } from "./rebuild-id.js";

export interface RecoveredId {
  /** Dirty; without records where no package is readable. */
  readonly state: IdState;
  /** Files at places of packages that no record is made of. They are nobody's, so that nothing deletes them. */
  readonly unreadable: readonly FeedPath[];
}

/** @param paths of all files that belong to the id */
export async function recoverId(
  context: RecoverContext,
  id: LowerId,
  paths: readonly FeedPath[],
): Promise<RecoveredId> {
  return adoptFiles(await rebuildId(context, id, paths), paths);
}

/**
 * Whatever lies where files of the id belong was written for it. The packages are those of the records; everything else
 * is written again.
 */
export function adoptFiles(state: IdState, paths: readonly FeedPath[]): RecoveredId {
  const packages = new Map(
    statePackage(state).versions.map(({ record, lower }) => [
      nupkgPath(state.id, lower),
      packageDigest(record),
    ]),
  );
  const { rendered: _, ...unrendered } = state;
  const outputs: Record<FeedPath, OutputMark> = { ...state.outputs };
  const unreadable: FeedPath[] = [];
  for (const path of paths) {
    const isPackage = path.endsWith(".nupkg");
    if (isPackage && !packages.has(path)) unreadable.push(path);
    else outputs[path] = packages.get(path) ?? "?";
  }
  return { state: { ...unrendered, outputs }, unreadable };
}
