/**
 * Builds the feed again whenever something changes in the folders that it is made of, under the lock that the server
 * holds.
 */
import { buildUnderLock } from "../../build/build.js";
import { RefusedBuildError } from "../../build/guards.js";
import type { BuildReport } from "../../build/options.js";
import { FeedError } from "../../errors.js";
import type { PushContext } from "../../publish/push/context.js";
import type { FolderPublishing } from "./folder-publishing.js";
import { watchFolder } from "./watch-folder.js";

export interface WatchedFolders {
  /** Folders of packages. */
  readonly folders: readonly string[];
  /** Told of every build that changed something, or found other problems than the one before. */
  readonly onBuild?: (report: BuildReport) => void;
}

export interface WatchedBuilds extends WatchedFolders {
  /** Called after builds that changed something, before they are told. */
  readonly onChanged: () => Promise<void>;
  /** Told of builds that were refused or failed, once for each reason; the next change tries again. */
  readonly onError: (error: unknown) => void;
}

export interface BuildWatcher {
  /** Lets a build that is under way end where another one can go on. */
  readonly close: () => Promise<void>;
}

/** Builds once at the beginning. */
export async function watchPackages(
  output: string,
  { turns, lock, publishing }: FolderPublishing,
  { folders, onBuild, onChanged, onError }: WatchedBuilds,
): Promise<BuildWatcher> {
  const controller = new AbortController();
  const problems = createNews();
  const failures = createNews();
  const buildOnce = async (): Promise<void> => {
    if (controller.signal.aborted) return;
    try {
      const { settings } = await publishing.context();
      const report = await turns.alone(async () => await buildNow(settings));
      failures.isNew([]);
      if (hasChanged(report)) await onChanged();
      if (problems.isNew(report.problems.map(({ message }) => message)) || hasChanged(report))
        onBuild?.(report);
    } catch (error) {
      if (!controller.signal.aborted && failures.isNew(reasonsOf(error))) onError(error);
    }
  };
  const buildNow = async (settings: PushContext["settings"]): Promise<BuildReport> => {
    const { signal } = controller;
    // An empty folder is nothing unusual for one into which packages are dropped.
    const options = { sources: folders, output, settings, allowEmpty: true, signal };
    return await buildUnderLock(options, lock);
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

/** A build that nothing changed for finds what the one before found, and nobody wants to hear of it twice a minute. */
function createNews(): { readonly isNew: (reasons: readonly string[]) => boolean } {
  let told = "[]";
  return {
    isNew: (reasons) => {
      const before = told;
      told = JSON.stringify(reasons);
      return told !== before && reasons.length > 0;
    },
  };
}

function reasonsOf(error: unknown): string[] {
  const problems = error instanceof RefusedBuildError ? error.problems : [];
  return [String(error), ...problems.map(({ message }) => message)];
}
