/**
 * Which documents the web site has beside those of its ids, and which of them a change touches. Plans only: what is not
 * made again is as it was written.
 */
import type { DigestBytes } from "../../feed/digest.js";
import type { FeedDocument } from "../../feed/document.js";
import { isSitemapPath, listPath } from "../../feed/site-urls.js";
import type { FeedPath } from "../../feed/urls.js";
import type { LowerId } from "../../nuget/id.js";
import type { SiteContext } from "../../site/frame.js";
import { divideIds, type IdList } from "../../site/id-lists.js";
import {
  listedLines,
  type PackageLine,
  type PackageLines,
  parsePackageLine,
} from "../../site/package-line.js";
import { outputPaths } from "../../state/id-state.js";
import type { Store } from "../../store/store.js";
import { feedPages, listDocument, sitemapDocuments } from "./feed-pages.js";
import { planUsedBy } from "./plan-used-by.js";
import { planWords, type WordChange } from "./plan-words.js";
import { changedKeys, isIntact, type SiteChange } from "./site-change.js";

export interface SitePlan {
  /** In write order. */
  readonly documents: readonly FeedDocument[];
  /** Documents that are known to be as they should be. */
  readonly kept: readonly FeedPath[];
  /** Whether there are word shards. */
  readonly hasWords: boolean;
}

export async function planSite(
  { store, digest }: { readonly store: Pick<Store, "read">; readonly digest: DigestBytes },
  site: SiteContext,
  change: WordChange,
): Promise<SitePlan> {
  const listed: WordChange = {
    ...change,
    before: change.before && listedLines(change.before),
    after: listedLines(change.after),
  };
  const parsed = lineParser(listed.after);
  const lists = planLists(site, listed, parsed);
  const usedBy = await planUsedBy({ store, digest }, change);
  const words = await planWords({ store, digest }, listed);
  const pages = feedPages(site, [...listed.after.keys()].map(parsed));
  return {
    documents: [...usedBy.documents, ...words.documents, ...lists.documents, ...pages],
    kept: [...usedBy.kept, ...words.kept, ...lists.kept],
    hasWords: words.documents.length + words.kept.length > 0,
  };
}

/** The lists, and the sitemap, which names their pages. */
function planLists(
  site: SiteContext,
  change: SiteChange,
  parsed: (id: LowerId) => PackageLine,
): { documents: FeedDocument[]; kept: FeedPath[] } {
  const lists = divideIds([...change.after.keys()]);
  const standing = new Map(
    divideIds([...(change.before?.keys() ?? [])]).map((list) => [list.prefix, shapeOf(list)]),
  );
  const changed = new Set(changedKeys(change));
  const documents: FeedDocument[] = [];
  const kept: FeedPath[] = [];
  for (const list of lists) {
    const path = listPath(list.prefix);
    const isSame =
      change.before !== undefined &&
      isIntact(change, path) &&
      standing.get(list.prefix) === shapeOf(list) &&
      !list.ids.some((id) => changed.has(id));
    if (isSame) kept.push(path);
    else documents.push(listDocument(site, list, parsed));
  }
  const sitemap = outputPaths(change.written).filter(isSitemapPath);
  const hasSamePages = change.before !== undefined && isSameKeys(change.before, change.after);
  if (hasSamePages && sitemap.length > 0 && sitemap.every((path) => isIntact(change, path)))
    return { documents, kept: [...kept, ...sitemap] };
  const prefixes = lists.map(({ prefix }) => prefix);
  return { documents: [...documents, ...sitemapDocuments(site, [...change.after.keys()], prefixes)], kept };
}

function shapeOf({ ids, divisions }: IdList): string {
  return JSON.stringify([ids, divisions]);
}

function isSameKeys(a: PackageLines, b: PackageLines): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}

function lineParser(lines: PackageLines): (id: LowerId) => PackageLine {
  return (id) => parsePackageLine(lines.get(id) ?? "");
}
