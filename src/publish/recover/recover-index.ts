/**
 * Reads the index of the state, and makes it again where it is lost: its rows are made from the partitions anyway, and
 * the files that it names are those that lie at the feed's own paths.
 */
import { FeedError } from "../../errors.js";
import { shardBits as shardBitsOf } from "../../feed/search-shard.js";
import { ROOT_PAGES } from "../../feed/site-urls.js";
import { type FeedPath, SERVICE_INDEX } from "../../feed/urls.js";
import { type OutputMark, outputPaths } from "../../state/id-state.js";
import { STATE_INDEX } from "../../state/layout.js";
import { decodeStateIndex, EMPTY_INDEX, type StateIndex } from "../../state/state-index.js";
import type { Store } from "../../store/store.js";
import { isFeedWidePath } from "../feed-documents.js";
import { hasSite } from "./has-site.js";
import type { DamagedFile } from "./set-aside.js";

/** Of search shards; enough for a billion ids. */
const MOST_BITS = 22;

export interface RecoveredIndex {
  /** Without settings where it was lost, so that everything of the whole feed is written again. */
  readonly index: StateIndex;
  readonly damage?: DamagedFile;
}

/** A feed that was never finished has no index and no documents of the whole feed; nothing is lost then. */
export async function recoverStateIndex(store: Store): Promise<RecoveredIndex> {
  const object = await store.read(STATE_INDEX);
  if (object === undefined) {
    const index = await adoptIndex(store);
    if (outputPaths(index.outputs).length === 0) return { index };
    return { index, damage: { path: STATE_INDEX, reasons: ["is not there"] } };
  }
  const index = tryDecode(object.bytes);
  if (index !== undefined && isConsistent(index)) return { index };
  const damage = { path: STATE_INDEX, reasons: ["is not what nupress writes"], etag: object.etag };
  return { index: await adoptIndex(store), damage };
}

function tryDecode(bytes: Uint8Array): StateIndex | undefined {
  try {
    return decodeStateIndex(bytes);
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

/** Nothing is written or deleted because an index says so that was not made by a fold. */
function isConsistent({ settings, shardBits, rows, outputs, obsolete = [] }: StateIndex): boolean {
  const bits = shardBitsOf(rows.reduce((sum, { ids }) => sum + ids, 0));
  if (settings !== undefined && shardBits !== bits) return false;
  return bits <= MOST_BITS && [...outputPaths(outputs), ...obsolete].every(isFeedWidePath);
}

/**
 * What lies at the feed's own paths is taken for its own: below `v3/` always, beside that where there is a site. Other
 * files may be anybody's.
 */
export async function adoptIndex(store: Store): Promise<StateIndex> {
  const outputs: Record<FeedPath, OutputMark> = {};
  const isSited = await hasSite(store);
  const folders = isSited ? ["v3/search/", "site/", "all/"] : ["v3/search/"];
  for (const folder of folders) {
    for await (const { path } of store.list(folder)) if (isFeedWidePath(path)) outputs[path] = "?";
  }
  for (const path of isSited ? ROOT_PAGES : []) {
    if ((await store.stat(path)) !== undefined) outputs[path] = "?";
  }
  if ((await store.stat(SERVICE_INDEX)) !== undefined) outputs[SERVICE_INDEX] = "?";
  return { ...EMPTY_INDEX, outputs };
}
