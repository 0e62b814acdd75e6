/** Asks the search worker, which is started by the first question, one question at a time. */
import type { Answer, Question, Request, Response } from "./messages.js";

export interface SearchClient {
  /**
   * The answer to a question; `undefined` when a newer one was asked before this one was answered, so that who types
   * fast waits for the last letter only.
   */
  readonly ask: (question: Question) => Promise<Answer | undefined>;
}

interface Asked {
  readonly question: Question;
  readonly resolve: (answer: Answer | undefined) => void;
}

/** @param root the way from the page to the feed's root */
export function createSearchClient(root: string): SearchClient {
  const base = new URL(root, location.href).href;
  let worker: Worker | undefined;
  let number = 0;
  let current: Asked | undefined;
  let next: Asked | undefined;

  const finish = (answer: Answer): void => {
    current?.resolve(next === undefined ? answer : undefined);
    current = next;
    next = undefined;
    if (current !== undefined) send(current);
  };
  /** The next question starts another worker. */
  const fail = (): void => {
    worker?.terminate();
    worker = undefined;
    finish({ kind: "failed" });
  };
  const send = ({ question }: Asked): void => {
    number += 1;
    const request: Request = { number, root, base, question };
    try {
      worker ??= startWorker(base, receive, fail);
      worker.postMessage(request);
    } catch {
      // Pages opened as files may start no workers.
      queueMicrotask(fail);
    }
  };
  const receive = ({ data }: MessageEvent<Response>): void => {
    if (data.number === number) finish(data.answer);
  };

  return {
    ask: async (question) =>
      await new Promise((resolve) => {
        const asked = { question, resolve };
        if (current === undefined) {
          current = asked;
          send(asked);
        } else {
          next?.resolve(undefined);
          next = asked;
        }
      }),
  };
}

function startWorker(
  base: string,
  receive: (event: MessageEvent<Response>) => void,
  fail: () => void,
): Worker {
  const worker = new Worker(new URL("site/search-worker.js", base), { name: "search" });
  worker.addEventListener("message", receive);
  worker.addEventListener("error", fail);
  return worker;
}
