/**
 * Puts an id's entry into its search shard, where others replace entries at the same time.
 */
import { parseJson, property } from "../../feed/parsed-json.js";
import { type SearchEntry, searchEntry } from "../../feed/search-entry.js";
import {
  parseShardIndex,
  parseShardLines,
  renderShard,
  shardLine,
  shardOf,
} from "../../feed/search-shard.js";
import { type FeedPath, SHARD_INDEX, shardPath } from "../../feed/urls.js";
import { type IdState, statePackage } from "../../state/id-state.js";
import { untilDone } from "./attempts.js";
import type { PushContext } from "./context.js";

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * Where there are no shards yet, the fold makes them. Shards that cannot be read are left to `nupress verify --repair`: the
 * version is accepted, and found by its id.
 *
 * @param state clean
 */
export async function replaceShardEntry(context: PushContext, state: IdState): Promise<void> {
  const bits = await shardBitsOf(context);
  if (bits === undefined) return;
  const shard = shardOf(state.id, bits);
  const path = shardPath(bits, shard);
  const entry = state.records.length === 0 ? undefined : searchEntry(statePackage(state));
  await untilDone(
    context,
    `write "${path}"`,
    async () => await replaceOnce(context, { path, bits, shard }, state, entry),
  );
}

interface ShardPlace {
  readonly path: FeedPath;
  readonly bits: number;
  readonly shard: number;
}

async function replaceOnce(
  { store, signal }: PushContext,
  { path, bits, shard }: ShardPlace,
  { id, revision = 0 }: IdState,
  entry: SearchEntry | undefined,
): Promise<true | undefined> {
  const standing = await store.read(path);
  const lines = standing && parseShardLines(decoder.decode(standing.bytes));
  if (standing === undefined || lines === undefined) return true;
  const before = lines.get(id);
  // An entry never replaces one of a higher revision.
  if (before !== undefined && revisionOfLine(before) > revision) return true;
  const line = entry && shardLine(entry);
  if (line === before) return true;
  if (line === undefined) lines.delete(id);
  else lines.set(id, line);
  const { body, contentType } = renderShard(bits, shard, lines);
  const condition = { ifMatch: standing.etag };
  const result = await store.put(path, body, { contentType, condition, ...(signal && { signal }) });
  return result.kind === "stored" ? true : undefined;
}

/** A line that is damaged is replaced by any. */
function revisionOfLine(line: string): number {
  const revision = property(parseJson(encoder.encode(line))?.value, "revision");
  return typeof revision === "number" ? revision : 0;
}

async function shardBitsOf({ store }: PushContext): Promise<number | undefined> {
  const object = await store.read(SHARD_INDEX);
  return object && parseShardIndex(object.bytes);
}
