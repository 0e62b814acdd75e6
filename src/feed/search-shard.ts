/**
 * The containers of search entries: which shard an id belongs to, and a shard's text. Each entry stands on a line of
 * its own, sorted by key, so that entries are replaced without reading the others.
 */
import { type LowerId, lowerId, parsePackageId } from "../nuget/id.js";
import { idHashPrefix } from "./digest.js";
import { type FeedDocument, jsonDocument } from "./document.js";
import { parseJson, property } from "./parsed-json.js";
import type { SearchEntry } from "./search-entry.js";
import { SHARD_INDEX, shardPath } from "./urls.js";

const IDS_PER_SHARD = 256;

/** How many bits of the id's hash name a shard, so that a shard holds about 256 ids at most on average. */
export function shardBits(ids: number): number {
  return Math.max(0, Math.ceil(Math.log2(ids / IDS_PER_SHARD)));
}

export function shardOf(id: LowerId, bits: number): number {
  return idHashPrefix(id, bits);
}

/** @param hasWords whether there are word shards besides, see `src/search/word-shards.ts` */
export function renderShardIndex(bits: number, hasWords = false): FeedDocument {
  return jsonDocument(SHARD_INDEX, 4, { bits, ...(hasWords && { words: true }) });
}

/** No feed is large enough for more shards than that. */
const MOST_BITS = 16;

/** How many bits name a shard, as a shard index says; `undefined` when it is none. */
export function parseShardIndex(bytes: Uint8Array): number | undefined {
  const bits = property(parseJson(bytes)?.value, "bits");
  const isCount = typeof bits === "number" && Number.isInteger(bits) && bits >= 0 && bits <= MOST_BITS;
  return isCount ? bits : undefined;
}

/** Lines by key: what a shard holds, as it is worked on. */
export type ShardLines = Map<LowerId, string>;

const encoder = new TextEncoder();
const opening = '{"entries":[';
const closing = "]}";

export function renderShard(bits: number, n: number, lines: ShardLines): FeedDocument {
  const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
  const text = `${opening}\n${sorted.join(",\n")}\n${closing}\n`;
  return { path: shardPath(bits, n), rank: 4, contentType: "application/json", body: encoder.encode(text) };
}

/** The text of one entry's line. */
export function shardLine(entry: SearchEntry): string {
  return JSON.stringify(entry);
}

/**
 * Reads a shard that {@link renderShard} wrote.
 *
 * @returns `undefined` when the text is not of that form, so that the caller makes the shard anew
 */
export function parseShardLines(text: string): ShardLines | undefined {
  const rows = text.split("\n");
  if (rows[0] !== opening || rows.at(-2) !== closing) return undefined;
  const lines: ShardLines = new Map();
  for (const row of rows.slice(1, -2)) {
    if (row === "") continue;
    const line = row.endsWith(",") ? row.slice(0, -1) : row;
    const key = lineKey(line);
    if (key === undefined) return undefined;
    lines.set(key, line);
  }
  return lines;
}

function lineKey(line: string): LowerId | undefined {
  const id = parsePackageId(/^\{"key":"([^"\\]*)"/.exec(line)?.[1] ?? "");
  const key = id && lowerId(id);
  return key !== undefined && line.startsWith(`{"key":"${key}"`) ? key : undefined;
}
