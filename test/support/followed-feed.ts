/** A feed in memory that others write to, and a search that follows it: what it asks of the store, and at what time. */
import { beforeEach } from "vitest";
import type { SearchEntry } from "../../src/feed/search-entry.js";
import {
  renderShard,
  renderShardIndex,
  type ShardLines,
  shardLine,
  shardOf,
} from "../../src/feed/search-shard.js";
import { shardPath } from "../../src/feed/urls.js";
import { type SearchIndex, search } from "../../src/search/index.js";
import { createLiveSearch, type LiveSearch } from "../../src/serve/search/live-search.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { testEntry } from "../search/corpus.js";
import { testId } from "./records.js";

export const names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"];

export const all = names.map((name) => entry(name));
export const sorted = names.toSorted();

/** One feed and a search that follows it; tests put others in the place of what is not read-only. */
export interface FollowedFeed {
  /** The feed as others see it: what is asked of it is not written down. */
  inner: Store;
  /** The same, as the search sees it. */
  store: Store;
  /** What was asked of the store since it was last forgotten: `stat path`, `list folder`, `read path`. */
  requests: string[];
  /** Called before each request is answered. */
  beforeAnswer: (request: string) => Promise<void> | void;
  /** Milliseconds. */
  clock: number;
  readonly errors: string[];
  live: LiveSearch;
  /** Writes shards that are not there as they should be, then the shard index. */
  readonly publish: (entries: readonly SearchEntry[], bits: number) => Promise<void>;
  readonly ids: () => Promise<string[]>;
  /** Asks when the index is so old that the question waits until it is up to date. */
  readonly freshIds: () => Promise<string[]>;
  /** The paths that were read. */
  readonly reads: () => string[];
}

/** A fresh one for each test. */
export function useFollowedFeed(): FollowedFeed {
  const feed: FollowedFeed = {
    ...emptyFeed(),
    publish: async (entries, bits) => await publish(feed.inner, entries, bits),
    ids: async () => idsIn(await feed.live.index()),
    freshIds: async () => {
      feed.clock += 20_000;
      return await feed.ids();
    },
    reads: () =>
      feed.requests.filter((request) => request.startsWith("read ")).map((request) => request.slice(5)),
  };
  beforeEach(() => {
    Object.assign(feed, emptyFeed());
    feed.store = watched(feed);
    const onError = (error: unknown): number => feed.errors.push(String(error));
    feed.live = createLiveSearch(feed.store, { now: () => feed.clock, onError });
  });
  return feed;
}

function emptyFeed(): Pick<
  FollowedFeed,
  "inner" | "store" | "requests" | "beforeAnswer" | "clock" | "errors" | "live"
> {
  const inner = createMemoryStore();
  return {
    inner,
    store: inner,
    requests: [],
    beforeAnswer: () => {},
    clock: 1000,
    errors: [],
    live: createLiveSearch(inner, {}),
  };
}

function watched(feed: FollowedFeed): Store {
  const { inner } = feed;
  const told = async (request: string): Promise<void> => {
    feed.requests.push(request);
    await feed.beforeAnswer(request);
  };
  return {
    ...inner,
    stat: async (path) => (await told(`stat ${path}`), await inner.stat(path)),
    read: async (path, options) => (await told(`read ${path}`), await inner.read(path, options)),
    list: async function* (prefix) {
      await told(`list ${prefix}`);
      yield* inner.list(prefix);
    },
  };
}

export function entry(id: string, revision?: number, versions: readonly string[] = ["1.0.0"]): SearchEntry {
  const made = testEntry(versions, { id, description: `describes ${id}` });
  return { ...made, ...(revision !== undefined && { revision }) };
}

async function publish(store: Store, entries: readonly SearchEntry[], bits: number): Promise<void> {
  const shards = Array.from({ length: 2 ** bits }, (): ShardLines => new Map());
  for (const one of entries) shards[shardOf(one.key, bits)]?.set(one.key, shardLine(one));
  for (const [n, lines] of shards.entries()) await putChanged(store, renderShard(bits, n, lines));
  await putChanged(store, renderShardIndex(bits));
}

async function putChanged(
  store: Store,
  { path, body }: { readonly path: string; readonly body: Uint8Array },
): Promise<void> {
  const before = await store.read(path);
  if (before === undefined || !equalBytes(before.bytes, body)) await store.put(path, body);
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

export function idsIn(index: SearchIndex): string[] {
  return search(index, "", { prerelease: true, semVer2: true }, { take: 1000 }).hits.map(
    ({ entry: { key } }) => key,
  );
}

/** Where the entry of an id is. */
export function shardFile(id: string, bits: number): string {
  return shardPath(bits, shardOf(testId(id), bits));
}

/** An id of the same shard. */
export function findNeighbour(id: string, bits: number): string {
  const wanted = shardOf(testId(id), bits);
  return (
    Array.from({ length: 1000 }, (_, n) => `neighbour${n}`).find(
      (name) => shardOf(testId(name), bits) === wanted,
    ) ?? ""
  );
}
