/**
 * Whether an entry passes what a question asks besides its free words: fields, phrases, package types, frameworks.
 */
import type { SearchLatest } from "../feed/search-entry.js";
import { fieldClauses } from "./field-clauses.js";
import { createFilter, type SearchFilters } from "./filters.js";
import { modeView } from "./mode-view.js";
import type { SearchQuery } from "./parse-query.js";
import { holdsPhrase } from "./phrases.js";
import { HIDDEN, rankedEntries, type SearchIndex, type VersionMode } from "./search-index.js";

/**
 * Makes the test of entries, by their positions.
 *
 * @returns `undefined` when all pass
 */
export function createAcceptance(
  index: SearchIndex,
  query: SearchQuery,
  filters: SearchFilters,
  mode: VersionMode,
): ((position: number) => boolean) | undefined {
  const fields = fieldTests(index, query.fields, mode);
  const texts = textTest(query, filters);
  if (fields.length === 0 && texts === undefined) return undefined;
  const entries = rankedEntries(index);
  return (position) => {
    if (!fields.every((accepts) => accepts(position))) return false;
    const shown = texts && entries[position]?.shown[mode];
    return texts === undefined || (shown !== undefined && texts(shown.latest));
  };
}

function fieldTests(
  index: SearchIndex,
  fields: SearchQuery["fields"],
  mode: VersionMode,
): ((position: number) => boolean)[] {
  const { positions } = modeView(index, mode);
  const entries = rankedEntries(index);
  return fieldClauses(index, fields, mode).map((clause) => {
    if (clause.kind === "test") {
      return (position) => {
        const entry = entries[position];
        return entry !== undefined && clause.accepts(entry);
      };
    }
    const isFound = new Uint8Array(entries.length);
    for (const document of clause.documents) {
      const position = positions[document] ?? HIDDEN;
      if (position !== HIDDEN) isFound[position] = 1;
    }
    return (position) => isFound[position] === 1;
  });
}

function textTest(
  { phrases }: SearchQuery,
  filters: SearchFilters,
): ((latest: SearchLatest) => boolean) | undefined {
  const filter = createFilter(filters);
  if (phrases.length === 0) return filter;
  return (latest) =>
    (filter === undefined || filter(latest)) && phrases.every((phrase) => holdsPhrase(latest, phrase));
}
