/**
 * Holding the lock of a folder while something is written to it.
 */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { FeedError } from "../errors.js";
import {
  type Lease,
  type LeaseHolder,
  lockedError,
  lockGoneError,
  lockLostError,
  takeLease,
} from "../publish/lease.js";
import { guardedStore } from "../store/guarded.js";
import type { Store } from "../store/store.js";

/** How long a lock holds without being renewed; renewed three times in that time. */
const DURATION = 60_000;
const POLL = 200;
/**
 * How long to wait before a lock that ran out, our own or another's, counts as ours, in milliseconds. A folder compares
 * and replaces in two steps, so that two processes may both take over a lock; whoever replaced it last has it.
 */
const SETTLE = 50;

const thisInstance = randomUUID();

export interface LockOptions {
  /** How long to wait for another writer, in seconds; default not at all. */
  readonly lockTimeout?: number;
  readonly signal?: AbortSignal;
}

/** Time as the lock sees it; tests have their own. */
export interface LockClock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Waits so many milliseconds; rejects when the signal is aborted. */
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const systemClock: LockClock = {
  now: () => Date.now(),
  wait: async (milliseconds, signal) => await sleep(milliseconds, undefined, signal && { signal }),
};

/** Until when this process may write, milliseconds since 1970; shared, so that threads see when the lock is lost. */
export type LockUntil = Float64Array<SharedArrayBuffer>;

/** Nothing may be written yet. */
export function createLockUntil(): LockUntil {
  return new Float64Array(new SharedArrayBuffer(8));
}

function hasRunOut(until: LockUntil, now: number): boolean {
  return now >= (until[0] ?? 0);
}

/** What writes need of a lock. */
export interface LockUse {
  readonly until: LockUntil;
  /** See {@link HeldLock}; threads cannot renew it, so that one that ran out ends their build. */
  readonly renew?: HeldLock["renew"];
  /** The error for a lock that is lost; by default that of a command. */
  readonly lost?: (store: Store) => FeedError;
}

/** A store that writes only for as long as the lock holds, which is renewed where it seems to have run out. */
export function lockedStore(
  store: Store,
  { until, renew, lost = (store) => lockLostError(store) }: LockUse,
): Store {
  const assertMayWrite = async (): Promise<void> => {
    await renew?.();
    if (hasRunOut(until, Date.now())) throw lost(store);
  };
  return guardedStore(store, () => (hasRunOut(until, Date.now()) ? assertMayWrite() : undefined));
}

export interface HeldLock {
  /**
   * Renews the lock at once. One that ran out without being lost, because the clock was set or the process was asleep,
   * holds again then: by the same conditional write as any renewal, so that nobody gets back what somebody else took.
   *
   * @throws failures of the store; a lock that was lost is none of them
   */
  readonly renew: () => Promise<void>;
  /** Whether the lock is there and ours; one that ran out is renewed first. */
  readonly isHeld: () => Promise<boolean>;
  /**
   * @throws FeedError `lock-lost` when the lock is gone or somebody else's: what was written may not be all there
   */
  readonly assertHeld: () => Promise<void>;
  readonly release: () => Promise<void>;
}

/**
 * Takes the lock of a feed and keeps it until it is released.
 *
 * @param until is kept up to date
 * @throws FeedError `locked` when somebody else holds it for longer than the timeout
 */
export async function takeLock(
  store: Store,
  until: LockUntil,
  options: LockOptions,
  clock = systemClock,
): Promise<HeldLock> {
  const deadline = clock.now() + (options.lockTimeout ?? 0) * 1000;
  for (;;) {
    const result = await takeLease(store, {
      holder: { host: hostname(), pid: process.pid, instance: thisInstance },
      duration: DURATION,
      now: clock.now,
      isGone,
      onUntil: (time) => {
        until[0] = time;
      },
      settle: async () => await clock.wait(SETTLE),
    });
    if (result.kind === "taken") {
      const { lease, isTakeover } = result;
      if (isTakeover) await clock.wait(SETTLE);
      if (isTakeover && !(await lease.isHeld())) continue;
      if (isTakeover) await store.tidy();
      return keepRenewing(store, lease, () => hasRunOut(until, clock.now()));
    }
    if (clock.now() >= deadline) throw lockedError(store, result.by);
    await clock.wait(POLL, options.signal);
  }
}

/** A renewal that fails is tried again; the lock runs out by itself when none succeeds. */
function keepRenewing(store: Store, lease: Lease, hasRunOut: () => boolean): HeldLock {
  let renewing: Promise<void> | undefined;
  // One for all who want it at the same time.
  const renew = async (): Promise<void> => {
    renewing ??= lease.renew().finally(() => {
      renewing = undefined;
    });
    await renewing;
  };
  const tryToRenew = async (): Promise<void> => await renew().catch(() => {});
  const timer = setInterval(() => void tryToRenew(), DURATION / 3);
  timer.unref();
  const isHeld = async (): Promise<boolean> => {
    if (hasRunOut()) await tryToRenew();
    return await lease.isHeld();
  };
  return {
    renew,
    isHeld,
    assertHeld: async () => {
      if (!(await isHeld())) throw lockGoneError(store);
    },
    release: async () => {
      clearInterval(timer);
      await lease.release();
    },
  };
}

/** Certain only on the same machine. A number that another process has by now counts as alive until the lease ends. */
function isGone({ host, pid, instance }: LeaseHolder): boolean {
  if (host !== hostname()) return false;
  if (pid === process.pid) return instance !== thisInstance;
  // These name groups of processes, and no process that ever took a lock.
  if (pid <= 0) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ESRCH";
  }
}
