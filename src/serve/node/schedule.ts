/**
 * When the work is done that single changes leave: soon after the last of them, and not for ever after the first.
 */

export interface ScheduleOptions {
  /** Never runs twice at a time. Answers whether nothing is left to be done. */
  readonly run: () => Promise<boolean>;
  readonly onError: (error: unknown) => void;
  /** Milliseconds without a change after which it runs. */
  readonly quiet?: number;
  /** Milliseconds after which it runs although changes go on. */
  readonly longest?: number;
  /** Milliseconds after which it runs again where something was left, or where it failed; doubles up to twenty times that. */
  readonly again?: number;
}

export interface Schedule {
  /** Something changed. */
  readonly touch: () => void;
  /** Runs what is due, and nothing more from then on. */
  readonly close: () => Promise<void>;
}

const QUIET = 1000;
const LONGEST = 10_000;
const AGAIN = 30_000;
const MOST_AGAIN = 20;

export function createSchedule({
  run,
  onError,
  quiet = QUIET,
  longest = LONGEST,
  again = AGAIN,
}: ScheduleOptions): Schedule {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;
  let failures = 0;

  const runOnce = async (): Promise<void> => {
    const isDone = await run().catch((error: unknown) => {
      onError(error);
      return false;
    });
    failures = isDone ? 0 : failures + 1;
    // A change that came meanwhile runs sooner.
    if (isDone || isClosed || since !== undefined) return;
    wait(again * Math.min(MOST_AGAIN, 2 ** (failures - 1)));
  };
  const runNow = (): Promise<void> => {
    clearTimeout(timer);
    since = undefined;
    running = running.then(runOnce);
    return running;
  };
  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void runNow(), milliseconds);
  };
  return {
    touch: () => {
      if (isClosed) return;
      const now = performance.now();
      since ??= now;
      wait(Math.min(quiet, Math.max(0, since + longest - now)));
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await (since === undefined ? running : runNow());
    },
  };
}
