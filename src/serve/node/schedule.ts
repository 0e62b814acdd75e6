/**
 * When the work is done that single changes leave: soon after the last of them, and not for ever after the first.
 */

export interface ScheduleOptions {
  /** Never runs twice at a time. */
  readonly run: () => Promise<void>;
  readonly onError: (error: unknown) => void;
  /** Milliseconds without a change after which it runs. */
  readonly quiet?: number;
  /** Milliseconds after which it runs although changes go on. */
  readonly longest?: number;
}

export interface Schedule {
  /** Something changed. */
  readonly touch: () => void;
  /** Runs what is due, and nothing more from then on. */
  readonly close: () => Promise<void>;
}

const QUIET = 1000;
const LONGEST = 10_000;

export function createSchedule({
  run,
  onError,
  quiet = QUIET,
  longest = LONGEST,
}: ScheduleOptions): Schedule {
  let timer: NodeJS.Timeout | undefined;
  let since: number | undefined;
  let running: Promise<void> = Promise.resolve();
  let isClosed = false;

  const runNow = (): Promise<void> => {
    clearTimeout(timer);
    since = undefined;
    running = running.then(run).catch(onError);
    return running;
  };
  return {
    touch: () => {
      if (isClosed) return;
      const now = performance.now();
      since ??= now;
      clearTimeout(timer);
      timer = setTimeout(() => void runNow(), Math.min(quiet, Math.max(0, since + longest - now)));
    },
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await (since === undefined ? running : runNow());
    },
  };
}
