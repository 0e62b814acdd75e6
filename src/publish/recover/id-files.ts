/**
 * The files that a feed holds of ids, by what they are named.
 */
import { foldersOfId, ID_FOLDERS, isPathOfId, ownerOfPath } from "../../feed/id-paths.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { Store } from "../../store/store.js";

/** The files of all ids that are wanted, by id; ids without any are left out. */
export async function listIdFiles(
  store: Store,
  isWanted: (id: LowerId) => boolean,
): Promise<Map<LowerId, FeedPath[]>> {
  return await listFolders(store, ID_FOLDERS, isWanted);
}

/** The files of one id. */
export async function filesOfId(store: Store, id: LowerId): Promise<readonly FeedPath[]> {
  return (await listFolders(store, foldersOfId(id), () => true)).get(id) ?? [];
}

async function listFolders(
  store: Store,
  folders: readonly string[],
  isWanted: (id: LowerId) => boolean,
): Promise<Map<LowerId, FeedPath[]>> {
  const files = new Map<LowerId, FeedPath[]>();
  for (const folder of folders) {
    for await (const { path } of store.list(folder)) {
      const id = ownerOfPath(path);
      if (id === undefined || !isWanted(id) || !isPathOfId(id, path)) continue;
      files.set(id, [...(files.get(id) ?? []), path]);
    }
  }
  return files;
}
