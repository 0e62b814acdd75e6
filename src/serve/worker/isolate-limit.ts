/**
 * How many pushes run at a time in an isolate. A request there may be given up at any moment without a word, and one that
 * waits for another and for nothing else is given up at once: so each looks for itself whether there is room, and a
 * place that nobody gave back becomes free with time.
 */
import { type PushLimit, type PushLimits, tooBusy } from "../publishing/push-limit.js";

export interface IsolateLimitOptions extends PushLimits {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

/** Longer than a push may take. */
const LOST_AFTER = 10 * 60_000;
const LONGEST_PAUSE = 200;

export function createIsolateLimit(options: IsolateLimitOptions): PushLimit {
  const { parallel, waiting, now, wait, random } = options;
  const running = new Map<symbol, number>();
  const queue = new Map<symbol, number>();
  const sizeOf = (places: Map<symbol, number>): number => {
    for (const [place, since] of places) if (now() - since > LOST_AFTER) places.delete(place);
    return places.size;
  };
  const enter = async (place: symbol, signal: AbortSignal | undefined): Promise<void> => {
    if (sizeOf(running) < parallel) return void running.set(place, now());
    if (sizeOf(queue) >= waiting) throw tooBusy();
    queue.set(place, now());
    try {
      while (sizeOf(running) >= parallel) {
        await wait(random() * LONGEST_PAUSE);
        signal?.throwIfAborted();
      }
      running.set(place, now());
    } finally {
      queue.delete(place);
    }
  };
  return {
    run: async (task, signal) => {
      const place = Symbol("push");
      await enter(place, signal);
      try {
        return await task();
      } finally {
        running.delete(place);
      }
    },
  };
}
