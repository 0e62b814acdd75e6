/**
 * Brings the search of this process up to date with a change that it just made, before anybody else hears of it.
 */
import { searchEntry } from "../../feed/search-entry.js";
import { type IdState, statePackage } from "../../state/id-state.js";
import type { LiveSearch } from "../search/live-search.js";

export function showChange(
  { replace, remove }: Pick<LiveSearch, "replace" | "remove">,
  state: IdState,
): void {
  if (state.records.length === 0) remove(state.id, state.revision);
  else replace(searchEntry(statePackage(state)));
}
