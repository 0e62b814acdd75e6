/**
 * Which versions of an id its page is about before a reader chooses.
 */
import type { FeedVersion } from "../../feed/feed-package.js";
import { isPrerelease } from "../../nuget/version.js";

/** The highest listed version of each kind. */
export interface NewestListed {
  readonly stable?: FeedVersion;
  readonly prerelease?: FeedVersion;
}

/** @param versions descending */
export function newestListed(versions: readonly FeedVersion[]): NewestListed {
  const stable = versions.find((version) => version.isListed && !isPrerelease(version.version));
  const prerelease = versions.find((version) => version.isListed && isPrerelease(version.version));
  return { ...(stable && { stable }), ...(prerelease && { prerelease }) };
}

/**
 * What the page shows: the highest listed stable version, else the highest listed, else the highest.
 *
 * @param versions descending
 * @returns `undefined` only for an id without versions
 */
export function shownVersion(versions: readonly FeedVersion[]): FeedVersion | undefined {
  const { stable, prerelease } = newestListed(versions);
  return stable ?? prerelease ?? versions[0];
}
