/**
 * A worker thread of a verification.
 */
import { workerData } from "node:worker_threads";
import { answerRequests } from "../../build/answer-requests.js";
import { folderReader } from "./folder-reader.js";
import { createVerifyTasks, type VerifyThreadSetup, verifyContext } from "./tasks.js";

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `startThreads` gives nothing else
const { folder } = workerData as VerifyThreadSetup;

answerRequests(createVerifyTasks(verifyContext(folderReader(folder))));
