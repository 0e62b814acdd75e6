/**
 * The address for which a feed was built, and the one under which it is shown.
 */

/** Addresses in generated documents begin with `recorded` and shall begin with `served`; both end in `/`. */
export interface BaseUrls {
  readonly recorded: string;
  readonly served: string;
}

/** How a feed is shown. */
export interface StaticOptions {
  /**
   * The address for which the feed was built, ending in `/`. Generated documents and pages are sent with the address
   * under which they are asked for in its place; without it they are sent as they are.
   */
  readonly feedBaseUrl?: string | (() => Promise<string | undefined>);
  /** Path under which the feed is shown, starting and ending in `/`. Default `/`. */
  readonly mountPath?: string;
  /** The address under which clients see the mount path, ending in `/`. Default: the one that they ask for. */
  readonly publicUrl?: string;
  /** Whether a version may get other bytes, or go: nobody is told to keep packages for ever then. Default `false`. */
  readonly contentMayChange?: boolean;
}

/** @returns `undefined` when nobody knows for which address the feed was built */
export async function findBaseUrls(
  url: URL,
  { feedBaseUrl, mountPath = "/", publicUrl }: StaticOptions,
): Promise<BaseUrls | undefined> {
  const recorded = typeof feedBaseUrl === "function" ? await feedBaseUrl() : feedBaseUrl;
  return recorded === undefined ? undefined : { recorded, served: publicUrl ?? url.origin + mountPath };
}
