/**
 * Reading files that may be missing or unreadable without giving up on the rest.
 */
import { FeedError } from "../errors.js";
import type { LowerId } from "../nuget/id.js";
import type { Finding } from "./finding.js";

/** What lies at a path: something, nothing, or something that cannot be read. */
export type Reading<T> =
  | { readonly kind: "found"; readonly object: T }
  | { readonly kind: "missing" }
  | { readonly kind: "unreadable"; readonly finding: Finding };

/** Codes of a store for one path that does not work; everything else ends the verification. */
const pathFailures = new Set(["store-failed", "path-unsafe"]);

/** Makes a finding of a file that cannot be read: a disk error, missing permission, a link that leads out. */
export async function reading<T>(
  path: string,
  id: LowerId | undefined,
  read: () => Promise<T | undefined>,
): Promise<Reading<T>> {
  try {
    const object = await read();
    return object === undefined ? { kind: "missing" } : { kind: "found", object };
  } catch (error) {
    if (!(error instanceof FeedError) || !pathFailures.has(error.code)) throw error;
    const reason = error.message.charAt(0).toLowerCase() + error.message.slice(1);
    return {
      kind: "unreadable",
      finding: { kind: "file-unreadable", path, ...(id !== undefined && { id }), reason },
    };
  }
}
