/**
 * Trying again after another writer came first, with a pause that grows and differs from writer to writer.
 */
import { FeedError } from "../../errors.js";
import type { PushContext } from "./context.js";

/** With twenty writers of one id the last of them needs about as many. */
const MOST_ATTEMPTS = 60;
const FIRST_PAUSE = 10;
const LONGEST_PAUSE = 1000;

/**
 * Repeats an attempt until it has a result.
 *
 * @param what is done, for the message: `change "v3/…"`
 * @param attempt gives `undefined` when another writer came first
 * @throws FeedError `lost-race` when others always came first
 */
export async function untilDone<T>(
  { random, wait, signal }: Pick<PushContext, "random" | "wait" | "signal">,
  what: string,
  attempt: () => Promise<T | undefined>,
): Promise<T> {
  for (let n = 0; n < MOST_ATTEMPTS; n++) {
    signal?.throwIfAborted();
    if (n > 0) await wait(random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** n));
    const result = await attempt();
    if (result !== undefined) return result;
  }
  throw new FeedError("lost-race", `Cannot ${what}: others wrote it ${MOST_ATTEMPTS} times meanwhile`, {
    hint: "try again when fewer write to it",
  });
}
