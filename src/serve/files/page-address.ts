/**
 * Where the page is that was asked for by nearly its own address: without its slash, or in another letter case.
 */
import { lowerInvariant } from "../../nuget/dotnet-text.js";
import type { Store } from "../../store/store.js";
import { indexPage, type RequestedPath } from "./request-path.js";

/**
 * For pages only: below `v3/` nothing leads elsewhere, because clients take other spellings for other files
 * (protocol.md §3.1).
 *
 * @param requested to which nothing answers
 * @returns a path below the feed's root that does, of a folder with its slash; empty for the root
 */
export async function findPageAddress(
  store: Pick<Store, "stat">,
  { path, isFolder }: RequestedPath,
): Promise<string | undefined> {
  // Pages lie under ids in lower case, as the rest of a feed does.
  const lower = lowerInvariant(path);
  if (/^v3(?:\/|$)/.test(lower)) return undefined;
  const has = async (file: string): Promise<boolean> => (await store.stat(file)) !== undefined;
  if (!isFolder && (await has(indexPage(path)))) return folderAddress(path);
  if (lower === path) return undefined;
  if (await has(indexPage(lower))) return folderAddress(lower);
  return !isFolder && (await has(lower)) ? lower : undefined;
}

function folderAddress(path: string): string {
  return path === "" ? "" : `${path}/`;
}
