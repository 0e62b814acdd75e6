/**
 * Worker threads that run tasks. Each opens the output for itself and gets plain data only.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { BuildOptions } from "./options.js";
import type { BuildWork, TaskRunner } from "./task-runner.js";
import type { TaskName, TaskTypes } from "./tasks.js";
import { decodeError, type TaskAnswer, type TaskRequest, type ThreadSetup } from "./thread-messages.js";

/** Below this much work, starting threads takes longer than they save. */
const WORTH_THREADS: BuildWork = { files: 300, versions: 1500 };
/** More threads than this only wait for the disk. */
const MOST_THREADS = 8;
/** Requests that wait in each thread, so that none is ever idle. */
const QUEUED = 2;

/** How many threads a build starts. A dry run works in place: it writes nothing, so it has nothing to wait for. */
export function threadCount(options: Pick<BuildOptions, "threads" | "dryRun">, work: BuildWork): number {
  if (options.dryRun === true) return 0;
  if (options.threads !== undefined) return options.threads;
  const isWorth = work.files >= WORTH_THREADS.files || work.versions >= WORTH_THREADS.versions;
  return isWorth ? Math.min(availableParallelism(), MOST_THREADS) : 0;
}

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** @param count at least 1 */
export function startThreads(count: number, setup: ThreadSetup): TaskRunner {
  const threads = Array.from({ length: count }, () => startThread(setup));
  let requests = 0;
  return {
    width: count * QUEUED,
    run: async <K extends TaskName>(name: K, input: TaskTypes[K]["input"]) => {
      const thread = leastBusy(threads);
      const request: TaskRequest = { id: requests++, name, input };
      const answer = new Promise((resolve, reject) => thread.waiting.set(request.id, { resolve, reject }));
      thread.worker.postMessage(request);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the thread ran the task of this name
      return (await answer) as TaskTypes[K]["output"];
    },
    close: async () => {
      await Promise.all(threads.map(async ({ worker }) => await worker.terminate()));
    },
  };
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
}

function startThread(setup: ThreadSetup): Thread {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { workerData: setup });
  const waiting = new Map<number, Waiting>();
  const failAll = (error: unknown): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", ({ id, ...answer }: TaskAnswer) => {
    const task = waiting.get(id);
    waiting.delete(id);
    if ("error" in answer) task?.reject(decodeError(answer.error));
    else task?.resolve(answer.output);
  });
  worker.on("error", failAll);
  worker.on("exit", (code) => failAll(new Error(`a worker thread ended with code ${code}`)));
  return { worker, waiting };
}
