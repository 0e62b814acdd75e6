/**
 * Headers that go by what a path holds: how long it may be kept, and what it may do in a browser.
 */
import { isPackageContent, isSitePage } from "./path-kind.js";

/** Clients keep lists for half an hour anyway; whoever asks twice shall see a new version at once. */
const SHORT_LIVED = "public, max-age=10";
const IMMUTABLE = "public, max-age=31536000, immutable";

/** What came out of packages must not run as a page of this origin, whatever a browser takes it for. */
const contentHeaders = { "Content-Security-Policy": "sandbox" };

/** What a page may load and run it says itself (`templates/policy.ts`); these cannot be said in a page. */
const pageHeaders = {
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Referrer-Policy": "strict-origin-when-cross-origin",
};

/** @param contentMayChange whether what came out of a package may be another one day */
export function headersOfPath(path: string, contentMayChange = false): Readonly<Record<string, string>> {
  if (isPackageContent(path))
    return { ...contentHeaders, "Cache-Control": contentMayChange ? SHORT_LIVED : IMMUTABLE };
  return { "Cache-Control": SHORT_LIVED, ...(isSitePage(path) && pageHeaders) };
}
