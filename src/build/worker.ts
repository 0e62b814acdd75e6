/**
 * A worker thread of a build: takes requests, runs the task of that name, answers.
 */
import { parentPort, workerData } from "node:worker_threads";
import { openFolder } from "../store/fs.js";
import { lockedStore } from "./lock.js";
import { createTasks } from "./tasks.js";
import { encodeError, type TaskAnswer, type TaskRequest, type ThreadSetup } from "./thread-messages.js";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `startThreads` gives nothing else
const { setup, output, until } = workerData as ThreadSetup;
const tasks = createTasks(lockedStore(openFolder(output), until), setup);

parentPort?.on("message", (request: TaskRequest) => {
  void answer(request).then((message) => parentPort?.postMessage(message));
});

async function answer({ id, name, input }: TaskRequest): Promise<TaskAnswer> {
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `run` sends the input of the task it names
    return { id, output: await tasks[name](input as never) };
  } catch (error) {
    return { id, error: encodeError(error) };
  }
}
