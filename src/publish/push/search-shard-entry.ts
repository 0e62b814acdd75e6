/**
 * Puts an id's entry into its search shard, where others replace entries at the same time.
 */
import { type SearchEntry, searchEntry } from "../../feed/search-entry.js";
import { parseShardLines, renderShard, shardLine, shardOf } from "../../feed/search-shard.js";
import { type FeedPath, SHARD_INDEX, shardPath } from "../../feed/urls.js";
import { type IdState, statePackage } from "../../state/id-state.js";
import { untilDone } from "./attempts.js";
import type { PushContext } from "./context.js";

const decoder = new TextDecoder();

/**
 * Where there are no shards yet, or none that can be read, the fold makes them.
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

function revisionOfLine(line: string): number {
  const entry: unknown = JSON.parse(line);
  const hasRevision = typeof entry === "object" && entry !== null && "revision" in entry;
  return hasRevision && typeof entry.revision === "number" ? entry.revision : 0;
}

async function shardBitsOf({ store }: PushContext): Promise<number | undefined> {
  const object = await store.read(SHARD_INDEX);
  if (object === undefined) return undefined;
  const index: unknown = JSON.parse(decoder.decode(object.bytes));
  const isIndex = typeof index === "object" && index !== null && "bits" in index;
  return isIndex && typeof index.bits === "number" ? index.bits : undefined;
}
