/**
 * Times of publication in documents (protocol.md §4.7).
 */
import type { FeedVersion } from "./feed-package.js";

/** What clients take for "unlisted"; a listed version must never carry a year this early. */
const UNLISTED = "1900-01-01T00:00:00+00:00";

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
  if (Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 1901) return undefined;
  return time.toISOString().replace(".000Z", "Z").replace("Z", "+00:00");
}
