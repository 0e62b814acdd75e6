/**
 * The inside of a worker thread: is told what it works on, then takes requests, runs the task of that name, answers.
 */
import { parentPort } from "node:worker_threads";
import { encodeError, type TaskAnswer, type TaskRequest } from "./thread-messages.js";

/** Plain data in, plain data out. */
type ThreadTasks<T> = { readonly [K in keyof T]: (input: never) => Promise<unknown> };

/**
 * Answers for as long as the thread lives; an error of a task is its answer.
 *
 * @param createTasks is given what `setUp` of the threads was given
 */
export function answerRequests<T extends ThreadTasks<T>>(createTasks: (setup: never) => T): void {
  parentPort?.once("message", (setup) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `setUp` is given what this program takes
    answerWith(createTasks(setup as never));
  });
}

function answerWith<T extends ThreadTasks<T>>(tasks: T): void {
  const taskOf = new Map<string, (input: never) => Promise<unknown>>(Object.entries(tasks));
  const answer = async ({ id, name, input }: TaskRequest): Promise<TaskAnswer> => {
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `run` sends the input of the task it names
      return { id, output: await taskOf.get(name)?.(input as never) };
    } catch (error) {
      return { id, error: encodeError(error) };
    }
  };
  parentPort?.on("message", (request: TaskRequest) => {
    void answer(request).then((message) => parentPort?.postMessage(message));
  });
}
