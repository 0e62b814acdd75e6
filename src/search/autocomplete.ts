/**
 * Ids by what they or their words begin with, and the versions of one id (protocol.md §6).
 */
import type { LowerId, PackageId } from "../nuget/id.js";
import { type SearchFilters, versionMode, visibleVersions } from "./filters.js";
import { find, type Page } from "./find.js";
import { parseQuery } from "./parse-query.js";
import type { SearchIndex } from "./search-index.js";

export interface AutocompleteResult {
  /** How many ids there are before `skip` and `take`. */
  readonly total: number;
  /** In the letter case of the latest version that the filters let through. */
  readonly ids: readonly PackageId[];
}

/** Ids that begin with the text, then those whose words do: `storage` finds `Azure.Storage.Blobs`. */
export function autocomplete(
  index: SearchIndex,
  prefix: string,
  filters: SearchFilters = {},
  page: Page = {},
): AutocompleteResult {
  const { total, found } = find(index, parseQuery(prefix), filters, page, "ids");
  return { total, ids: found.map(({ latest }) => latest.id) };
}

/** The versions of an id that the filters let through, in full form, ascending; none for an unknown id. */
export function versionsOf(index: SearchIndex, id: LowerId, filters: SearchFilters = {}): string[] {
  const entry = index.entries.get(id);
  if (entry === undefined) return [];
  return visibleVersions(entry, versionMode(filters)).map(({ version }) => version);
}
