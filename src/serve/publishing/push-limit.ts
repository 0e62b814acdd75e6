/**
 * How many pushes run at a time: more wait in order, and beyond that they are asked to come again.
 */
import { FeedError } from "../../errors.js";

export interface PushLimits {
  /** Pushes that run side by side, at least 1. */
  readonly parallel: number;
  /** Pushes that may wait for one of those to end. */
  readonly waiting: number;
}

export interface PushLimit {
  /**
   * Runs the task as soon as there is room, first come first served.
   *
   * @param signal - takes a waiting task out of the queue; a running one has to mind it by itself
   * @throws FeedError `too-busy`, to answer with 503, when too many wait already; the signal's reason; what the task throws
   */
  run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result>;
}

/** `Retry-After` of answers to `too-busy`, in seconds. */
export const RETRY_AFTER_SECONDS = 10;

export function createPushLimit({ parallel, waiting }: PushLimits): PushLimit {
  let running = 0;
  const queue: (() => void)[] = [];

  const leave = (): void => {
    const next = queue.shift();
    // The place goes to the next one without being free in between, so that nobody overtakes it.
    if (next === undefined) running -= 1;
    else next();
  };
  const enter = async (signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    if (running < parallel) {
      running += 1;
      return;
    }
    if (queue.length >= waiting) throw tooBusy();
    await turn(queue, signal);
  };
  return {
    run: async (task, signal) => {
      await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}

/** Waits in the queue. */
function turn(queue: (() => void)[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const take = (): void => {
      signal?.removeEventListener("abort", giveUp);
      resolve();
    };
    const giveUp = (): void => {
      queue.splice(queue.indexOf(take), 1);
      reject(signal?.reason);
    };
    signal?.addEventListener("abort", giveUp, { once: true });
    queue.push(take);
  });
}

/** To answer with 503: too many are waiting. */
export function tooBusy(): FeedError {
  return new FeedError("too-busy", "Cannot take the package now: too many others are being pushed", {
    hint: `try again in ${RETRY_AFTER_SECONDS} seconds`,
  });
}
