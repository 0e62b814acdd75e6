/**
 * Who depends on an id, for ids in this feed and outside of it, in containers by target id: one line per target, sorted,
 * so that the fold replaces the lines of one package without reading the others. Pages read them by script.
 */
import { idHashPrefix } from "../feed/digest.js";
import { type FeedDocument, jsonDocument } from "../feed/document.js";
import type { FeedPackage } from "../feed/feed-package.js";
import { USED_BY_INDEX, usedByShardPath } from "../feed/site-urls.js";
import { type LowerId, lowerId, type PackageId, parsePackageId } from "../nuget/id.js";
import { newestListed } from "./package/shown-versions.js";

/** What is known of one target. */
export interface UsedBy {
  readonly key: LowerId;
  /** The feed has a version of it, listed or not. */
  readonly isHere?: true;
  /** The ids whose newest listed versions depend on it, as written; sorted by their lower case. */
  readonly by: readonly PackageId[];
}

/** The targets of a shard, as it is worked on. */
export type UsedByTargets = Map<LowerId, UsedBy>;

const TARGETS_PER_SHARD = 256;

/** How many bits of the target's hash name a shard, so that a shard holds about 256 targets at most on average. */
export function usedByBits(targets: number): number {
  return Math.max(0, Math.ceil(Math.log2(targets / TARGETS_PER_SHARD)));
}

export function usedByShardOf(target: LowerId, bits: number): number {
  return idHashPrefix(target, bits);
}

/** The ids that the newest listed stable version of a package and its newest listed prerelease depend on; sorted. */
export function dependencyTargets({ versions }: FeedPackage): LowerId[] {
  const { stable, prerelease } = newestListed(versions.toReversed());
  const groups = [stable, prerelease].flatMap((version) => version?.record.metadata.dependencyGroups ?? []);
  return [...new Set(groups.flatMap(({ dependencies }) => dependencies.map(({ id }) => lowerId(id))))].sort();
}

/** The target with one more dependent, or with that one's new spelling. */
export function withDependent(target: UsedBy, id: PackageId): UsedBy {
  const others = target.by.filter((other) => lowerId(other) !== lowerId(id));
  return { ...target, by: [...others, id].sort(byLowerId) };
}

/** @returns `undefined` where nothing is left to tell */
export function withoutDependent(target: UsedBy, id: LowerId): UsedBy | undefined {
  const by = target.by.filter((other) => lowerId(other) !== id);
  return by.length === 0 && target.isHere === undefined ? undefined : { ...target, by };
}

function byLowerId(a: PackageId, b: PackageId): number {
  return lowerId(a) < lowerId(b) ? -1 : 1;
}

export function renderUsedByIndex(bits: number): FeedDocument {
  return jsonDocument(USED_BY_INDEX, 4, { bits });
}

const encoder = new TextEncoder();
const opening = '{"targets":[';
const closing = "]}";

export function renderUsedByShard(bits: number, n: number, targets: UsedByTargets): FeedDocument {
  const lines = [...targets].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => usedByLine(target));
  const text = `${opening}\n${lines.join(",\n")}\n${closing}\n`;
  return {
    path: usedByShardPath(bits, n),
    rank: 4,
    contentType: "application/json",
    body: encoder.encode(text),
  };
}

function usedByLine({ key, isHere, by }: UsedBy): string {
  return JSON.stringify({ key, isHere, by });
}

/**
 * Reads a shard that {@link renderUsedByShard} wrote.
 *
 * @returns `undefined` when the text is not of that form, so that the caller makes the shard anew
 */
export function parseUsedByShard(text: string): UsedByTargets | undefined {
  const rows = text.split("\n");
  if (rows[0] !== opening || rows.at(-2) !== closing) return undefined;
  const targets: UsedByTargets = new Map();
  for (const row of rows.slice(1, -2)) {
    if (row === "") continue;
    const target = parseLine(row.endsWith(",") ? row.slice(0, -1) : row);
    if (target === undefined) return undefined;
    targets.set(target.key, target);
  }
  return targets;
}

function parseLine(line: string): UsedBy | undefined {
  const value = parseJson(line);
  if (typeof value !== "object" || value === null || !("key" in value) || !("by" in value)) return undefined;
  const id = parsePackageId(String(value.key));
  if (id === undefined || lowerId(id) !== value.key || !Array.isArray(value.by)) return undefined;
  const by = value.by.map((text) => (typeof text === "string" ? parsePackageId(text) : undefined));
  if (!by.every((dependent) => dependent !== undefined)) return undefined;
  return { key: lowerId(id), ...("isHere" in value && { isHere: true as const }), by };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
