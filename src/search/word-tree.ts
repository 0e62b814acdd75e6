/**
 * How keys are divided into word shards: by their first two letters, and where those have many, by more. Which shards
 * there are follows from the keys alone, and a change of an id concerns the shards of its own keys, their neighbours
 * when these become few, and no others.
 */

/** The shards by the beginnings of keys they hold, with the number of keys; no beginning is that of another. */
export type WordTree = ReadonlyMap<string, number>;

/** With more keys than these a beginning is divided, unless it is as long as {@link MAX_PREFIX}. */
export const KEYS_PER_SHARD = 1024;
const MIN_PREFIX = 2;
export const MAX_PREFIX = 80;

export function prefixesOf(key: string): string[] {
  const most = Math.min(key.length, MAX_PREFIX);
  return Array.from({ length: Math.max(1, most - MIN_PREFIX + 1) }, (_, more) =>
    key.slice(0, MIN_PREFIX + more),
  );
}

/** All shards of the keys that begin with `root`; the keys may be given in any order, and others among them. */
export function divideKeys(keys: readonly string[], root = ""): Map<string, number> {
  const counts = countPrefixes(keys.filter((key) => key.startsWith(root)).map((key) => [key, 1]));
  const shards = new Map<string, number>();
  for (const key of keys) {
    if (!key.startsWith(root)) continue;
    const shard = shardOfKey(key, counts);
    shards.set(shard, counts.get(shard) ?? 0);
  }
  return shards;
}

/** The shortest beginning that has few enough keys. */
function shardOfKey(key: string, counts: ReadonlyMap<string, number>): string {
  const prefixes = prefixesOf(key);
  return prefixes.find((prefix) => (counts.get(prefix) ?? 0) <= KEYS_PER_SHARD) ?? prefixes.at(-1) ?? key;
}

function countPrefixes(keys: Iterable<readonly [key: string, count: number]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [key, count] of keys) {
    for (const prefix of prefixesOf(key)) counts.set(prefix, (counts.get(prefix) ?? 0) + count);
  }
  return counts;
}

/**
 * What must be made again when keys come and go: beginnings, none of them that of another. All shards below them are
 * replaced by {@link divideKeys} of the keys that they hold afterwards; all other shards stay as they are.
 */
export function changedRoots(
  tree: WordTree,
  { removed, added }: { readonly removed: readonly string[]; readonly added: readonly string[] },
): string[] {
  const counts = countPrefixes(tree);
  for (const [keys, step] of [
    [removed, -1],
    [added, 1],
  ] as const) {
    for (const key of keys) {
      for (const prefix of prefixesOf(key)) counts.set(prefix, (counts.get(prefix) ?? 0) + step);
    }
  }
  const roots = [...removed, ...added].map((key) => {
    const before = prefixesOf(key).find((prefix) => tree.has(prefix));
    const after = shardOfKey(key, counts);
    return before !== undefined && before.length < after.length ? before : after;
  });
  return withoutLonger(roots);
}

function withoutLonger(prefixes: readonly string[]): string[] {
  const kept: string[] = [];
  for (const prefix of [...new Set(prefixes)].sort()) {
    const last = kept.at(-1);
    if (last === undefined || !prefix.startsWith(last)) kept.push(prefix);
  }
  return kept;
}

/** The shards whose keys begin with `prefix`, or the one that holds them among others, in order. */
export function shardsBelow(tree: WordTree, prefix: string): string[] {
  return [...tree.keys()].filter((shard) => shard.startsWith(prefix) || prefix.startsWith(shard)).sort();
}
