/**
 * Entity tags (RFC 9110 §8.8.3). Every representation of a file has its own strong one: as stored, with other
 * addresses inside, compressed.
 */
import type { Etag } from "../../store/store.js";

/** Quotes a store's etag together with what makes this representation another. */
export function entityTag(etag: Etag, ...variants: readonly string[]): string {
  return `"${[etag, ...variants].map(encodeURIComponent).join("-")}"`;
}

/** Whether `If-None-Match` holds the tag; caches may have weakened it. */
export function isKnownTag(ifNoneMatch: string | null, tag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((candidate) => {
    const known = candidate.trim();
    return known === "*" || known.replace(/^W\//, "") === tag;
  });
}
