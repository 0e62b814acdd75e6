/**
 * Whatever changes the folder of a server: pushes, and builds of watched folders.
 */
import type { Store } from "../../store/store.js";
import type { DynamicPart } from "../app.js";
import { publishRoutes } from "../publishing/routes.js";
import { showChange } from "../publishing/show-change.js";
import type { LiveSearch } from "../search/live-search.js";
import { openFolderPublishing, type PublishSettings } from "./folder-publishing.js";
import { type WatchedFolders, watchPackages } from "./watched-builds.js";

export interface FolderChanges {
  readonly publishing: NonNullable<DynamicPart["publishing"]>;
  /** Rejects once the lock was lost to somebody else: nothing more is written then. */
  readonly assertHeld: () => Promise<void>;
  /** Lets what is under way end, and gives the lock back. */
  readonly close: () => Promise<void>;
}

export interface FolderChangeOptions {
  readonly folder: string;
  readonly publish?: PublishSettings;
  readonly watch?: WatchedFolders;
  /** How long to wait for another writer of the folder, in seconds; default not at all. */
  readonly lockTimeout?: number;
  readonly search: LiveSearch;
  /** Whether everybody may change the feed who reaches the server, as long as there is no key. */
  readonly isOpenWithoutKeys: boolean;
  readonly onError: (error: unknown) => void;
  readonly signal?: AbortSignal;
}

/** @throws FeedError as `openFolderPublishing` */
export async function openFolderChanges(store: Store, options: FolderChangeOptions): Promise<FolderChanges> {
  const { folder, publish, watch, lockTimeout, search, isOpenWithoutKeys, onError, signal } = options;
  const folderPublishing = await openFolderPublishing(store, {
    ...publish,
    ...(lockTimeout !== undefined && { lockTimeout }),
    isOpenWithoutKeys,
    onChanged: (state) => showChange(search, state),
    onError,
    ...(signal && { signal }),
  });
  const onChanged = search.refresh;
  const watcher = watch && (await watchPackages(folder, folderPublishing, { ...watch, onChanged, onError }));
  return {
    publishing: publishRoutes(folderPublishing.publishing),
    assertHeld: folderPublishing.assertHeld,
    close: async () => {
      await watcher?.close();
      await folderPublishing.close();
    },
  };
}
