/**
 * Repeating what a store was too busy to do, after a pause that grows and differs from caller to caller.
 */
import { FeedError } from "../errors.js";

/** How to repeat; chance and time are handed in, so that tests need neither. */
export interface BusyRetry {
  /** From 0 up to 1, as `Math.random` is. */
  readonly random: () => number;
  /** Ends early, with the signal's reason as its error, when the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
  /** How often to try before the store's error is the answer; by default {@link DEFAULT_ATTEMPTS}. */
  readonly attempts?: number;
}

/** With the pauses between them at most 9.4 seconds, on average half of that. */
export const DEFAULT_ATTEMPTS = 8;

const FIRST_PAUSE = 200;

const LONGEST_PAUSE = 2000;

/** By the clock and chance of the machine. */
export const systemRetry: BusyRetry = { random: Math.random, wait };

/** Tries once. */
export const noRetry: BusyRetry = { random: () => 0, wait: async () => {}, attempts: 1 };

/**
 * Runs `action` until it does anything else than fail with `store-busy`.
 *
 * A pause is any time up to a limit that doubles with every attempt ("full jitter"): callers that met once do not meet
 * again after the same pause.
 *
 * @param action must have done nothing when it fails with `store-busy`
 * @throws what the last attempt threw; the signal's reason when it is aborted
 */
export async function repeatWhileBusy<T>(
  action: () => Promise<T>,
  { random, wait: pause, attempts = DEFAULT_ATTEMPTS }: BusyRetry,
  signal?: AbortSignal,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await action();
    } catch (error) {
      if (!isBusy(error) || attempt >= attempts) throw error;
    }
    await pause(random() * Math.min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE), signal);
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof FeedError && error.code === "store-busy";
}

async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  let stop: (() => void) | undefined;
  try {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      stop = () => {
        clearTimeout(timer);
        resolve();
      };
      signal?.addEventListener("abort", stop);
    });
  } finally {
    if (stop !== undefined) signal?.removeEventListener("abort", stop);
  }
  signal?.throwIfAborted();
}
