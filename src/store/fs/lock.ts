/**
 * A mutex per path, which makes conditions atomic among the writers of one process.
 */

export interface PathLock {
  /** Runs `action` when every earlier one of the same path has ended; at once when there is none. */
  run<T>(path: string, action: () => T | Promise<T>): Promise<T>;
}

export function createPathLock(): PathLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async run(path, action) {
      const before = tails.get(path);
      const result = before === undefined ? start(action) : before.then(action, action);
      tails.set(path, result);
      try {
        return await result;
      } finally {
        if (tails.get(path) === result) tails.delete(path);
      }
    },
  };
}

async function start<T>(action: () => T | Promise<T>): Promise<T> {
  return action();
}
