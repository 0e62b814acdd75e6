import { expect, test } from "vitest";
import { createPushLimit } from "../../../src/serve/publishing/push-limit.js";

/** A task that lasts until it is told to end. */
function openTask(name: string, started: string[]): { task: () => Promise<string>; end: () => void } {
  const { promise, resolve } = withResolvers();
  const task = async (): Promise<string> => {
    started.push(name);
    await promise;
    return name;
  };
  return { task, end: resolve };
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** Lets everything run that waits for nothing but its turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

test("pushes wait for room in the order in which they came", async () => {
  const started: string[] = [];
  const limit = createPushLimit({ parallel: 2, waiting: 2 });
  const tasks = ["a", "b", "c", "d"].map((name) => openTask(name, started));
  const results = tasks.map(({ task }) => limit.run(task));
  await settled();
  expect(started).toEqual(["a", "b"]);
  tasks[1]?.end();
  await settled();
  expect(started).toEqual(["a", "b", "c"]);
  for (const { end } of tasks) end();
  expect(await Promise.all(results)).toEqual(["a", "b", "c", "d"]);
});

test("a push beyond those that may wait is refused, until there is room again", async () => {
  const limit = createPushLimit({ parallel: 1, waiting: 0 });
  const first = openTask("a", []);
  const running = limit.run(first.task);
  await expect(limit.run(async () => "b")).rejects.toMatchObject({ code: "too-busy" });
  first.end();
  await running;
  expect(await limit.run(async () => "c")).toBe("c");
});

test("a push that fails makes room as well", async () => {
  const limit = createPushLimit({ parallel: 1, waiting: 1 });
  const failing = limit.run(async () => {
    throw new Error("no package");
  });
  const next = limit.run(async () => "next");
  await expect(failing).rejects.toThrow("no package");
  expect(await next).toBe("next");
});

test("a push that is given up while it waits leaves its place to others", async () => {
  const started: string[] = [];
  const limit = createPushLimit({ parallel: 1, waiting: 1 });
  const first = openTask("a", started);
  const running = limit.run(first.task);
  const abort = new AbortController();
  const second = limit.run(openTask("b", started).task, abort.signal);
  abort.abort(new Error("gone"));
  await expect(second).rejects.toThrow("gone");
  const third = openTask("c", started);
  const last = limit.run(third.task);
  first.end();
  third.end();
  expect([await running, await last, started]).toEqual(["a", "c", ["a", "c"]]);
});

test("a push that was given up before it came does not run", async () => {
  const limit = createPushLimit({ parallel: 1, waiting: 0 });
  const gone = limit.run(async () => "a", AbortSignal.abort(new Error("gone")));
  await expect(gone).rejects.toThrow("gone");
  expect(await limit.run(async () => "b")).toBe("b");
});
