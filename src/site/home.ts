/**
 * The home page: what people see who follow the feed's address.
 */
import { HOME_PAGE, PACKAGES_PAGE, pageHref } from "../feed/site-urls.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { type AddFeedWay, addFeedWays } from "./add-feed.js";
import { type Frame, frameOf, type SiteContext } from "./frame.js";
import type { IdPatterns } from "./id-patterns.js";
import { type PackageCard, packageCard } from "./package-card.js";
import type { PackageSummary } from "./package-summary.js";

/** What the home page tells of the whole feed. */
export interface FeedOverview {
  /** Ids with a listed version. */
  readonly packages: number;
  /** Listed versions. */
  readonly versions: number;
  /** Newest first; no more than {@link MOST_RECENT} are shown. */
  readonly recent: readonly PackageSummary[];
  readonly patterns: IdPatterns;
}

export interface HomePage {
  readonly frame: Frame;
  readonly packages: number;
  readonly versions: number;
  readonly ways: readonly AddFeedWay[];
  readonly recent: readonly PackageCard[];
  /** A link to the lists of all packages. */
  readonly listsHref: string;
}

/** The nuspec of a library is silent about its type, or says `Dependency`. */
function isLibrary({ packageTypes = ["Dependency"] }: PackageSummary): boolean {
  return packageTypes.some((type) => type.toLowerCase() === "dependency");
}

export const MOST_RECENT = 12;

export function homePage(context: SiteContext, overview: FeedOverview): HomePage {
  const frame = frameOf(context, HOME_PAGE);
  const { source, isPrivate, root } = frame;
  const { packages, versions, patterns, recent } = overview;
  return {
    frame,
    packages,
    versions,
    ways: addFeedWays(omitUndefined({ source, isPrivate, patterns, example: recent.find(isLibrary)?.id })),
    recent: recent.slice(0, MOST_RECENT).map((summary) => packageCard(summary, root, summary.newest)),
    listsHref: pageHref(root, PACKAGES_PAGE),
  };
}
