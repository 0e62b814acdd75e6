/**
 * Who may change a folder when: changes side by side, but for those that would come in each other's way; bulk commands alone.
 */

export interface Turns {
  /** Runs beside others of its kind, and after those that were let in before with the same key. */
  readonly shared: <T>(task: () => Promise<T>, key: number) => Promise<T>;
  /** Runs alone; those that come later wait for it. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
}

export function createTurns(): Turns {
  /** Settles when everything that was let in has ended. */
  let ended: Promise<unknown> = Promise.resolve();
  /** Settles when the last bulk command that was let in has ended. */
  let opened: Promise<unknown> = Promise.resolve();
  /** Settle when the last one of each key has ended; those that have are forgotten. */
  const lastOf = new Map<number, Promise<unknown>>();

  return {
    shared: async (task, key) => {
      const running = Promise.all([opened, lastOf.get(key)]).then(task);
      const over = Promise.allSettled([running]);
      lastOf.set(key, over);
      ended = Promise.all([ended, over]);
      try {
        return await running;
      } finally {
        if (lastOf.get(key) === over) lastOf.delete(key);
      }
    },
    alone: async (task) => {
      const running = ended.then(task);
      opened = Promise.allSettled([running]);
      ended = opened;
      return await running;
    },
  };
}
