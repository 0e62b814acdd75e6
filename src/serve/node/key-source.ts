/**
 * The keys of a file, as it is now: a key that was revoked stops working on a server that runs.
 */
import { stat } from "node:fs/promises";
import { FeedError } from "../../errors.js";
import type { ApiKey } from "../auth/api-key.js";
import { readKeyFile } from "./read-key-file.js";

/** How long the file is taken to be what it was, in milliseconds. */
const LOOK_AGAIN = 100;

export interface WatchOptions {
  /** Told once of every state of the file that cannot be used. */
  readonly onError?: (error: FeedError) => void;
  /** Milliseconds from any beginning. */
  readonly now?: () => number;
}

/** What the file held when it was looked at. */
interface Seen {
  /** Differs whenever the file does. */
  readonly stamp: string;
  readonly keys: readonly ApiKey[] | FeedError;
}

/**
 * The file is looked at when somebody asks, ten times a second at most, and read when it changed. A file that is not there
 * holds no key. One that cannot be read or used lets nobody in until it can.
 *
 * @returns a function that rejects with FeedError `keys-invalid` or `keys-unreadable` as long as the file is of no use
 */
export function watchKeyFile(
  file: string,
  { onError, now = () => performance.now() }: WatchOptions = {},
): () => Promise<readonly ApiKey[]> {
  let lookedAt = Number.NEGATIVE_INFINITY;
  let latest: Promise<Seen | undefined> = Promise.resolve(undefined);

  const look = async (before: Seen | undefined): Promise<Seen> => {
    // Looked at before it is read, so that a change in between is seen the next time.
    const stamp = await stampOf(file);
    if (stamp === before?.stamp) return before;
    const keys = await readOrError(file);
    if (keys instanceof FeedError) onError?.(keys);
    return { stamp, keys };
  };

  return async () => {
    if (now() - lookedAt >= LOOK_AGAIN) {
      lookedAt = now();
      latest = latest.then(look, () => look(undefined));
    }
    const keys = (await latest)?.keys ?? [];
    if (keys instanceof FeedError) throw keys;
    return keys;
  };
}

/** With the inode, because a file that is replaced twice within a tick of the clock may keep its time and size. */
async function stampOf(file: string): Promise<string> {
  try {
    const { mtimeNs, size, ino } = await stat(file, { bigint: true });
    return [mtimeNs, size, ino].join("-");
  } catch (error) {
    return String(error);
  }
}

async function readOrError(file: string): Promise<readonly ApiKey[] | FeedError> {
  try {
    return await readKeyFile(file);
  } catch (error) {
    if (error instanceof FeedError) return error;
    throw error;
  }
}
