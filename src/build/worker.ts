/**
 * A worker thread of a build.
 */
import { workerData } from "node:worker_threads";
import { openFolder } from "../store/fs.js";
import { answerRequests } from "./answer-requests.js";
import { lockedStore } from "./lock.js";
import { createTasks } from "./tasks.js";
import type { ThreadSetup } from "./thread-messages.js";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `startThreads` gives nothing else
const { setup, output, until } = workerData as ThreadSetup;

answerRequests(createTasks(lockedStore(openFolder(output), until), setup));
