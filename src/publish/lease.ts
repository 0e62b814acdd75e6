/**
 * The lock of a feed as a lease: a file that says who writes, since when and until when. It is renewed while the writer
 * lives; one that ran out, or whose writer is known to be gone, is taken over.
 */
import { FeedError } from "../errors.js";
import { encodeJson } from "../feed/json.js";
import { LOCK_FILE } from "../state/layout.js";
import type { Etag, Store } from "../store/store.js";

/** Who writes: enough to find out whether they still live, and to tell a person. */
export interface LeaseHolder {
  readonly host: string;
  readonly pid: number;
  /** Made anew by every process: tells it from an earlier one of the same number. */
  readonly instance: string;
}

export interface LeaseFile {
  readonly holder: LeaseHolder;
  /** ISO 8601 in UTC. */
  readonly since: string;
  readonly until: string;
}

export interface LeaseOptions {
  readonly holder: LeaseHolder;
  /** How long a lease holds without being renewed, in milliseconds. */
  readonly duration: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether this holder certainly lives no more; `false` when nobody can tell. */
  readonly isGone: (holder: LeaseHolder) => boolean;
  /** Told until when the lease holds, in milliseconds since 1970; 0 once it is lost or released. */
  readonly onUntil: (until: number) => void;
  /**
   * Waits until somebody who took the lease in the same moment must have written it. For stores that compare and replace
   * in two steps, where each of two may believe that the lease is theirs; whoever replaced it last has it.
   */
  readonly settle?: () => Promise<void>;
}

export interface Lease {
  /** Extends the lease, also one that ran out; a lease that somebody else took is lost for good. */
  readonly renew: () => Promise<void>;
  /** Whether the lock is still that of this lease; if it is not, the lease is lost for good. */
  readonly isHeld: () => Promise<boolean>;
  /** Ends the lease; one that is lost is left alone. */
  readonly release: () => Promise<void>;
}

export type LeaseResult =
  /** `isTakeover`: somebody held it before and never let go. */
  | { readonly kind: "taken"; readonly lease: Lease; readonly isTakeover: boolean }
  | { readonly kind: "held"; readonly by: LeaseFile };

/** Takes the lease if it is free, ran out, or belongs to somebody who is gone. */
export async function takeLease(store: Store, options: LeaseOptions): Promise<LeaseResult> {
  const since = new Date(options.now()).toISOString();
  const standing = await store.read(LOCK_FILE);
  const file = standing && decodeLease(standing.bytes);
  if (file !== undefined && !isFree(file, options)) return { kind: "held", by: file };
  const condition = standing === undefined ? { ifAbsent: true as const } : { ifMatch: standing.etag };
  const until = options.now() + options.duration;
  const result = await store.put(LOCK_FILE, encodeLease(options.holder, since, until), { condition });
  if (result.kind === "conflict") return await takeLease(store, options);
  options.onUntil(until);
  const lease = createLease(store, options, { since, until, etag: result.etag });
  return { kind: "taken", lease, isTakeover: standing !== undefined };
}

function isFree({ holder, until }: LeaseFile, { now, isGone }: LeaseOptions): boolean {
  return Date.parse(until) <= now() || isGone(holder);
}

interface TakenLease {
  readonly since: string;
  readonly until: number;
  readonly etag: Etag;
}

function createLease(store: Store, options: LeaseOptions, taken: TakenLease): Lease {
  let etag: Etag | undefined = taken.etag;
  let end = taken.until;
  let latest: Promise<unknown> = Promise.resolve();
  /** Whoever looks at the lock while it is renewed would take the renewal for somebody else's. */
  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    const result = latest.then(work);
    latest = result.catch(() => undefined);
    return await result;
  };
  const lose = (): void => {
    etag = undefined;
    options.onUntil(0);
  };
  const renew = async (): Promise<void> => {
    if (etag === undefined) return;
    const until = options.now() + options.duration;
    const body = encodeLease(options.holder, taken.since, until);
    const result = await store.put(LOCK_FILE, body, { condition: { ifMatch: etag } });
    if (result.kind === "conflict") return lose();
    etag = result.etag;
    // Only one that ran out, perhaps while it was written, may be taken by somebody else at the same time.
    const hasRunOut = options.now() >= end;
    if (hasRunOut) await options.settle?.();
    if (hasRunOut && !(await isHeld())) return;
    end = until;
    options.onUntil(until);
  };
  const isHeld = async (): Promise<boolean> => {
    if (etag === undefined) return false;
    const standing = await store.stat(LOCK_FILE);
    if (standing?.etag !== etag) lose();
    return etag !== undefined;
  };
  return {
    renew: async () => await inTurn(renew),
    isHeld: async () => await inTurn(isHeld),
    release: async () =>
      await inTurn(async () => {
        // One that ran out is free, and may be somebody else's by the time it is deleted.
        if (options.now() < end && (await isHeld())) await store.delete(LOCK_FILE);
        lose();
      }),
  };
}

/** Takes the lock away whoever holds it; returns who did, `undefined` when nobody was to be read there. */
export async function breakLease(store: Store): Promise<LeaseFile | undefined> {
  const standing = await store.read(LOCK_FILE);
  if (standing === undefined) return undefined;
  await store.delete(LOCK_FILE);
  return decodeLease(standing.bytes);
}

/** The error for a feed that somebody else writes to. */
export function lockedError(store: Store, { holder, since }: LeaseFile): FeedError {
  return new FeedError(
    "locked",
    `Cannot write to "${store.name}": process ${holder.pid} on ${holder.host} writes to it since ${since}`,
    { hint: "wait for it with --lock-timeout <seconds>, or run nupress unlock if it is known to be gone" },
  );
}

/** @param hint what happens next, where that is not for the user of a command to do */
export function lockLostError(
  store: Store,
  hint = "run the command again: it goes on where this one stopped",
): FeedError {
  const message = `Cannot go on writing to "${store.name}": its lock ran out, or somebody else took it`;
  return new FeedError("lock-lost", message, { hint });
}

/** The error for who is done, and finds that nobody kept others from writing, or that the whole folder was replaced. */
export function lockGoneError(store: Store): FeedError {
  return new FeedError(
    "lock-lost",
    `Cannot tell whether the feed in "${store.name}" is whole: its lock was taken away meanwhile`,
    { hint: "run the command again, then nupress verify, which finds what may be missing" },
  );
}

function encodeLease(holder: LeaseHolder, since: string, until: number): Uint8Array {
  return encodeJson({ holder, since, until: new Date(until).toISOString() } satisfies LeaseFile);
}

/** A damaged lock holds nobody back: it was cut short by a writer that is gone. */
function decodeLease(bytes: Uint8Array): LeaseFile | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isLeaseFile(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isLeaseFile(value: unknown): value is LeaseFile {
  if (typeof value !== "object" || value === null || !("holder" in value)) return false;
  const { holder } = value;
  return (
    "since" in value &&
    typeof value.since === "string" &&
    "until" in value &&
    typeof value.until === "string" &&
    !Number.isNaN(Date.parse(value.until)) &&
    typeof holder === "object" &&
    holder !== null &&
    "host" in holder &&
    typeof holder.host === "string" &&
    "pid" in holder &&
    Number.isSafeInteger(holder.pid) &&
    "instance" in holder &&
    typeof holder.instance === "string"
  );
}
