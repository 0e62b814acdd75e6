/**
 * Search (protocol.md §5 and §6): the one import for everything about it. It answers for the server and, in a worker
 * of its own, in the browser.
 */
export { type AutocompleteResult, autocomplete, versionsOf } from "./autocomplete.js";
export { includesSemVer2, type SearchFilters } from "./filters.js";
export type { Page } from "./find.js";
export { isCompatible } from "./framework-compatibility.js";
export {
  isEmptyQuery,
  parseQuery,
  type QueryField,
  type QueryWord,
  type SearchQuery,
} from "./parse-query.js";
export { type SearchHit, type SearchResult, search } from "./search.js";
export {
  createSearchIndex,
  removeEntry,
  replaceEntry,
  replaceShard,
  type SearchIndex,
  type SearchIndexOptions,
} from "./search-index.js";
export { wordShardsOf } from "./word-shard-choice.js";
export {
  divideLines,
  entryKeys,
  isWordShardPath,
  lineKeys,
  MOST_IDS_WITHOUT_WORD_SHARDS,
  parseWordIndex,
  renderWordIndex,
  renderWordShard,
  WORD_INDEX,
  wordShardLine,
  wordShardPath,
} from "./word-shards.js";
export { changedRoots, divideKeys, shardsBelow, type WordTree } from "./word-tree.js";
