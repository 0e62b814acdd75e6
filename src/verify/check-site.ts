/**
 * What the web site has beside the pages of ids: its documents as they should be, and the lines in the state from which
 * they are made.
 */
import type { DigestBytes } from "../feed/digest.js";
import type { ShardLines } from "../feed/search-shard.js";
import type { FeedSettings } from "../feed/settings.js";
import { CUSTOM_CSS, FAVICON, isFeedSitePath, ROBOTS, SEARCH_PAGE, SITE_FOLDERS } from "../feed/site-urls.js";
import { NOT_FOUND_PAGE } from "../feed/urls.js";
import { siteOf } from "../publish/site/id-pages.js";
import { encodePackageLines } from "../publish/site/package-lines.js";
import type { SitePlan } from "../publish/site/plan-site.js";
import type { PackageLines } from "../site/package-line.js";
import { PACKAGE_LINES } from "../state/layout.js";
import type { StateIndex } from "../state/state-index.js";
import type { VerifyContext } from "./context.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";

/** All documents that the site has once, or makes of all ids; none where there is no site. */
export async function wantedSite(
  digest: DigestBytes,
  settings: FeedSettings,
  lines: PackageLines,
  searchLines: ShardLines,
): Promise<Pick<SitePlan, "documents" | "hasWords">> {
  if (settings.site === undefined) return { documents: [], hasWords: false };
  const { planSite } = await import("../publish/site/plan-site.js");
  // Nothing was written before: so everything is planned, and nothing is read.
  const store = { read: async () => undefined };
  const change = {
    before: undefined,
    after: lines,
    written: {},
    touched: async () => new Map(),
    all: async () => searchLines,
  };
  return await planSite({ store, digest }, siteOf(settings), change);
}

/** The folders that belong to the site as a whole, if there is one; what lies elsewhere may be anybody's. */
export function siteFolders({ site }: FeedSettings): readonly string[] {
  return site === undefined ? [] : SITE_FOLDERS;
}

/** Whether a document of the site is made of the ids, and not of the settings alone. */
export function isMadeOfLines(path: string): boolean {
  const fixed: readonly string[] = [CUSTOM_CSS, FAVICON, ROBOTS, SEARCH_PAGE, NOT_FOUND_PAGE];
  return isFeedSitePath(path) && !fixed.includes(path) && !/^site\/[^/]+$/.test(path);
}

/** @param lines as they should be; only for a feed of which all ids are known */
export async function checkPackageLines(
  { reader, digest }: VerifyContext,
  { site }: FeedSettings,
  { packageLines }: StateIndex,
  lines: PackageLines,
): Promise<Finding[]> {
  if (site === undefined) return [];
  const wanted = await digest(encodePackageLines(lines));
  const found = await reading(PACKAGE_LINES, undefined, () => reader.look(PACKAGE_LINES, digest));
  if (found.kind === "unreadable") return [found.finding];
  if (found.kind === "found" && found.object === wanted && packageLines === wanted) return [];
  const reason = found.kind === "missing" ? "is not there" : "does not fit the records";
  return [{ kind: "state-outdated", path: PACKAGE_LINES, reason }];
}
