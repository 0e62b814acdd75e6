/**
 * The threads of one reading of the sources and the build that follows from it. They take as long to start as the build
 * takes to find out what to do, so they are started as soon as it shows that they will be worth it.
 */
import type { LockUntil } from "./lock.js";
import type { BuildOptions } from "./options.js";
import type { BuildWork, TaskRunner } from "./task-runner.js";
import type { TaskSetup, TaskTypes } from "./tasks.js";
import type { ThreadSetup } from "./thread-messages.js";
import { type StartedThreads, startThreads, threadCount } from "./thread-pool.js";

export interface BuildThreads {
  /**
   * Starts them, unless this much work is done faster without. There may turn out to be more; where there is less, they
   * were started for nothing, which a build without much to do can bear.
   */
  readonly expect: (work: BuildWork) => void;
  /** Hands them the work; `undefined` where it is done faster without. */
  readonly setUp: (setup: TaskSetup, work: BuildWork) => TaskRunner | undefined;
  readonly close: () => Promise<void>;
}

const program = new URL("./build-worker.js", import.meta.url);

/** @param until until when the build may write */
export function createBuildThreads(options: BuildOptions, until: LockUntil): BuildThreads {
  let started: StartedThreads | undefined;
  const start = (work: BuildWork): StartedThreads | undefined => {
    const count = threadCount(options, work);
    return count === 0 ? undefined : (started ??= startThreads(count, program));
  };
  return {
    expect: (work) => {
      if (started === undefined) start(work);
    },
    setUp: (setup, work) => {
      const thread: ThreadSetup = { setup, output: options.output, until };
      return start(work)?.setUp<TaskTypes>(thread);
    },
    close: async () => await started?.close(),
  };
}

/** For who builds in place. */
export const noThreads: BuildThreads = {
  expect: () => {},
  setUp: () => undefined,
  close: async () => {},
};
