/**
 * Which shards of dependents a change touches: those of the ids that a changed package depends on, or did before, and its
 * own.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { FeedDocument } from "../../feed/document.js";
import { USED_BY_INDEX, usedByShardPath } from "../../feed/site-urls.js";
import type { FeedPath } from "../../feed/urls.js";
import { type LowerId, lowerId, type PackageId } from "../../nuget/id.js";
import { type PackageLines, type PackagePresence, parsePresence } from "../../site/package-line.js";
import {
  parseUsedByShard,
  renderUsedByIndex,
  renderUsedByShard,
  type UsedBy,
  type UsedByTargets,
  usedByBits,
  usedByShardOf,
  withDependent,
  withoutDependent,
} from "../../site/used-by.js";
import type { Store } from "../../store/store.js";
import { changedKeys, isIntact, type SiteChange } from "./site-change.js";

interface Reader {
  readonly store: Pick<Store, "read">;
  readonly digest: DigestBytes;
}

/** @returns what is to be made again, and what is known to be as it should be */
export async function planUsedBy(
  reader: Reader,
  change: SiteChange,
): Promise<{ documents: FeedDocument[]; kept: FeedPath[] }> {
  const bits = usedByBits(change.after.size);
  const shards = Array.from({ length: 2 ** bits }, (_, n) => n);
  const paths = shards.map((n) => usedByShardPath(bits, n));
  const index = renderUsedByIndex(bits);
  const isKnown =
    change.before !== undefined && [...paths, USED_BY_INDEX].every((path) => isIntact(change, path));
  const updated = isKnown ? await updatedShards(reader, change, bits) : undefined;
  const targets = updated ?? allTargets(change.after, bits);
  const documents = [...targets].map(([n, held]) => renderUsedByShard(bits, n, held));
  const made = new Set<FeedPath>(documents.map(({ path }) => path));
  return { documents: [...documents, index], kept: paths.filter((path) => !made.has(path)) };
}

/** By shard. */
type Shards = Map<number, UsedByTargets>;

function allTargets(lines: PackageLines, bits: number): Shards {
  const shards: Shards = new Map(Array.from({ length: 2 ** bits }, (_, n) => [n, new Map()]));
  const dependents = new Map<LowerId, PackageId[]>([...lines.keys()].map((key) => [key, []]));
  // Ascending, so each target gets its dependents in their order.
  for (const text of lines.values()) {
    const { id, targets = [] } = parsePresence(text);
    for (const target of targets) {
      const by = dependents.get(target);
      if (by === undefined) dependents.set(target, [id]);
      else by.push(id);
    }
  }
  for (const [key, by] of dependents) {
    const isHere = lines.has(key) && { isHere: true as const };
    shards.get(usedByShardOf(key, bits))?.set(key, { key, ...isHere, by });
  }
  return shards;
}

/** @returns `undefined` when a shard is not there as it was written */
async function updatedShards(reader: Reader, change: SiteChange, bits: number): Promise<Shards | undefined> {
  const shards: Shards = new Map();
  const changes = changedKeys(change)
    .map((key) => ({ key, before: lineOf(change.before, key), after: lineOf(change.after, key) }))
    .filter(({ before, after }) => concerned(before) !== concerned(after));
  for (const { key, before, after } of changes) {
    for (const target of [key, ...(before?.targets ?? []), ...(after?.targets ?? [])]) {
      const n = usedByShardOf(target, bits);
      if (shards.has(n)) continue;
      const held = await readShard(reader, change, usedByShardPath(bits, n));
      if (held === undefined) return undefined;
      shards.set(n, held);
    }
  }
  for (const { before } of changes) if (before !== undefined) leave(shards, bits, before);
  for (const { after } of changes) if (after !== undefined) enter(shards, bits, after);
  return shards;
}

/** All that other pages show of a package. */
function concerned(line: PackagePresence | undefined): string | undefined {
  return line && JSON.stringify([line.id, line.targets]);
}

function lineOf(lines: PackageLines | undefined, key: LowerId): PackagePresence | undefined {
  const text = lines?.get(key);
  return text === undefined ? undefined : parsePresence(text);
}

async function readShard(
  { store, digest }: Reader,
  { written }: SiteChange,
  path: FeedPath,
): Promise<UsedByTargets | undefined> {
  const object = await store.read(path);
  if (object === undefined || (await digest(object.bytes)) !== written[path]) return undefined;
  return parseUsedByShard(new TextDecoder().decode(object.bytes));
}

function enter(shards: Shards, bits: number, { key, id, targets = [] }: PackagePresence): void {
  edit(shards, bits, key, (target) => ({ key: target.key, isHere: true, by: target.by }));
  for (const target of targets) edit(shards, bits, target, (standing) => withDependent(standing, id));
}

function leave(shards: Shards, bits: number, { key, id, targets = [] }: PackagePresence): void {
  edit(shards, bits, key, ({ by }) => (by.length === 0 ? undefined : { key, by }));
  for (const target of targets)
    edit(shards, bits, target, (standing) => withoutDependent(standing, lowerId(id)));
}

function edit(
  shards: Shards,
  bits: number,
  target: LowerId,
  change: (standing: UsedBy) => UsedBy | undefined,
): void {
  const held = shards.get(usedByShardOf(target, bits));
  const next = change(held?.get(target) ?? { key: target, by: [] });
  if (next === undefined) held?.delete(target);
  else held?.set(target, next);
}
