/**
 * Which paths a store takes: the same rule for every kind, so that a feed can move from one store to another.
 */
import { FeedError } from "../errors.js";

/** Control characters, the other separator, and halves of surrogate pairs, which no UTF-8 name can hold. */
const unsafeCharacter = /[\p{Cc}\p{Surrogate}\\]/u;

/** Nearly every path of a feed; said at once, because commands check hundreds of thousands of them. */
const plainPath = /^(?:[\w-][\w.+-]*\/)*[\w-][\w.+-]*$/;

/** Refuses what is not a plain relative path; throws a `FeedError` of code `path-unsafe`. */
export function checkPath(path: string): void {
  const reason = unsafeReason(path);
  if (reason !== undefined) throw unsafePath(path, reason);
}

/** Whether {@link checkPath} lets the path pass. */
export function isSafePath(path: string): boolean {
  return unsafeReason(path) === undefined;
}

/** Like {@link checkPath} for what {@link Store.list} takes: a folder ending in `/`, or empty. */
export function checkPrefix(prefix: string): void {
  if (prefix === "") return;
  if (!prefix.endsWith("/")) throw unsafePath(prefix, "a folder to list ends in a slash");
  checkPath(prefix.slice(0, -1));
}

/** The error for a path that must not be used. */
export function unsafePath(path: string, reason: string): FeedError {
  return new FeedError("path-unsafe", `Cannot use path ${JSON.stringify(path)}: ${reason}`);
}

function unsafeReason(path: string): string | undefined {
  if (plainPath.test(path)) return undefined;
  if (unsafeCharacter.test(path)) return "it holds a character that paths in a feed never hold";
  for (const segment of path.split("/")) {
    if (segment === "") return "it has an empty segment";
    if (segment === "." || segment === "..") return `it has the segment "${segment}"`;
  }
  return undefined;
}
