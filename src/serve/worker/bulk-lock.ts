/**
 * The lock that bulk commands on a bucket take from each other. It never holds up a push.
 */
import { lockLostError, takeLease } from "../../publish/lease.js";
import { guardedStore } from "../../store/guarded.js";
import type { Store } from "../../store/store.js";

/** Longer than a scheduled run may take: a run that was cut short gives its lock back by this. */
const DURATION = 15 * 60_000;

const LOST = "nothing is lost: the next scheduled run does what is left";

/**
 * Runs a bulk command, unless another one is under way.
 *
 * @param run is given the store, which writes only for as long as the lock holds
 * @returns whether it ran
 */
export async function withBulkLock(store: Store, run: (store: Store) => Promise<void>): Promise<boolean> {
  let until = 0;
  const taken = await takeLease(store, {
    holder: { host: "worker", pid: 0, instance: crypto.randomUUID() },
    duration: DURATION,
    now: () => Date.now(),
    // Nobody can tell whether another isolate still lives.
    isGone: () => false,
    onUntil: (time) => {
      until = time;
    },
  });
  if (taken.kind === "held") return false;
  try {
    await run(
      guardedStore(store, () => {
        if (Date.now() >= until) throw lockLostError(store, LOST);
      }),
    );
    return true;
  } finally {
    await taken.lease.release();
  }
}
