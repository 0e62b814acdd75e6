/**
 * Who may change a folder when: changes of single ids run side by side, bulk commands alone.
 */

export interface Turns {
  /** Runs beside others of its kind. */
  readonly shared: <T>(task: () => Promise<T>) => Promise<T>;
  /** Runs alone; those that come later wait for it. */
  readonly alone: <T>(task: () => Promise<T>) => Promise<T>;
}

export function createTurns(): Turns {
  /** Settles when everything that was let in has ended. */
  let ended: Promise<unknown> = Promise.resolve();
  /** Settles when the last bulk command that was let in has ended. */
  let opened: Promise<unknown> = Promise.resolve();

  return {
    shared: async (task) => {
      const running = opened.then(task);
      ended = Promise.allSettled([ended, running]);
      return await running;
    },
    alone: async (task) => {
      const running = ended.then(task);
      opened = Promise.allSettled([running]);
      ended = opened;
      return await running;
    },
  };
}
