/**
 * The site's part in the fold: brings its lines up to date, and plans the documents that are made of them.
 */
import type { Digest } from "../../feed/digest.js";
import type { PartitionNumber } from "../../state/layout.js";
import type { PartitionRow, StateIndex } from "../../state/state-index.js";
import type { PublishContext } from "../context.js";
import type { KnownEntries } from "../entries.js";
import type { LoadPartition } from "../feed-documents.js";
import { siteOf } from "./id-pages.js";
import { currentPackageLines, encodePackageLines, loadPackageLines } from "./package-lines.js";
import type { SitePlan } from "./plan-site.js";

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
  /** The lines as they are kept in the state; absent where there is no site. */
  readonly lines?: Uint8Array;
}

export async function foldSite(context: PublishContext, fold: SiteFold): Promise<FoldedSite> {
  const { store, digest, settings } = context;
  if (settings.site === undefined) return { documents: [], kept: [] };
  const { before: index, rows, changed, entries, load } = fold;
  const standing = await loadPackageLines(store, digest, index.packageLines);
  const after = await currentPackageLines(standing, rows, changed, entries, load);
  const { planSite } = await import("./plan-site.js");
  // With other settings every page is another, although the lines are the same.
  const before = index.settings === fold.settings ? standing : undefined;
  const plan = await planSite({ store, digest }, siteOf(settings), { before, after, written: index.outputs });
  return { ...plan, lines: encodePackageLines(after) };
}
