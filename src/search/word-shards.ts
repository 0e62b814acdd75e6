/**
 * Word shards, from which the browser searches feeds with more than {@link MOST_IDS_WITHOUT_WORD_SHARDS} ids: it loads
 * those of the words that are asked for, so what it loads is bounded.
 *
 * ```
 * v3/search/words/index.json        {"shards":{"ab":17,"se":400,"js-":9,…}}  beginnings of keys, and how many keys
 * v3/search/words/w-{prefix}.json   entries of the ids that have such a key, short; lines as in search shards
 * ```
 */
import { type FeedDocument, jsonDocument } from "../feed/document.js";
import { property } from "../feed/parsed-json.js";
import type { SearchEntry } from "../feed/search-entry.js";
import type { ShardLines } from "../feed/search-shard.js";
import type { FeedPath } from "../feed/urls.js";
import { shortEntry } from "./short-entry.js";
import { wordKeys } from "./word-keys.js";
import { divideKeys, type WordTree } from "./word-tree.js";

/** Up to here the browser loads all search shards. */
export const MOST_IDS_WITHOUT_WORD_SHARDS = 20_000;

const FOLDER = "v3/search/words/";
export const WORD_INDEX = wordPath("index.json");

/** The `w-` keeps apart what Windows takes for a device (`con`). */
export function wordShardPath(prefix: string): FeedPath {
  return wordPath(`w-${prefix}.json`);
}

export function isWordShardPath(path: string): boolean {
  return path.startsWith(`${FOLDER}w-`);
}

function wordPath(name: string): FeedPath {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: keys are made of ids, which hold no separators
  return (FOLDER + name) as FeedPath;
}

/** The keys of an entry's id; none for an id that nobody finds. */
export function entryKeys({ key, latest }: SearchEntry): string[] {
  const shown = latest.at(-1);
  return shown === undefined ? [] : wordKeys(shown.id, key);
}

/** The text of an entry's line; the same in all its shards. */
export function wordShardLine(entry: SearchEntry): string {
  return JSON.stringify(shortEntry(entry));
}

/**
 * The shards below a beginning (all shards, for the empty one), with the lines that they hold.
 *
 * @param lines of all ids that have keys there, at least
 * @param keysOf the keys of an id, as {@link entryKeys} makes them
 */
export function divideLines(
  root: string,
  lines: ShardLines,
  keysOf: (line: string) => readonly string[] = lineKeys,
): Map<string, { readonly keys: number; readonly lines: ShardLines }> {
  const keyed = [...lines].map(([id, line]) => ({
    id,
    line,
    keys: keysOf(line).filter((key) => key.startsWith(root)),
  }));
  const tree = divideKeys(
    keyed.flatMap(({ keys }) => keys),
    root,
  );
  const shards = new Map(
    [...tree].map(([prefix, keys]) => [prefix, { keys, lines: new Map() as ShardLines }]),
  );
  for (const { id, line, keys } of keyed) {
    for (const key of keys) shardWith(shards, key)?.lines.set(id, line);
  }
  return shards;
}

function shardWith<Shard>(shards: ReadonlyMap<string, Shard>, key: string): Shard | undefined {
  for (let length = 2; length <= key.length; length++) {
    const shard = shards.get(key.slice(0, length));
    if (shard !== undefined) return shard;
  }
  return undefined;
}

/** The keys of a line that {@link wordShardLine} wrote. */
export function lineKeys(line: string): string[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: this file wrote the line
  return entryKeys(JSON.parse(line) as SearchEntry);
}

const encoder = new TextEncoder();

/** Read back by `parseShardLines`: one line for each id, sorted. */
export function renderWordShard(prefix: string, lines: ShardLines): FeedDocument {
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const text = `{"entries":[\n${sorted.join(",\n")}\n]}\n`;
  return {
    path: wordShardPath(prefix),
    rank: 4,
    contentType: "application/json",
    body: encoder.encode(text),
  };
}

export function renderWordIndex(tree: WordTree): FeedDocument {
  const sorted = [...tree].sort(([a], [b]) => (a < b ? -1 : 1));
  return jsonDocument(WORD_INDEX, 4, { shards: Object.fromEntries(sorted) });
}

/**
 * Reads what {@link renderWordIndex} wrote.
 *
 * @throws Error when it is something else
 */
export function parseWordIndex(value: unknown): WordTree {
  const shards = property(value, "shards");
  if (typeof shards !== "object" || shards === null) throw new Error("no index of word shards");
  return new Map(Object.entries(shards).map(([prefix, keys]) => [prefix, Number(keys)]));
}
