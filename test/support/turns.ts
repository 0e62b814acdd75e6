/**
 * Lets several writers over one store take turns: each operation of a store waits until it is drawn, and the dice decide
 * the order. The same dice give the same run.
 */
import type { Store } from "../../src/store/store.js";

export interface Turns {
  /** A store as one process sees it; each of its operations is a turn. */
  readonly process: (inner: Store, options?: ProcessOptions) => Process;
  /** How many turns were taken. */
  readonly count: () => number;
  /** Starts everything, and draws until all are done or dead, and nothing is on its way to a store any more. */
  readonly run: (writers: readonly Writer[]) => Promise<void>;
}

export interface ProcessOptions {
  /**
   * The process dies at this operation, counted from 1: it hears of nothing any more. Half of such operations still take
   * place, and so do others that were on their way.
   */
  readonly diesAt?: number | undefined;
}

export interface Process {
  readonly store: Store;
  readonly isDead: () => boolean;
  /** Lets others go first. */
  readonly wait: () => Promise<void>;
}

export interface Writer {
  readonly process: Process;
  readonly work: () => Promise<void>;
}

/** @param random from 0 to below 1 */
export function takeTurns(random: () => number): Turns {
  const waiting: (() => void)[] = [];
  let turns = 0;
  const turn = async (): Promise<void> => await new Promise((resolve) => waiting.push(resolve));

  const run = async (writers: readonly Writer[]): Promise<void> => {
    const failures: unknown[] = [];
    const open = new Set(writers);
    for (const writer of writers) {
      void writer
        .work()
        .catch((error: unknown) => failures.push(error))
        .finally(() => open.delete(writer));
    }
    for (let idle = 0; idle < 100; idle++) {
      // Until then everybody has got as far as the next operation.
      await new Promise(setImmediate);
      const [next] = waiting.splice(Math.floor(random() * waiting.length), 1);
      if (next === undefined) continue;
      idle = 0;
      turns += 1;
      next();
      if (turns > 100_000) throw new Error("they take turns for ever");
    }
    for (const { process } of open) if (!process.isDead()) failures.push(new Error("a writer is stuck"));
    if (failures.length > 0) throw failures[0];
  };

  return {
    process: (inner, options = {}) => startProcess(inner, options, turn, random),
    count: () => turns,
    run,
  };
}

function startProcess(
  inner: Store,
  { diesAt }: ProcessOptions,
  turn: () => Promise<void>,
  random: () => number,
): Process {
  let operations = 0;
  let isDead = false;
  const never = async (): Promise<never> => await new Promise(() => {});

  const take = async <T>(operation: () => Promise<T>): Promise<T> => {
    if (isDead) return await never();
    operations += 1;
    const isLast = operations === diesAt;
    if (isLast) isDead = true;
    await turn();
    if (isLast && random() < 0.5) return await never();
    try {
      const result = await operation();
      return isDead ? await never() : result;
    } catch (error) {
      if (isDead) return await never();
      throw error;
    }
  };

  return {
    isDead: () => isDead,
    wait: async () => (isDead ? await never() : await turn()),
    store: {
      name: inner.name,
      stat: async (path) => await take(async () => await inner.stat(path)),
      read: async (path, options) => await take(async () => await inner.read(path, options)),
      stream: async (path, options) => await take(async () => await inner.stream(path, options)),
      put: async (path, body, options) => await take(async () => await inner.put(path, body, options)),
      upload: async (path, chunks, options) =>
        await take(async () => await inner.upload(path, chunks, options)),
      delete: async (path) => await take(async () => await inner.delete(path)),
      tidy: async () => await take(async () => await inner.tidy()),
      list: async function* (prefix) {
        yield* await take(async () => inner.list(prefix));
      },
    },
  };
}

/** Dice that fall the same way for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
