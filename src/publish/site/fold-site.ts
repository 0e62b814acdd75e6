/**
 * The site's part in the fold: brings its lines up to date, and plans the documents that are made of them.
 */
import type { Digest } from "../../feed/digest.js";
import type { ShardLines } from "../../feed/search-shard.js";
import type { LowerId } from "../../nuget/id.js";
import type { PartitionNumber } from "../../state/layout.js";
import type { PartitionRow, StateIndex } from "../../state/state-index.js";
import type { PublishContext } from "../context.js";
import type { KnownEntries } from "../entries.js";
import { type LoadPartition, partitionLines } from "../feed-documents.js";
import { siteOf } from "./id-pages.js";
import { currentPackageLines, encodePackageLines, loadPackageLines } from "./package-lines.js";
import type { SitePlan } from "./plan-site.js";
import type { SearchLines } from "./plan-words.js";

export interface SiteFold {
  readonly before: StateIndex;
  readonly rows: readonly PartitionRow[];
  readonly changed: ReadonlySet<PartitionNumber>;
  readonly entries: KnownEntries;
  readonly load: LoadPartition;
  /** Of the settings that shape documents of the whole feed. */
  readonly settings: Digest;
}

export interface FoldedSite extends SitePlan {
  readonly hasWords: boolean;
  /** The lines as they are kept in the state; absent where there is no site. */
  readonly lines?: Uint8Array;
}

export async function foldSite(context: PublishContext, fold: SiteFold): Promise<FoldedSite> {
  const { store, digest, settings } = context;
  if (settings.site === undefined) return { documents: [], kept: [], hasWords: false };
  const { before: index, rows, changed, entries, load } = fold;
  const standing = await loadPackageLines(store, digest, index.packageLines);
  const after = await currentPackageLines(standing, rows, changed, entries, load);
  const { planSite } = await import("./plan-site.js");
  // With other settings every page is another, although the lines are the same.
  const before = index.settings === fold.settings ? standing : undefined;
  const change = { before, after, written: index.outputs };
  const plan = await planSite({ store, digest }, siteOf(settings), {
    ...change,
    touched: async () => await touchedLines(fold),
    all: async () => await searchLines(rows, entries, load),
  });
  return { ...plan, lines: encodePackageLines(after) };
}

/** The search lines of the ids that changed, or may have. */
async function touchedLines({ changed, entries, load }: SiteFold): Promise<SearchLines> {
  const touched = new Map<LowerId, string | undefined>();
  for (const partition of changed) {
    const lines = entries.get(partition)?.lines ?? partitionLines(await load(partition));
    for (const [id, line] of lines) touched.set(id, line);
  }
  return touched;
}

async function searchLines(
  rows: readonly PartitionRow[],
  entries: KnownEntries,
  load: LoadPartition,
): Promise<ShardLines> {
  const all: ShardLines = new Map();
  for (const { partition } of rows) {
    const known = entries.get(partition);
    const lines = known?.isWhole === true ? known.lines : partitionLines(await load(partition));
    for (const [id, line] of lines) if (line !== undefined) all.set(id, line);
  }
  return all;
}
