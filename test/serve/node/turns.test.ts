import { expect, test } from "vitest";
import { createTurns, type Turns } from "../../../src/serve/node/turns.js";

/** Tasks that end when they are told to, and what happened in order. */
function recordedTasks(turns: Turns) {
  const events: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const begin = (kind: keyof Turns, name: string): Promise<string> =>
    turns[kind](async () => {
      events.push(`${name} begins`);
      const failure = await new Promise<Error | undefined>((resolve) => ends.set(name, resolve));
      events.push(`${name} ends`);
      if (failure !== undefined) throw failure;
      return name;
    });
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await settled();
  };
  return { events, begin, end };
}

/** Lets everything go on that can. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test("changes run side by side", async () => {
  const { events, begin } = recordedTasks(createTurns());
  void begin("shared", "a");
  void begin("shared", "b");
  await settled();
  expect(events).toEqual(["a begins", "b begins"]);
});

test("a bulk command waits for all changes, and changes that come later wait for it", async () => {
  const { events, begin, end } = recordedTasks(createTurns());
  void begin("shared", "a");
  void begin("shared", "b");
  void begin("alone", "bulk");
  void begin("shared", "c");
  await settled();
  await end("b");
  expect(events).toEqual(["a begins", "b begins", "b ends"]);
  await end("a");
  expect(events.slice(3)).toEqual(["a ends", "bulk begins"]);
  await end("bulk");
  expect(events.slice(5)).toEqual(["bulk ends", "c begins"]);
});

test("bulk commands run one after the other, each with the changes that came before it", async () => {
  const { events, begin, end } = recordedTasks(createTurns());
  void begin("alone", "first");
  void begin("shared", "a");
  void begin("alone", "second");
  await settled();
  await end("first");
  await end("a");
  await end("second");
  expect(events).toEqual([
    "first begins",
    "first ends",
    "a begins",
    "a ends",
    "second begins",
    "second ends",
  ]);
});

test.each(["shared", "alone"] as const)(
  "a task that fails (%s) tells it its caller and holds nobody up",
  async (kind) => {
    const { events, begin, end } = recordedTasks(createTurns());
    const failing = begin(kind, "a");
    const failed = failing.catch(String);
    const next = begin("alone", "b");
    const last = begin("shared", "c");
    await settled();
    await end("a", new Error("broken"));
    await end("b");
    await end("c");
    expect([await failed, await next, await last]).toEqual(["Error: broken", "b", "c"]);
    expect(events).toEqual(["a begins", "a ends", "b begins", "b ends", "c begins", "c ends"]);
  },
);
