/**
 * A feed document: bytes at a path, with the rank at which it is written. Whatever a document points to has a lower
 * rank, so a reader who comes in between never finds a link that leads nowhere.
 */
import { encodeJson } from "./json.js";
import { idOfSitePath } from "./site-urls.js";
import { type FeedPath, isAssetPath, SERVICE_INDEX } from "./urls.js";

/**
 * 0 packages, nuspecs, readmes, assets · 1 leaves; web pages of readmes and licences · 2 pages; what an id's web page leads
 * to · 3 indexes and the web page of one id · 4 documents of the whole feed · 5 the service index.
 */
export type Rank = 0 | 1 | 2 | 3 | 4 | 5;

/**
 * The rank of what lies at a path, for those who know nothing else of it any more: files are deleted in the reverse of
 * the order in which they are written.
 */
export function rankOf(path: FeedPath): Rank {
  if (path === SERVICE_INDEX) return 5;
  if (idOfSitePath(path) !== undefined) return rankOfSitePath(path);
  const [, id, rest] = /^v3\/(?:flat|registration|registration-semver1)\/([^/]+)\/(.+)$/.exec(path) ?? [];
  if (id === undefined) return isAssetPath(path) ? 0 : 4;
  if (rest === "index.json") return 3;
  if (path.startsWith("v3/flat/")) return 0;
  return rest?.startsWith("page/") === true ? 2 : 1;
}

function rankOfSitePath(path: FeedPath): Rank {
  if (/^packages\/[^/]+\/index\.html$/.test(path)) return 3;
  return /^packages\/[^/]+\/(?:readme|license)\//.test(path) ? 1 : 2;
}

export interface FeedDocument {
  readonly path: FeedPath;
  readonly rank: Rank;
  readonly contentType: string;
  readonly body: Uint8Array;
}

export function jsonDocument(path: FeedPath, rank: Rank, value: unknown): FeedDocument {
  return { path, rank, contentType: "application/json", body: encodeJson(value) };
}
