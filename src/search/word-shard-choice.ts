/**
 * Which word shards a question needs. All words must match, so the rarest one leads to all hits, if ids hold it; words
 * that stand in other texts only lead nowhere, so the others follow as far as there is room. What has too many shards
 * is loaded in part, ids that end with the word first.
 */
import type { SearchQuery } from "./parse-query.js";
import { keyPrefix } from "./word-keys.js";
import { shardsBelow, type WordTree } from "./word-tree.js";

/** About 2 MB, a fifth of that compressed. */
const maxShards = 8;
/** The question as a whole, as the beginning of an id, is looked up besides. */
const maxWholeShards = 2;

/** The beginnings of the shards to load, at most {@link maxShards} and two more. */
export function wordShardsOf(tree: WordTree, query: SearchQuery): string[] {
  const whole = keyPrefix(query.text);
  const byWord = wordsOf(query)
    .map((word) => shardsNear(tree, word))
    .sort((a, b) => keysIn(tree, a) - keysIn(tree, b));
  const wholeShards = whole === "" ? [] : shardsBelow(tree, whole).slice(0, maxWholeShards);
  const wordShards = [...new Set(byWord.flat())].slice(0, maxShards);
  return [...new Set([...wholeShards, ...wordShards])];
}

/** Words of ids only: what stands in other texts leads to no key. */
function wordsOf({ words, phrases, fields }: SearchQuery): string[] {
  const named = [...(fields.get("id") ?? []), ...(fields.get("packageid") ?? [])].map(keyPrefix);
  return [...words.map(({ word }) => keyPrefix(word)), ...phrases.flat(), ...named].filter(
    (word) => word !== "",
  );
}

/** The shards of the word or, as it may be misspelt, of its longest beginning that begins a key. */
function shardsNear(tree: WordTree, word: string): string[] {
  for (let length = word.length; length > 0; length--) {
    const shards = shardsBelow(tree, word.slice(0, length));
    if (shards.length > 0) return shards;
  }
  return [];
}

function keysIn(tree: WordTree, shards: readonly string[]): number {
  return shards.reduce((sum, shard) => sum + (tree.get(shard) ?? 0), 0);
}
