/**
 * Bounded concurrency for IO.
 */

/**
 * Runs `work` on every item, at most `limit` at a time, and keeps the order of the results. The first failure starts
 * nothing new, waits for what is under way, and rejects.
 */
export async function mapLimit<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  let next = 0;
  const run = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `index` lies within the list
        results[index] = await work(items[index] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
  if (failures.length > 0) throw failures[0];
  return results;
}
