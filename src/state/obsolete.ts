/**
 * Files that an id no longer needs, and that wait for their deletion.
 */
import type { FeedPath } from "../feed/urls.js";
import type { IdState } from "./id-state.js";

/**
 * Names more files as obsolete.
 *
 * @param now milliseconds since 1970
 */
export function withObsolete(state: IdState, paths: readonly FeedPath[], now: number): IdState {
  const before = new Set(state.obsolete);
  const all = new Set([...before, ...paths]);
  if (all.size === before.size) return state;
  return { ...state, obsolete: [...all].sort(), obsoleteSince: new Date(now).toISOString() };
}

/** Forgets files that are gone, or that others want. */
export function withoutObsolete(state: IdState, paths: ReadonlySet<FeedPath>): IdState {
  const { obsolete = [], obsoleteSince, ...rest } = state;
  const left = obsolete.filter((path) => !paths.has(path));
  return left.length === 0 ? rest : { ...rest, obsolete: left, ...(obsoleteSince && { obsoleteSince }) };
}
