/**
 * A worker thread of a verification.
 */
import { answerRequests } from "../../build/answer-requests.js";
import { folderReader } from "./folder-reader.js";
import { createVerifyTasks, type VerifyThreadSetup, verifyContext } from "./tasks.js";

answerRequests(({ folder }: VerifyThreadSetup) => createVerifyTasks(verifyContext(folderReader(folder))));
