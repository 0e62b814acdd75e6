/**
 * `feed-state/lists/packages.jsonl`: the lines of all ids, from which the pages of the whole feed are made. When it is
 * lost it is made again from the partitions.
 */
import type { Digest, DigestBytes } from "../../feed/digest.js";
import { type LowerId, lowerId, parsePackageId } from "../../nuget/id.js";
import { type PackageLines, packageLine } from "../../site/package-line.js";
import { statePackage } from "../../state/id-state.js";
import { PACKAGE_LINES, type PartitionNumber, partitionOf } from "../../state/layout.js";
import type { Partition } from "../../state/partition.js";
import type { PartitionRow } from "../../state/state-index.js";
import type { Store } from "../../store/store.js";
import type { KnownEntries } from "../entries.js";
import type { LoadPartition } from "../feed-documents.js";
import { groupBy } from "../group-by.js";

const encoder = new TextEncoder();

/** @returns `undefined` when there are none, or others than those of the digest */
export async function loadPackageLines(
  store: Store,
  digest: DigestBytes,
  wanted: Digest | undefined,
): Promise<PackageLines | undefined> {
  if (wanted === undefined) return undefined;
  const object = await store.read(PACKAGE_LINES);
  if (object === undefined || (await digest(object.bytes)) !== wanted) return undefined;
  const lines = new Map<LowerId, string>();
  for (const line of new TextDecoder().decode(object.bytes).split("\n").slice(0, -1)) {
    const key = keyOf(line);
    if (key === undefined) return undefined;
    lines.set(key, line);
  }
  return lines;
}

/** A line begins with its key, so that it need not be parsed for it. */
function keyOf(line: string): LowerId | undefined {
  const id = parsePackageId(/^\{"key":"([^"\\]*)"/.exec(line)?.[1] ?? "");
  return id && lowerId(id);
}

export function encodePackageLines(lines: PackageLines): Uint8Array {
  return encoder.encode([...lines.values()].map((line) => `${line}\n`).join(""));
}

/**
 * The lines as they are now.
 *
 * @param before as they were; `undefined` when nobody knows
 * @param changed partitions that hold other records than when `before` was made
 * @param entries what is known of them; others are read
 */
export async function currentPackageLines(
  before: PackageLines | undefined,
  rows: readonly PartitionRow[],
  changed: ReadonlySet<PartitionNumber>,
  entries: KnownEntries,
  load: LoadPartition,
): Promise<PackageLines> {
  const standing = groupBy(before ?? [], ([key]) => partitionOf(key));
  const lines: [LowerId, string][] = [];
  for (const { partition } of rows) {
    const known = entries.get(partition);
    const isKnown =
      known?.isWhole === true || (before !== undefined && (known !== undefined || !changed.has(partition)));
    const own = new Map<LowerId, string | undefined>(isKnown ? standing.get(partition) : undefined);
    const news = isKnown ? (known?.siteLines ?? []) : packageLines(await load(partition));
    for (const [id, line] of news) own.set(id, line);
    for (const [id, line] of own) if (line !== undefined) lines.push([id, line]);
  }
  return sortedLines(lines);
}

/** The lines that the ids of a partition have. */
export function packageLines(ids: Partition): Map<LowerId, string> {
  const lines = new Map<LowerId, string>();
  for (const state of ids.values()) {
    const line = packageLine(statePackage(state));
    if (line !== undefined) lines.set(state.id, line);
  }
  return lines;
}

/** The lines of all ids, in their order. */
export function sortedLines(lines: readonly (readonly [LowerId, string])[]): PackageLines {
  return new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1)));
}
