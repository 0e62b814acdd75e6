/**
 * A store that is too busy for some calls, as object stores are that take one write per second of one object, and only so
 * many reads.
 */
import { FeedError } from "../../src/errors.js";
import type { Store } from "../../src/store/store.js";

/** Whether the store refuses a call; `count` is how many of that path were tried, this one included. */
export type BusyRule = (path: string, count: number) => boolean;

/** Refuses the `n`-th call of each path, the `2n`-th and so on. */
export function everyNth(n: number): BusyRule {
  return (_, count) => count % n === 0;
}

/** Takes one call of a path in any `interval` of the clock, which tests set forward where they wait. */
export function oncePer(interval: number, now: () => number): BusyRule {
  const lastTaken = new Map<string, number>();
  return (path) => {
    const time = now();
    if (time < (lastTaken.get(path) ?? -Infinity) + interval) return true;
    lastTaken.set(path, time);
    return false;
  };
}

export interface BusyStore extends Store {
  /** Paths of the calls that were refused, in order. */
  readonly refused: readonly string[];
}

/**
 * Refuses reads, puts and deletions under a rule with `store-busy`, and does nothing then. Uploads and lists pass: stores
 * that can be busy repeat their parts themselves.
 */
export function busyStore(inner: Store, isBusy: BusyRule): BusyStore {
  const counts = new Map<string, number>();
  const refused: string[] = [];
  const assertTaken = (path: string): void => {
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (!isBusy(path, count)) return;
    refused.push(path);
    throw new FeedError("store-busy", `Cannot use "${path}": too many others do`);
  };
  return {
    ...inner,
    refused,
    stat: async (path) => {
      assertTaken(path);
      return await inner.stat(path);
    },
    read: async (path, options) => {
      assertTaken(path);
      return await inner.read(path, options);
    },
    stream: async (path, options) => {
      assertTaken(path);
      return await inner.stream(path, options);
    },
    put: async (path, body, options) => {
      assertTaken(path);
      return await inner.put(path, body, options);
    },
    delete: async (path) => {
      assertTaken(path);
      await inner.delete(path);
    },
  };
}
