/**
 * Looks which search shards changed, and reads those.
 */
import { FeedError } from "../../errors.js";
import { parseShardIndex } from "../../feed/search-shard.js";
import { type FeedPath, SHARD_INDEX, shardPath } from "../../feed/urls.js";
import { mapLimit } from "../../publish/map-limit.js";
import type { Etag, Store } from "../../store/store.js";
import { type Division, divide, type KnownShard, putShard, type ShardContents } from "./shard-contents.js";

export interface LookOptions {
  readonly signal: AbortSignal;
  /** Told of shards that cannot be used: once, until they are others. What is known of them stays. */
  readonly onError: (error: unknown) => void;
  /** Told whenever the store has answered. */
  readonly onAnswer: () => void;
}

/** What was seen of the shard index. */
export interface SeenIndex {
  /** Of the bytes that were looked at last. */
  etag?: Etag;
}

/** So many requests are open at once; workers allow six. */
const PARALLEL = 6;

/** An index that is replaced this often while its shards are read is no accident. */
const ATTEMPTS = 3;

/**
 * Brings the contents up to date: one request for the shard index, one for the list of shards, one for each that
 * changed. A feed without shard index is an empty one.
 *
 * @throws FeedError `search-damaged` for a shard index that is none and was none before; whatever the store throws
 */
export async function look(
  store: Store,
  contents: ShardContents,
  seen: SeenIndex,
  options: LookOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await lookAtIndex(store, contents, seen, options);
    // What is known stays, even when the whole feed is gone: it may be on its way to another place.
    if (contents.division === undefined || seen.etag === undefined) return;
    const missing = await readChanged(store, contents, contents.division, options);
    // Shards go when others have come, which the index tells.
    const isOld = missing.length > 0 && (await store.stat(SHARD_INDEX))?.etag !== seen.etag;
    if (isOld && attempt < ATTEMPTS) continue;
    tellMissing(missing, options);
    return;
  }
}

function tellMissing(missing: readonly MissingShard[], { onError }: LookOptions): void {
  const [first, ...others] = missing;
  if (first === undefined) return;
  for (const [shard] of missing) shard.isMissing = true;
  const more = others.length === 0 ? "" : `, and ${others.length} others are not either`;
  onError(damaged(first[1], `it is not there${more}`));
}

/** Divides the contents anew when there are more or fewer shards than before. */
async function lookAtIndex(
  store: Store,
  contents: ShardContents,
  seen: SeenIndex,
  { signal, onError, onAnswer }: LookOptions,
): Promise<void> {
  const info = await store.stat(SHARD_INDEX);
  onAnswer();
  if (info?.etag === seen.etag) return;
  const object = info && (await store.read(SHARD_INDEX, { signal }));
  onAnswer();
  signal.throwIfAborted();
  const bits = object && parseShardIndex(object.bytes);
  if (bits === undefined) {
    const error = damaged(
      SHARD_INDEX,
      object === undefined ? "it is not there" : "it names no number of shards",
    );
    // Only what never was there says that there is nothing to find.
    if (object !== undefined && contents.division === undefined) throw error;
    onError(error);
  } else if (bits !== contents.division?.bits) {
    divide(contents, bits);
  }
  if (object === undefined) delete seen.etag;
  else seen.etag = object.etag;
}

type MissingShard = readonly [shard: KnownShard, path: FeedPath];

/** @returns shards that are not there, unless that was told already */
async function readChanged(
  store: Store,
  contents: ShardContents,
  { bits, shards }: Division,
  { signal, onError, onAnswer }: LookOptions,
): Promise<MissingShard[]> {
  const listed = await listEtags(store, bits);
  onAnswer();
  signal.throwIfAborted();
  const named = shards.map((shard, n) => [shard, shardPath(bits, n)] as const);
  for (const [shard, path] of named) if (listed.has(path)) shard.isMissing = false;
  const changed = named.filter(([shard, path]) => listed.has(path) && listed.get(path) !== shard.etag);
  await mapLimit(changed, PARALLEL, async ([shard, path]) => {
    const object = await store.read(path, { signal });
    onAnswer();
    signal.throwIfAborted();
    if (object === undefined) {
      listed.delete(path);
      return;
    }
    shard.etag = object.etag;
    if (!putShard(contents, shard, new TextDecoder().decode(object.bytes))) {
      onError(damaged(path, "it is not what nupress writes"));
    }
  });
  return named.filter(([{ isMissing }, path]) => !isMissing && !listed.has(path));
}

async function listEtags(store: Store, bits: number): Promise<Map<string, Etag>> {
  const folder = shardPath(bits, 0).replace(/[^/]+$/, "");
  const etags = new Map<string, Etag>();
  for await (const { path, etag } of store.list(folder)) etags.set(path, etag);
  return etags;
}

function damaged(path: string, reason: string): FeedError {
  return new FeedError("search-damaged", `Cannot search all of the feed: "${path}" is damaged, ${reason}`, {
    hint: "run nupress verify --repair",
  });
}
