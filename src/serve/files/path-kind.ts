/**
 * What a path of a feed holds, which decides how it is served.
 */
import { idOfSitePath, isFeedSitePath } from "../../feed/site-urls.js";
import { FLAT_CONTAINER, isAssetPath } from "../../feed/urls.js";

/** Folders below which nothing is for readers: the state, and what is hidden (a `.git` beside the feed, say). */
export function isPrivate(path: string): boolean {
  // File systems that ignore case also take U+017F for s and the ligature U+FB06 for st.
  const folded = path.normalize("NFKC").toLowerCase();
  if (folded === "feed-state" || folded.startsWith("feed-state/")) return true;
  return folded.split("/").some((segment) => segment.startsWith(".") && segment !== ".well-known");
}

/** Bytes that came out of packages, which nobody checked: packages, nuspecs, readmes, icons, licences. */
export function isPackageContent(path: string): boolean {
  return isAssetPath(path) || (path.startsWith(FLAT_CONTAINER) && path.split("/").length > 4);
}

/** Documents that nupress generated, whose addresses begin with the feed's base URL. */
export function isGeneratedJson(path: string): boolean {
  return path.startsWith("v3/") && path.endsWith(".json") && !isPackageContent(path);
}

/** Files of the web site that nupress generated. */
export function isSiteFile(path: string): boolean {
  return isFeedSitePath(path) || idOfSitePath(path) !== undefined;
}

export function isSitePage(path: string): boolean {
  return path.endsWith(".html") && isSiteFile(path);
}
