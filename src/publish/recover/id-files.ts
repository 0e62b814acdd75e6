/**
 * The files that a feed holds of ids, by what they are named.
 */
import { badgePaths, foldersOfId, ID_FOLDERS, isPathOfId, ownerOfPath } from "../../feed/id-paths.js";
import { packageFolder, SITE_ID_FOLDERS } from "../../feed/site-urls.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { Store } from "../../store/store.js";
import { hasSite } from "./has-site.js";

/** The files of all ids that are wanted, by id; ids without any are left out. */
export async function listIdFiles(
  store: Store,
  isWanted: (id: LowerId) => boolean,
): Promise<Map<LowerId, FeedPath[]>> {
  const folders = (await hasSite(store)) ? [...ID_FOLDERS, ...SITE_ID_FOLDERS] : ID_FOLDERS;
  return await listFolders(store, folders, isWanted);
}

/** The files of one id. */
export async function filesOfId(store: Store, id: LowerId): Promise<readonly FeedPath[]> {
  const isSited = await hasSite(store);
  const folders = isSited ? [...foldersOfId(id), packageFolder(id)] : foldersOfId(id);
  const files = (await listFolders(store, folders, () => true)).get(id) ?? [];
  for (const path of isSited ? badgePaths(id) : []) {
    if ((await store.stat(path)) !== undefined) files.push(path);
  }
  return files;
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
