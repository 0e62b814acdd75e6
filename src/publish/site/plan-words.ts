/**
 * Which word shards a change touches (`src/search/word-shards.ts`): those that hold words of the ids that changed. Only
 * feeds with more ids than a browser would load have any.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { FeedDocument } from "../../feed/document.js";
import type { SearchEntry } from "../../feed/search-entry.js";
import { parseShardLines, type ShardLines } from "../../feed/search-shard.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import { wordKeys } from "../../search/word-keys.js";
import {
  divideLines,
  lineKeys,
  MOST_IDS_WITHOUT_WORD_SHARDS,
  parseWordIndex,
  renderWordIndex,
  renderWordShard,
  WORD_INDEX,
  wordShardLine,
  wordShardPath,
} from "../../search/word-shards.js";
import { changedRoots, shardsBelow, type WordTree } from "../../search/word-tree.js";
import { type PackageLines, parsePackageLine } from "../../site/package-line.js";
import type { Outputs } from "../../state/id-state.js";
import type { Store } from "../../store/store.js";
import { isIntact, type SiteChange } from "./site-change.js";

interface Reader {
  readonly store: Pick<Store, "read">;
  readonly digest: DigestBytes;
}

/** The lines that ids have in search shards now, for ids whose line may have changed; `undefined` for ids that left. */
export type SearchLines = ReadonlyMap<LowerId, string | undefined>;

export interface WordChange extends SiteChange {
  /** Of the ids that may have changed. */
  readonly touched: () => Promise<SearchLines>;
  /** Of all ids; asked for only when everything is made anew. */
  readonly all: () => Promise<ShardLines>;
}

/** @returns what is to be made again, and what is known to be as it should be */
export async function planWords(
  reader: Reader,
  change: WordChange,
  mostIdsWithout = MOST_IDS_WITHOUT_WORD_SHARDS,
): Promise<{ documents: FeedDocument[]; kept: FeedPath[] }> {
  if (change.after.size <= mostIdsWithout) return { documents: [], kept: [] };
  const tree = change.before === undefined ? undefined : await readTree(reader, change);
  const updated = tree && (await updatedShards(reader, change, change.before ?? new Map(), tree));
  if (tree === undefined || updated === undefined) {
    const shards = divideLines("", shortLines(await change.all()));
    return { documents: render(shards, treeOf(shards)), kept: [] };
  }
  const { shards, replaced } = updated;
  const kept = [...tree.keys()].filter((prefix) => !replaced.has(prefix));
  const whole = new Map([
    ...kept.map((prefix) => [prefix, tree.get(prefix) ?? 0] as const),
    ...treeOf(shards),
  ]);
  return { documents: render(shards, whole), kept: kept.map(wordShardPath) };
}

/** By beginning. */
type WordShards = ReadonlyMap<string, { readonly keys: number; readonly lines: ShardLines }>;

function treeOf(shards: WordShards): WordTree {
  return new Map([...shards].map(([prefix, { keys }]) => [prefix, keys]));
}

function render(shards: WordShards, tree: WordTree): FeedDocument[] {
  const documents = [...shards].map(([prefix, { lines }]) => renderWordShard(prefix, lines));
  return [...documents, renderWordIndex(tree)];
}

function shortLines(lines: Iterable<readonly [LowerId, string]>): ShardLines {
  return new Map([...lines].map(([id, line]) => [id, shortLine(line)]));
}

function shortLine(searchLine: string): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: lines are made of entries
  return wordShardLine(JSON.parse(searchLine) as SearchEntry);
}

/** @returns `undefined` when it is not there as it was written */
async function readTree(reader: Reader, change: WordChange): Promise<WordTree | undefined> {
  const text = await readWritten(reader, change.written, WORD_INDEX);
  return text === undefined || !isIntact(change, WORD_INDEX) ? undefined : parseWordIndex(JSON.parse(text));
}

/** @returns `undefined` when a shard is not there as it was written */
async function updatedShards(
  reader: Reader,
  change: WordChange,
  before: PackageLines,
  tree: WordTree,
): Promise<{ readonly shards: WordShards; readonly replaced: ReadonlySet<string> } | undefined> {
  const left = [...before.keys()].filter((id) => !change.after.has(id));
  const news = new Map<LowerId, string | undefined>([
    ...left.map((id) => [id, undefined] as const),
    ...[...(await change.touched())].map(([id, line]) => [id, line && shortLine(line)] as const),
  ]);
  const removed = [...news.keys()].flatMap((id) => keysBefore(before, id));
  const added = [...news.values()].flatMap((line) => (line === undefined ? [] : lineKeys(line)));
  const shards = new Map<string, { readonly keys: number; readonly lines: ShardLines }>();
  const replaced = new Set<string>();
  for (const root of changedRoots(tree, { removed, added })) {
    const lines: ShardLines = new Map();
    for (const prefix of shardsBelow(tree, root)) {
      const text = await readWritten(reader, change.written, wordShardPath(prefix));
      const held = text === undefined ? undefined : parseShardLines(text);
      if (held === undefined) return undefined;
      replaced.add(prefix);
      for (const [id, line] of held) if (!news.has(id)) lines.set(id, line);
    }
    for (const [id, line] of news) if (line !== undefined) lines.set(id, line);
    for (const [prefix, shard] of divideLines(root, lines)) shards.set(prefix, shard);
  }
  return { shards, replaced };
}

/** The keys under which an id was entered when the site was written last. */
function keysBefore(before: PackageLines, id: LowerId): string[] {
  const text = before.get(id);
  if (text === undefined) return [];
  const line = parsePackageLine(text);
  return wordKeys(line.spelling ?? line.id, id);
}

async function readWritten(
  { store, digest }: Reader,
  written: Outputs,
  path: FeedPath,
): Promise<string | undefined> {
  const object = await store.read(path);
  if (object === undefined || (await digest(object.bytes)) !== written[path]) return undefined;
  return new TextDecoder().decode(object.bytes);
}
