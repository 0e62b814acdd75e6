/**
 * How keys are divided into word shards: by their first two letters, and where those have many, by more. Which shards
 * there are follows from the keys alone, and a change of an id concerns the shards of its own keys, their neighbours
 * when these become few, and no others.
 */
import { compareTexts } from "./compare-texts.js";

/** The shards by the beginnings of keys they hold, with the number of keys; no beginning is that of another. */
export type WordTree = ReadonlyMap<string, number>;

/** With more keys than these a beginning is divided, unless it is as long as {@link MAX_PREFIX}. */
export const KEYS_PER_SHARD = 1024;
const MIN_PREFIX = 2;
export const MAX_PREFIX = 80;

/** All shards of the keys that begin with `root`; the keys may be given in any order, and others among them. */
export function divideKeys(keys: readonly string[], root = ""): Map<string, number> {
  const sorted = keys.filter((key) => key.startsWith(root)).sort(compareTexts);
  const shards = new Map<string, number>();
  const divide = (from: number, to: number, length: number): void => {
    const first = sorted[from] ?? "";
    if (
      length >= MIN_PREFIX &&
      (to - from <= KEYS_PER_SHARD || length >= Math.min(first.length, MAX_PREFIX))
    ) {
      shards.set(first.slice(0, length), to - from);
      return;
    }
    for (let start = from; start < to; ) {
      const prefix = sorted[start]?.slice(0, length + 1) ?? "";
      const end = firstFrom(sorted, start, (key) => !key.startsWith(prefix));
      divide(start, end, length + 1);
      start = end;
    }
  };
  if (sorted.length > 0) divide(0, sorted.length, root.length);
  return shards;
}

/**
 * What must be made again when keys come and go: beginnings, none of them that of another. All shards below them are
 * replaced by {@link divideKeys} of the keys that they hold afterwards; all other shards stay as they are.
 */
export function changedRoots(
  tree: WordTree,
  { removed, added }: { readonly removed: readonly string[]; readonly added: readonly string[] },
): string[] {
  const before = countByPrefix([...tree]);
  const gone = countByPrefix(removed.map((key) => [key, 1]));
  const come = countByPrefix(added.map((key) => [key, 1]));
  const roots = [...removed, ...added].map((key) => {
    const isRoot = (prefix: string) =>
      tree.has(prefix) || before(prefix) - gone(prefix) + come(prefix) <= KEYS_PER_SHARD;
    return firstPrefix(key, isRoot);
  });
  return withoutLonger(roots);
}

/** The shards whose keys begin with `prefix`, or the one that holds them among others, in order. */
export function shardsBelow(tree: WordTree, prefix: string): string[] {
  return [...tree.keys()]
    .filter((shard) => shard.startsWith(prefix) || prefix.startsWith(shard))
    .sort(compareTexts);
}

/** The shortest beginning of a key that passes, else the longest of all. */
function firstPrefix(key: string, passes: (prefix: string) => boolean): string {
  for (let length = MIN_PREFIX; length < Math.min(key.length, MAX_PREFIX); length++) {
    const prefix = key.slice(0, length);
    if (passes(prefix)) return prefix;
  }
  return key.slice(0, MAX_PREFIX);
}

/** How many keys begin with a prefix. */
function countByPrefix(keys: readonly (readonly [key: string, count: number])[]): (prefix: string) => number {
  const rows = keys.toSorted(([a], [b]) => compareTexts(a, b));
  const texts = rows.map(([key]) => key);
  const sums = [0];
  for (const [, count] of rows) sums.push((sums.at(-1) ?? 0) + count);
  return (prefix) => {
    const from = firstFrom(texts, 0, (key) => key >= prefix);
    const to = firstFrom(texts, from, (key) => !key.startsWith(prefix));
    return (sums[to] ?? 0) - (sums[from] ?? 0);
  };
}

/** Where the texts that pass a test begin, in a list where all behind the first one pass. */
function firstFrom(texts: readonly string[], from: number, passes: (text: string) => boolean): number {
  let low = from;
  let high = texts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(texts[middle] ?? "")) high = middle;
    else low = middle + 1;
  }
  return low;
}

function withoutLonger(prefixes: readonly string[]): string[] {
  const kept: string[] = [];
  for (const prefix of [...new Set(prefixes)].sort(compareTexts)) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}
