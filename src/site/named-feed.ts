/**
 * The feed as its readers' clients know it: address, name, and what it takes to reach it.
 */
import type { PackageId } from "../nuget/id.js";
import type { IdPatterns } from "./id-patterns.js";

export interface FeedAccess {
  /** The public address of the service index. */
  readonly source: string;
  /** Readers need credentials. */
  readonly isPrivate: boolean;
  readonly patterns: IdPatterns;
  /** A library in the feed, to show what comes next. */
  readonly example?: PackageId;
}

export interface NamedFeed extends FeedAccess {
  readonly name: string;
  /** Clients refuse plain http unless told otherwise (protocol.md §2.7). */
  readonly isInsecure: boolean;
}

export function nameFeed(access: FeedAccess): NamedFeed {
  const { source } = access;
  return { ...access, name: sourceName(source), isInsecure: source.toLowerCase().startsWith("http:") };
}

/**
 * What clients call the source: the host, which tells feeds apart. It becomes the name of an XML element where credentials
 * stand, so hosts that begin with a digit or a bracket are called `feed`.
 */
export function sourceName(source: string): string {
  const { hostname } = new URL(source);
  return /^[a-z_][\w.-]*$/i.test(hostname) ? hostname : "feed";
}
