/**
 * A store whose n-th write goes wrong: it fails and the next ones succeed, or the process dies with it.
 */
import { FeedError } from "../../src/errors.js";
import type { Body, PutOptions, Store } from "../../src/store/store.js";

export interface Failure {
  /** Which write (put, upload or delete), counted from 1; none when there are fewer. */
  readonly at: number;
  /**
   * - `fail`: that write throws a `FeedError` (default code `store-failed`) and does nothing; later ones succeed.
   * - `crash`: the process dies before that write: it and everything after throws a {@link Crash}.
   * - `crash-after`: the process dies after that write.
   * - `crash-within`: like `crash`, but a put that creates an object leaves the first half of it.
   */
  readonly how: "fail" | "crash" | "crash-after" | "crash-within";
  readonly code?: string;
}

/** What a "dead" process sees; never a `FeedError`, so that nothing handles it. */
export class Crash extends Error {
  override readonly name = "Crash";
}

/** `inner` keeps what was written: open it again, undecorated, as the next process would. */
export function failingStore(inner: Store, failure: Failure): Store {
  let writes = 0;
  let isDead = false;

  const alive = (): void => {
    if (isDead) throw new Crash("the process is dead");
  };
  const die = (path: string): never => {
    isDead = true;
    throw new Crash(`died at write ${failure.at}, "${path}"`);
  };
  const write = async <T>(
    path: string,
    action: () => Promise<T>,
    half?: () => Promise<unknown>,
  ): Promise<T> => {
    alive();
    writes += 1;
    if (writes !== failure.at) return action();
    if (failure.how === "fail") {
      throw new FeedError(
        failure.code ?? "store-failed",
        `Cannot write "${path}": write ${failure.at} fails`,
      );
    }
    if (failure.how === "crash-after") await action();
    if (failure.how === "crash-within") await half?.();
    return die(path);
  };

  return {
    name: inner.name,
    stat: async (path) => (alive(), inner.stat(path)),
    read: async (path, options) => (alive(), inner.read(path, options)),
    stream: async (path, options) => (alive(), inner.stream(path, options)),
    put: (path, body, options) =>
      write(
        path,
        () => inner.put(path, body, options),
        () => putHalf(inner, path, body, options),
      ),
    // Whole or nothing: an upload that dies leaves no part that anybody sees.
    upload: (path, chunks, options) => write(path, () => inner.upload(path, chunks, options)),
    tidy: async () => (alive(), inner.tidy()),
    delete: (path) => write(path, () => inner.delete(path)),
    list: (prefix) => {
      alive();
      return inner.list(prefix);
    },
  };
}

/** Only a creation leaves a part: a replacement takes place at once or not at all. */
async function putHalf(store: Store, path: string, body: Body, options: PutOptions = {}): Promise<void> {
  if (options.condition === undefined || !("ifAbsent" in options.condition)) return;
  const whole =
    body instanceof Uint8Array ? body : new Uint8Array(await new Response(body.stream()).arrayBuffer());
  await store.put(path, whole.subarray(0, Math.floor(whole.length / 2)), options);
}
