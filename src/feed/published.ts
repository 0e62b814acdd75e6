/**
 * Times of publication in documents (protocol.md §4.7).
 */
import type { FeedVersion } from "./feed-package.js";

/** What clients take for "unlisted"; a listed version must never carry a year this early. */
const UNLISTED = "1900-01-01T00:00:00+00:00";

/** Up to here clients read a year as "unlisted" (protocol.md §10.8). */
const LATEST_UNLISTED_YEAR = 1901;

/** The text of `published`; `undefined`, so left out, for a listed version of which nobody knows the time. */
export function publishedText(version: FeedVersion): string | undefined {
  return version.isListed ? version.published : UNLISTED;
}

/**
 * A date or time of ISO 8601 as UTC with the offset `+00:00`, whole seconds unless it has a fraction.
 *
 * @returns `undefined` for text that is no date, or for years that clients read as "unlisted"
 */
export function normalizeTime(text: string): string | undefined {
  const isIso = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  if (!isIso) return undefined;
  const hasZone = !text.includes("T") || /(?:Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = new Date(hasZone ? text : `${text}Z`);
  if (!isDay(text.slice(0, 10)) || Number.isNaN(time.getTime())) return undefined;
  if (time.getUTCFullYear() <= LATEST_UNLISTED_YEAR || time.getUTCFullYear() > 9999) return undefined;
  return time.toISOString().replace(".000Z", "Z").replace("Z", "+00:00");
}

/** `Date` takes the 30th of February for a day in March. */
function isDay(text: string): boolean {
  const day = new Date(text);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
