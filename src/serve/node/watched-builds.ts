/**
 * Builds the feed again whenever something changes in the folders that it is made of, under the lock that the server
 * holds.
 */
import { buildUnderLock } from "../../build/build.js";
import type { BuildReport } from "../../build/options.js";
import { FeedError } from "../../errors.js";
import type { PushContext } from "../../publish/push/context.js";
import type { FolderPublishing } from "./folder-publishing.js";
import { watchFolder } from "./watch-folder.js";

export interface WatchedFolders {
  /** Folders of packages. */
  readonly folders: readonly string[];
  /** Told of every build that changed something, or found a problem. */
  readonly onBuild?: (report: BuildReport) => void;
}

export interface WatchedBuilds extends WatchedFolders {
  /** Called after builds that changed something, before they are told. */
  readonly onChanged: () => Promise<void>;
  /** Told of builds that were refused or failed; the next change tries again. */
  readonly onError: (error: unknown) => void;
}

export interface BuildWatcher {
  /** Lets a build that is under way end where another one can go on. */
  readonly close: () => Promise<void>;
}

/** Builds once at the beginning. */
export async function watchPackages(
  output: string,
  { turns, until, publishing }: FolderPublishing,
  { folders, onBuild, onChanged, onError }: WatchedBuilds,
): Promise<BuildWatcher> {
  const controller = new AbortController();
  const buildOnce = async (): Promise<void> => {
    if (controller.signal.aborted) return;
    try {
      const { settings } = await publishing.context();
      const report = await turns.alone(async () => await buildNow(settings));
      if (hasChanged(report)) await onChanged();
      if (hasChanged(report) || report.problems.length > 0) onBuild?.(report);
    } catch (error) {
      if (!controller.signal.aborted) onError(error);
    }
  };
  const buildNow = async (settings: PushContext["settings"]): Promise<BuildReport> => {
    const { signal } = controller;
    // An empty folder is nothing unusual for one into which packages are dropped.
    const options = { sources: folders, output, settings, allowEmpty: true, signal };
    return await buildUnderLock(options, until);
  };
  let building = buildOnce();
  let isWaiting = false;
  const onChange = (): void => {
    if (isWaiting) return;
    isWaiting = true;
    building = building.then(async () => {
      isWaiting = false;
      await buildOnce();
    });
  };
  const watches = folders.map((folder) => watchFolder(folder, { onChange }));
  await building;
  return {
    close: async () => {
      for (const watch of watches) watch.close();
      controller.abort(new FeedError("stopped", "Cannot go on building: the server stops"));
      await building;
    },
  };
}

function hasChanged({ created, replaced, deleted }: BuildReport): boolean {
  return created + replaced + deleted > 0;
}
