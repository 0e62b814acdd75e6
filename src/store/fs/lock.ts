/**
 * A mutex per path, which makes conditions atomic among the writers of one process.
 */

export interface PathLock {
  /**
   * Runs `action` when every earlier one of the same path has ended; at once when there is none. An action that answers
   * at once needs no lock, and no promise is made for it.
   */
  run<T>(path: string, action: () => T | Promise<T>): T | Promise<T>;
}

export function createPathLock(): PathLock {
  const tails = new Map<string, Promise<unknown>>();
  return {
    run: (path, action) => {
      const before = tails.get(path);
      const result = before === undefined ? action() : before.then(action, action);
      if (!(result instanceof Promise)) return result;
      tails.set(path, result);
      const release = (): void => {
        if (tails.get(path) === result) tails.delete(path);
      };
      result.then(release, release);
      return result;
    },
  };
}
