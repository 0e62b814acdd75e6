/** The search worker: loads what the feed's search needs, and answers questions without holding up the page. */

import { answerQuestion } from "./answer.js";
import { createIndexLoader } from "./index-loader.js";
import type { Request, Response } from "./messages.js";

const loader = createIndexLoader((path, base) => fetch(new URL(path, base)));

addEventListener("message", ({ data }: MessageEvent<Request>) => {
  void answer(data);
});

async function answer({ number, root, base, question }: Request): Promise<void> {
  let response: Response;
  try {
    response = { number, answer: answerQuestion(await loader.load(base, question.query), question, root) };
  } catch {
    // No network, or documents that are none; the page says that search failed.
    response = { number, answer: { kind: "failed" } };
  }
  postMessage(response);
}
