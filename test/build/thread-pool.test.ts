import { afterEach, expect, test } from "vitest";
import { type StartedThreads, startThreads } from "../../src/build/thread-pool.js";

interface Shout {
  readonly shout: { readonly input: string; readonly output: string };
}

let started: StartedThreads | undefined;

afterEach(async () => {
  await started?.close();
});

/** A thread program as `answerRequests` is one, but of a single text. */
function program(text: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(text)}`);
}

const shouting = program(`
  import { parentPort } from "node:worker_threads";
  parentPort.once("message", (setup) => {
    parentPort.on("message", ({ id, input }) => parentPort.postMessage({ id, output: input.toUpperCase() + setup.end }));
  });
`);

test("threads work with what they are told after they were started", async () => {
  started = startThreads(2, shouting);
  const threads = started.setUp<Shout>({ end: "!" });
  const answers = await Promise.all(["a", "b", "c"].map((text) => threads.run("shout", text)));
  expect(answers).toEqual(["A!", "B!", "C!"]);
});

test("what threads are asked fails when they cannot start", async () => {
  started = startThreads(1, program("throw new Error('no such program')"));
  const threads = started.setUp<Shout>({ end: "" });
  await expect(threads.run("shout", "a")).rejects.toThrow("no such program");
});

test("so does what they are asked after they ended", async () => {
  started = startThreads(1, shouting);
  const threads = started.setUp<Shout>({ end: "" });
  await threads.run("shout", "a");
  await started.close();
  await expect(threads.run("shout", "b")).rejects.toThrow("ended");
});
