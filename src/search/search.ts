/**
 * Searching the packages of a feed (protocol.md §5).
 */
import type { SearchEntry, SearchLatest, SearchVersion } from "../feed/search-entry.js";
import { type SearchFilters, versionMode, visibleVersions } from "./filters.js";
import { find, type Page } from "./find.js";
import { parseQuery } from "./parse-query.js";
import type { SearchIndex } from "./search-index.js";

export interface SearchHit {
  readonly entry: SearchEntry;
  /** The latest version that the filters let through, whose texts are shown. */
  readonly latest: SearchLatest;
  /** All versions that the filters let through, ascending. */
  readonly versions: readonly SearchVersion[];
}

export interface SearchResult {
  /** How many hits there are before `skip` and `take`. */
  readonly total: number;
  readonly hits: readonly SearchHit[];
}

/**
 * The packages that answer a question, best first. An empty question lists all; no question is refused.
 *
 * @example
 * search(index, "json tags:serializer", { prerelease: true, semVer2: true }, { skip: 0, take: 20 })
 */
export function search(
  index: SearchIndex,
  query: string,
  filters: SearchFilters = {},
  page: Page = {},
): SearchResult {
  const mode = versionMode(filters);
  const { total, found } = find(index, parseQuery(query), filters, page, "everything");
  const hits = found.map(({ entry, latest }) => ({
    entry: entry.entry,
    latest,
    versions: visibleVersions(entry, mode),
  }));
  return { total, hits };
}
