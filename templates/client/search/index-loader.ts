/**
 * Loads what search needs: of most feeds all search shards, once; of large ones (see `src/search/word-shards.ts`) the
 * shards of the words that are asked for.
 */

import { listOf, property } from "../../../src/feed/parsed-json.js";
import type { SearchEntry } from "../../../src/feed/search-entry.js";
import { SHARD_INDEX, shardPath } from "../../../src/feed/urls.js";
import {
  createSearchIndex,
  parseQuery,
  parseWordIndex,
  replaceEntry,
  replaceShard,
  type SearchIndex,
  WORD_INDEX,
  type WordTree,
  wordShardPath,
  wordShardsOf,
} from "../../../src/search/index.js";

export interface LoadedIndex {
  readonly index: SearchIndex;
  /** Whether there may be packages that are not in it. */
  readonly isPartial: boolean;
}

export interface IndexLoader {
  /** Loads what the question needs and is not there yet. Fails when something cannot be loaded; then ask again. */
  readonly load: (base: string, query: string) => Promise<LoadedIndex>;
}

/** Fetches a path of the feed. */
export type FetchPath = (path: string, base: string) => Promise<Response>;

/** Browsers ask one host for so many at once without waiting. */
const parallel = 6;

/** What is known of the feed. */
interface Feed {
  readonly index: SearchIndex;
  /** Present where the feed is large. */
  readonly words?: WordTree;
  readonly loaded: Set<string>;
}

export function createIndexLoader(fetchPath: FetchPath): IndexLoader {
  let opened: Promise<Feed> | undefined;
  return {
    load: async (base, query) => {
      const read = async (path: string) => await readJson(fetchPath, path, base);
      opened ??= openFeed(read);
      try {
        const feed = await opened;
        if (feed.words !== undefined) await loadWords(read, feed, feed.words, query);
        return { index: feed.index, isPartial: feed.words !== undefined };
      } catch (error) {
        opened = undefined;
        throw error;
      }
    },
  };
}

type Read = (path: string) => Promise<unknown>;

async function openFeed(read: Read): Promise<Feed> {
  const shards = await read(SHARD_INDEX);
  const feed = { index: createSearchIndex(), loaded: new Set<string>() };
  if (property(shards, "words") === true) return { ...feed, words: parseWordIndex(await read(WORD_INDEX)) };
  const bits = property(shards, "bits");
  if (typeof bits !== "number") throw new Error("no index of search shards");
  const paths = Array.from({ length: 2 ** bits }, (_, n) => shardPath(bits, n));
  await inParallel(paths, async (path) => {
    replaceShard(feed.index, path, entriesOf(await read(path)));
  });
  return feed;
}

async function loadWords(read: Read, feed: Feed, words: WordTree, query: string): Promise<void> {
  const wanted = wordShardsOf(words, parseQuery(query)).filter((prefix) => !feed.loaded.has(prefix));
  await inParallel(wanted, async (prefix) => {
    // An id lies in the shard of each of its words, with the same entry.
    for (const entry of entriesOf(await read(wordShardPath(prefix)))) {
      if (!feed.index.entries.has(entry.key)) replaceEntry(feed.index, entry);
    }
    feed.loaded.add(prefix);
  });
}

async function readJson(fetchPath: FetchPath, path: string, base: string): Promise<unknown> {
  const response = await fetchPath(encodeURI(path), base);
  if (!response.ok) throw new Error(`no ${path}: ${response.status}`);
  return await response.json();
}

function entriesOf(shard: unknown): readonly SearchEntry[] {
  const entries = listOf(shard, "entries");
  if (entries === undefined) throw new Error("no search shard");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the same program wrote the feed and this script
  return entries as readonly SearchEntry[];
}

async function inParallel<Value>(
  values: readonly Value[],
  work: (value: Value) => Promise<void>,
): Promise<void> {
  const waiting = values.values();
  const workers = Array.from({ length: parallel }, async () => {
    for (const value of waiting) await work(value);
  });
  await Promise.all(workers);
}
