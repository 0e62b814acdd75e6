/**
 * A worker thread of a build.
 */
import { openFolder } from "../store/fs.js";
import { answerRequests } from "./answer-requests.js";
import { lockedStore } from "./lock.js";
import { createTasks } from "./tasks.js";
import type { ThreadSetup } from "./thread-messages.js";

answerRequests(({ setup, output, until }: ThreadSetup) =>
  createTasks(lockedStore(openFolder(output), { until }), setup),
);
