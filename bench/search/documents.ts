/**
 * The search documents of a feed in a folder, as the program writes them.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { FeedDocument } from "../../src/feed/document.js";
import type { SearchEntry } from "../../src/feed/search-entry.js";
import {
  renderShard,
  renderShardIndex,
  type ShardLines,
  shardBits,
  shardLine,
  shardOf,
} from "../../src/feed/search-shard.js";
import { SHARD_INDEX } from "../../src/feed/urls.js";
import {
  divideLines,
  MOST_IDS_WITHOUT_WORD_SHARDS,
  renderWordIndex,
  renderWordShard,
  wordShardLine,
} from "../../src/search/index.js";
import { encodeFeedFile } from "../../src/state/feed-file.js";
import { FEED_FILE } from "../../src/state/layout.js";

export interface WordShardSizes {
  readonly shards: number;
  readonly bytes: number;
  readonly largest: number;
}

/** @returns how large the word shards are, where the feed has them */
export function writeSearchDocuments(
  folder: string,
  entries: readonly SearchEntry[],
): WordShardSizes | undefined {
  for (const document of searchDocuments(entries)) write(folder, document);
  writeSettings(folder);
  const bits = shardBits(entries.length);
  return entries.length > MOST_IDS_WITHOUT_WORD_SHARDS ? writeWordShards(folder, entries, bits) : undefined;
}

/** Search shards and their index. */
export function searchDocuments(entries: readonly SearchEntry[]): FeedDocument[] {
  const bits = shardBits(entries.length);
  const shards = Array.from({ length: 2 ** bits }, (): ShardLines => new Map());
  for (const entry of entries) shards[shardOf(entry.key, bits)]?.set(entry.key, shardLine(entry));
  return [...shards.map((lines, n) => renderShard(bits, n, lines)), renderShardIndex(bits)];
}

/** Without them the folder is no feed. */
function writeSettings(folder: string): void {
  const file = path.join(folder, FEED_FILE);
  mkdirSync(path.dirname(file), { recursive: true });
  const baseUrl = "https://feed.example.com/";
  writeFileSync(file, encodeFeedFile({ baseUrl, folderFeed: false, staticSearch: 25 }));
}

function writeWordShards(folder: string, entries: readonly SearchEntry[], bits: number): WordShardSizes {
  const shards = divideLines("", new Map(entries.map((entry) => [entry.key, wordShardLine(entry)])));
  const sizes = [...shards].map(([prefix, { lines }]) => write(folder, renderWordShard(prefix, lines)));
  write(folder, renderWordIndex(new Map([...shards].map(([prefix, { keys }]) => [prefix, keys]))));
  writeFileSync(path.join(folder, SHARD_INDEX), JSON.stringify({ bits, words: true }));
  return {
    shards: sizes.length,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    largest: Math.max(...sizes),
  };
}

function write(folder: string, { path: name, body }: FeedDocument): number {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, body);
  return body.length;
}
