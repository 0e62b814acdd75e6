/**
 * Worker threads that run tasks. Each opens the feed for itself and gets plain data only.
 */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { BuildOptions } from "./options.js";
import type { BuildWork } from "./task-runner.js";
import { decodeError, type TaskAnswer, type TaskRequest } from "./thread-messages.js";

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

/**
 * MiB for objects that have just been made. Tasks make many that live briefly; by default each thread would let a
 * multiple of this pile up before it looks which are still wanted.
 */
const YOUNG_GENERATION = 16;

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/** What goes into tasks and comes out of them, by name. */
type TaskShapes<T> = { readonly [K in keyof T]: { readonly input: unknown; readonly output: unknown } };

export interface Threads<T extends TaskShapes<T>> {
  /** Tasks that make sense to have under way at once. */
  readonly width: number;
  run<K extends keyof T & string>(name: K, input: T[K]["input"]): Promise<T[K]["output"]>;
  close(): Promise<void>;
}

/**
 * @param count at least 1
 * @param program what each thread runs; it answers requests, see `answerRequests`
 * @param setup what its `workerData` is
 */
export function startThreads<T extends TaskShapes<T>>(
  count: number,
  program: URL,
  setup: unknown,
): Threads<T> {
  const threads = Array.from({ length: count }, () => startThread(program, setup));
  let requests = 0;
  return {
    width: count * QUEUED,
    run: async <K extends keyof T & string>(name: K, input: T[K]["input"]) => {
      const thread = leastBusy(threads);
      const request: TaskRequest = { id: requests++, name, input };
      const answer = new Promise((resolve, reject) => thread.waiting.set(request.id, { resolve, reject }));
      thread.worker.postMessage(request);
      return await answer;
    },
    close: async () => {
      await Promise.all(threads.map(async ({ worker }) => await worker.terminate()));
    },
  };
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
}

function startThread(program: URL, setup: unknown): Thread {
  const worker = new Worker(program, {
    workerData: setup,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION },
  });
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
