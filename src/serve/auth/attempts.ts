/**
 * Slows down whoever guesses keys: each client address has a bucket of tokens, every wrong key takes one, and they
 * come back with time. Lies in memory, so each process or isolate of a worker counts for itself; a key has 256 random
 * bits, so that this only keeps guessing from costing anything.
 */

/** Wrong keys that are answered at once. */
const BURST = 10;
const PER_SECOND = 1;
const MOST_ADDRESSES = 10_000;
/** After this time a bucket is full again, whatever was taken out of it. */
const MILLISECONDS_TO_FULL = (BURST / PER_SECOND) * 1000;

export interface Attempts {
  /** Whether a further wrong key of this address is refused without any more work. */
  readonly isExhausted: (address: string) => boolean;
  /** Counts a wrong key. */
  readonly noteFailure: (address: string) => void;
  /** Whole seconds, at least 1, after which a wrong key is answered again. */
  readonly retryAfter: (address: string) => number;
  /** How many addresses are remembered. */
  readonly size: () => number;
}

export interface AttemptsOptions {
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  /** How many addresses are remembered at most; default 10,000. The one that failed longest ago is forgotten first. */
  readonly mostAddresses?: number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export function createAttempts({ now, mostAddresses = MOST_ADDRESSES }: AttemptsOptions): Attempts {
  /** The one that failed longest ago comes first. */
  const buckets = new Map<string, Bucket>();

  const tokensOf = (address: string, time: number): number => {
    const bucket = buckets.get(address);
    if (bucket === undefined) return BURST;
    const seconds = Math.max(0, time - bucket.at) / 1000;
    return Math.min(BURST, bucket.tokens + seconds * PER_SECOND);
  };

  const forget = (time: number): void => {
    for (const [address, { at }] of buckets) {
      if (buckets.size <= mostAddresses && time - at < MILLISECONDS_TO_FULL) return;
      buckets.delete(address);
    }
  };

  return {
    isExhausted: (address) => tokensOf(address, now()) < 1,
    noteFailure: (address) => {
      const time = now();
      const tokens = Math.max(0, tokensOf(address, time) - 1);
      buckets.delete(address);
      buckets.set(address, { tokens, at: time });
      forget(time);
    },
    retryAfter: (address) => Math.max(1, Math.ceil((1 - tokensOf(address, now())) / PER_SECOND)),
    size: () => buckets.size,
  };
}
