/**
 * Worker threads that run tasks. Each opens the feed for itself and gets plain data only. They are started first and told
 * what they work on later, so that a command can go on finding that out while they start.
 */
import { availableParallelism } from "node:os";
import { getHeapStatistics } from "node:v8";
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

/**
 * MiB for what lives longer, never more than the engine would take by itself. The more is allowed, the more garbage it lets
 * lie: without this a third more at 100,000 packages. A tenth is enough for an id with 5,000 versions.
 */
const OLD_GENERATION = Math.min(1024, Math.floor(getHeapStatistics().heap_size_limit / 2 ** 20));

interface Waiting {
  readonly resolve: (output: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
  /** Why it takes no requests any more. */
  readonly failure: () => Error | undefined;
}

/** What goes into tasks and comes out of them, by name. */
type TaskShapes<T> = { readonly [K in keyof T]: { readonly input: unknown; readonly output: unknown } };

export interface StartedThreads {
  /** Tells them what they work on; once. */
  setUp<T extends TaskShapes<T>>(setup: unknown): Threads<T>;
  close(): Promise<void>;
}

export interface Threads<T extends TaskShapes<T>> {
  /** Tasks that make sense to have under way at once. */
  readonly width: number;
  run<K extends keyof T & string>(name: K, input: T[K]["input"]): Promise<T[K]["output"]>;
}

/**
 * @param count at least 1
 * @param program what each thread runs; it answers requests, see `answerRequests`
 */
export function startThreads(count: number, program: URL): StartedThreads {
  const threads = Array.from({ length: count }, () => startThread(program));
  return {
    setUp: (setup) => {
      for (const { worker } of threads) worker.postMessage(setup);
      return takingRequests(threads);
    },
    close: async () => {
      await Promise.all(threads.map(async ({ worker }) => await worker.terminate()));
    },
  };
}

function takingRequests<T extends TaskShapes<T>>(threads: readonly Thread[]): Threads<T> {
  let requests = 0;
  return {
    width: threads.length * QUEUED,
    run: async <K extends keyof T & string>(name: K, input: T[K]["input"]) => {
      const thread = leastBusy(threads);
      const failure = thread.failure();
      if (failure !== undefined) throw failure;
      const request: TaskRequest = { id: requests++, name, input };
      const answer = new Promise((resolve, reject) => thread.waiting.set(request.id, { resolve, reject }));
      thread.worker.postMessage(request);
      return await answer;
    },
  };
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
}

function startThread(program: URL): Thread {
  const worker = new Worker(program, {
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION, maxOldGenerationSizeMb: OLD_GENERATION },
  });
  const waiting = new Map<number, Waiting>();
  let failure: Error | undefined;
  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.on("message", ({ id, ...answer }: TaskAnswer) => {
    const task = waiting.get(id);
    waiting.delete(id);
    if ("error" in answer) task?.reject(decodeError(answer.error));
    else task?.resolve(answer.output);
  });
  worker.on("error", fail);
  worker.on("exit", (code) => fail(new Error(`a worker thread ended with code ${code}`)));
  return { worker, waiting, failure: () => failure };
}
