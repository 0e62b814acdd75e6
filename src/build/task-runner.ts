/**
 * Runs tasks, in place or in threads.
 */
import { letSignalsIn } from "./let-signals-in.js";
import type { TaskName, Tasks, TaskTypes } from "./tasks.js";

/** How much there is to do: files to read, and published versions whose documents may change. */
export interface BuildWork {
  readonly files: number;
  readonly versions: number;
}

export interface TaskRunner {
  /** Tasks that make sense to have under way at once. */
  readonly width: number;
  run<K extends TaskName>(name: K, input: TaskTypes[K]["input"]): Promise<TaskTypes[K]["output"]>;
}

/** Runs each task where it is called. */
export function runInPlace(tasks: Tasks): TaskRunner {
  return {
    width: 1,
    run: async (name, input) => {
      await letSignalsIn();
      return await tasks[name](input);
    },
  };
}
