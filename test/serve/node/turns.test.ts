import { expect, test } from "vitest";
import { createTurns, type Turns } from "../../../src/serve/node/turns.js";

/** Tasks that end when they are told to, and what happened in order. */
function recordedTasks(turns: Turns) {
  const events: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  /** Changes with names that begin with the same letter come in each other's way. */
  const begin = (kind: keyof Turns, name: string): Promise<string> =>
    turns[kind](async () => {
      events.push(`${name} begins`);
      const failure = await new Promise<Error | undefined>((resolve) => ends.set(name, resolve));
      events.push(`${name} ends`);
      if (failure !== undefined) throw failure;
      return name;
    }, name.charCodeAt(0));
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

test("changes that would come in each other's way run one after the other", async () => {
  const { events, begin, end } = recordedTasks(createTurns());
  for (const name of ["a1", "a2", "b1", "a3"]) void begin("shared", name).catch(() => {});
  await settled();
  expect(events).toEqual(["a1 begins", "b1 begins"]);
  await end("a1", new Error("broken"));
  await end("a2");
  expect(events.slice(2)).toEqual(["a1 ends", "a2 begins", "a2 ends", "a3 begins"]);
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
