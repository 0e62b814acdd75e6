/**
 * The search index of a feed that others write to: loaded when it is first asked for, then kept up to date.
 *
 * What others published is found within half a minute: an index that was looked at longer than `refreshAfter` ago is looked
 * at again behind the answers, and when nobody asked for twice as long, the next question waits for that.
 */
import type { SearchEntry } from "../../feed/search-entry.js";
import type { LowerId } from "../../nuget/id.js";
import type { SearchIndex } from "../../search/index.js";
import type { Store } from "../../store/store.js";
import { look, type SeenIndex } from "./look.js";
import { OWN_CHANGE_MILLISECONDS, takeExpired } from "./own-changes.js";
import { createShardContents, putOwnEntry, removeOwnEntry, shardWith } from "./shard-contents.js";

export interface LiveSearchOptions {
  /** Milliseconds from any moment on, never going back; default those of the process. */
  readonly now?: () => number;
  /** Milliseconds from one look at the store to the next; default ten seconds. */
  readonly refreshAfter?: number;
  /** Told what keeps the index from being up to date. Questions are answered from what is known. */
  readonly onError?: (error: unknown) => void;
}

export interface LiveSearch {
  /**
   * The index, to be asked at once: it changes between one turn of the event loop and the next.
   *
   * @param keepAlive is given what shall go on after the answer, where a runtime ends it otherwise (`waitUntil`)
   * @throws whatever the store throws while nothing has been loaded yet; the next one to ask tries again
   */
  readonly index: (keepAlive?: (work: Promise<unknown>) => void) => Promise<SearchIndex>;
  /**
   * Puts in what this process just published, before or after it wrote the shard. No shard undoes it that is older by
   * its entry's revision.
   */
  readonly replace: (entry: SearchEntry) => void;
  /**
   * Takes out an id that this process just deleted.
   *
   * @param revision of the id without versions; without it, of the entry that was known: none up to it comes back
   */
  readonly remove: (id: LowerId, revision?: number) => void;
  /** Loads the index before somebody asks. */
  readonly start: () => Promise<void>;
  /** Looks at the store now, after this process changed more of it than single ids; a failure is told to `onError`. */
  readonly refresh: () => Promise<void>;
}

/** A look that hears nothing from the store for so long was given up with the request that began it. */
const LOST_MILLISECONDS = 30_000;

interface Look {
  readonly done: Promise<void>;
  readonly controller: AbortController;
}

export function createLiveSearch(
  store: Store,
  { now = () => performance.now(), refreshAfter = 10_000, onError = () => {} }: LiveSearchOptions = {},
): LiveSearch {
  const contents = createShardContents();
  const seen: SeenIndex = {};
  let isLoaded = false;
  /** When the last look that came to an end began. */
  let lookedAt = now();
  let heardAt = now();
  let underWay: Look | undefined;

  const run = async (signal: AbortSignal): Promise<void> => {
    const begun = now();
    for (const id of takeExpired(contents.own, begun)) readAgain(id);
    try {
      await look(store, contents, seen, { signal, onError, onAnswer: () => (heardAt = now()) });
      isLoaded = true;
    } catch (error) {
      if (!isLoaded) throw error;
      if (signal.aborted) return;
      onError(error);
    }
    lookedAt = begun;
  };

  /** Its shard may hold something else than what was held against it. */
  const readAgain = (id: LowerId): void => {
    const shard = contents.division && shardWith(contents.division, id);
    if (shard !== undefined) delete shard.etag;
  };

  /** One look at a time, however many ask. */
  const lookOnce = (): Promise<void> => {
    if (underWay !== undefined && now() - heardAt < LOST_MILLISECONDS) return underWay.done;
    underWay?.controller.abort();
    heardAt = now();
    const controller = new AbortController();
    const done = run(controller.signal).finally(() => {
      if (underWay?.controller === controller) underWay = undefined;
    });
    underWay = { done, controller };
    return done;
  };

  const index: LiveSearch["index"] = async (keepAlive) => {
    const age = now() - lookedAt;
    if (!isLoaded || age >= refreshAfter) {
      const done = lookOnce();
      keepAlive?.(done.catch(() => {}));
      if (!isLoaded || age >= 2 * refreshAfter) await done;
    }
    return contents.index;
  };

  return {
    index,
    replace: (entry) => putOwnEntry(contents, entry, now() + OWN_CHANGE_MILLISECONDS),
    remove: (id, revision) => removeOwnEntry(contents, id, now() + OWN_CHANGE_MILLISECONDS, revision),
    start: async () => {
      await index();
    },
    refresh: async () => {
      // A look that began before the change may not have seen it.
      await underWay?.done.catch(() => {});
      if (isLoaded) await lookOnce();
    },
  };
}
