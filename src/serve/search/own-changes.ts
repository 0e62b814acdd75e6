/**
 * What this process itself changed, for as long as the shards that it reads may not show it yet: a shard that was read a
 * moment before it was written must not undo a push.
 */
import type { SearchEntry } from "../../feed/search-entry.js";
import type { LowerId } from "../../nuget/id.js";

export interface OwnChange {
  readonly kind: "replaced" | "removed";
  /** Of the entry that was put in, or was taken out: no older one counts. */
  readonly revision: number;
  /** When the shard is right after all, whatever it says: milliseconds by the clock of the caller. */
  readonly until: number;
}

/** The revision of a removal of which nobody knows what it removed. */
export const ANY_REVISION = Number.POSITIVE_INFINITY;

export type OwnChanges = Map<LowerId, OwnChange>;

/**
 * A shard that does not show a change for this long never will, because its writer died, or something else came to be in
 * the meantime. Scheduled runs, which finish what is left undone, come more often than that.
 */
export const OWN_CHANGE_MILLISECONDS = 10 * 60_000;

export function revisionOf({ revision = 0 }: SearchEntry): number {
  return revision;
}

/** Whether an entry that stands in a shard is from before the change. */
export function isOlder({ kind, revision }: OwnChange, entry: SearchEntry): boolean {
  // The removed entry itself is older than its removal.
  return kind === "removed" ? revisionOf(entry) <= revision : revisionOf(entry) < revision;
}

/** Forgets what is over. @returns whose changes these were */
export function takeExpired(own: OwnChanges, now: number): LowerId[] {
  const expired = [...own].filter(([, { until }]) => until <= now).map(([id]) => id);
  for (const id of expired) own.delete(id);
  return expired;
}
