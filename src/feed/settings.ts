/**
 * The settings that shape a feed's documents. They travel with the feed in its state, so that every later writer
 * renders the same documents.
 */

import type { SiteSettings } from "./site-settings.js";

export interface FeedSettings {
  /** Public address of the feed's root, absolute, ending in `/`. */
  readonly baseUrl: string;
  /** Address of the root of a dynamic part (search, autocomplete, publish), absolute, ending in `/`. */
  readonly dynamicUrl?: string;
  /** Writes `.nupkg.sha512` files, so that `v3/flat` is a folder source (protocol.md §11). */
  readonly folderFeed: boolean;
  /** How many ids the static search answer holds at most; 0 leaves the resource out. */
  readonly staticSearch: number;
  /** The web site; absent where there is to be none. */
  readonly site?: SiteSettings;
}

/**
 * Whether the feed itself answers searches. A dynamic part replaces the static answer: a fallback with wrong hits would
 * hide that it is down.
 */
export function hasStaticSearch({ dynamicUrl, staticSearch }: FeedSettings): boolean {
  return dynamicUrl === undefined && staticSearch > 0;
}

/** Above this many results Visual Studio never stops scrolling in an answer that ignores `skip` (protocol.md §5.5). */
export const DEFAULT_STATIC_SEARCH = 25;

/**
 * Raised whenever the same records and settings give other documents than before: every id is rendered again then.
 */
export const DOCUMENT_VERSION = 2;
