/**
 * Tells that something changed in a folder of packages.
 */
import { type FSWatcher, watch } from "node:fs";

export interface FolderWatch {
  readonly close: () => void;
}

export interface WatchFolderOptions {
  readonly onChange: () => void;
  /** Milliseconds without a change after which it is told: packages are written piece by piece. */
  readonly quiet?: number;
  /**
   * Milliseconds after which a change is told that nobody noticed: network drives and some containers tell of none.
   */
  readonly interval?: number;
}

const QUIET = 500;
const INTERVAL = 30_000;

/** Where the system cannot watch the folder, the interval alone counts. */
export function watchFolder(
  folder: string,
  { onChange, quiet = QUIET, interval = INTERVAL }: WatchFolderOptions,
): FolderWatch {
  let timer: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, quiet);
  };
  const watchNow = (): FSWatcher | undefined => tryWatch(folder, soon, () => (watcher = undefined));
  let watcher = watchNow();
  const ticker = setInterval(() => {
    // The folder may not have been there, or have been replaced.
    watcher ??= watchNow();
    onChange();
  }, interval);
  return {
    close: () => {
      clearTimeout(timer);
      clearInterval(ticker);
      watcher?.close();
    },
  };
}

function tryWatch(folder: string, onChange: () => void, onError: () => void): FSWatcher | undefined {
  try {
    return watch(folder, { recursive: true }, onChange).on("error", onError);
  } catch {
    return undefined;
  }
}
