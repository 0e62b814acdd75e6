import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSchedule, type ScheduleOptions } from "../../../src/serve/node/schedule.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recorded(options: Partial<ScheduleOptions> = {}) {
  const runs: number[] = [];
  const errors: unknown[] = [];
  const start = performance.now();
  const schedule = createSchedule({
    run: async () => runs.push(await Promise.resolve(performance.now() - start)) > 0,
    onError: (error) => errors.push(error),
    quiet: 1000,
    longest: 10_000,
    ...options,
  });
  return { ...schedule, runs, errors };
}

const pass = async (milliseconds: number): Promise<void> =>
  void (await vi.advanceTimersByTimeAsync(milliseconds));

test("without a change nothing runs", async () => {
  const { runs, close } = recorded();
  await pass(100_000);
  await close();
  expect(runs).toEqual([]);
});

test("it runs once when changes have been over for a while", async () => {
  const { runs, touch } = recorded();
  for (let change = 0; change < 5; change++) {
    touch();
    await pass(500);
  }
  await pass(100_000);
  expect(runs).toEqual([3000]);
});

test("changes that never end do not keep it waiting for ever", async () => {
  const { runs, touch } = recorded();
  for (let change = 0; change < 50; change++) {
    touch();
    await pass(500);
  }
  expect(runs).toEqual([10_000, 20_000]);
});

test("a change during a run is followed by another run, and never two at a time", async () => {
  let running = 0;
  const most: number[] = [];
  const { touch } = recorded({
    run: async () => {
      most.push(++running);
      await new Promise((resolve) => setTimeout(resolve, 5000));
      running -= 1;
      return true;
    },
  });
  touch();
  await pass(1500);
  touch();
  await pass(20_000);
  expect(most).toEqual([1, 1]);
});

test("a run that fails is told, and the next one runs", async () => {
  let count = 0;
  const { errors, touch } = recorded({
    run: async () => {
      count += 1;
      await Promise.resolve();
      if (count === 1) throw new Error("broken");
      return true;
    },
  });
  for (let change = 0; change < 2; change++) {
    touch();
    await pass(2000);
  }
  expect([count, errors.map(String)]).toEqual([2, ["Error: broken"]]);
});

test("closing runs what is due at once, and nothing comes later", async () => {
  const { runs, touch, close } = recorded();
  touch();
  await close();
  touch();
  await pass(100_000);
  expect(runs).toEqual([0]);
});

test("closing waits for a run that is under way", async () => {
  let isDone = false;
  const { touch, close } = recorded({
    run: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      isDone = true;
      return true;
    },
  });
  touch();
  await pass(2000);
  const closed = close();
  await pass(5000);
  await closed;
  expect(isDone).toBe(true);
});

test("what a run leaves, or fails to do, is tried again, later each time", async () => {
  const times: number[] = [];
  const start = performance.now();
  const { touch } = recorded({
    again: 1000,
    run: async () => {
      times.push(await Promise.resolve(performance.now() - start));
      if (times.length === 2) throw new Error("broken");
      return times.length === 4;
    },
  });
  touch();
  await pass(100_000);
  expect(times).toEqual([1000, 2000, 4000, 8000]);
});

test("nothing is tried again once it is closed", async () => {
  let count = 0;
  const { touch, close } = recorded({
    run: async () => {
      await Promise.resolve();
      count += 1;
      return false;
    },
  });
  touch();
  await close();
  await pass(1_000_000);
  expect(count).toBe(1);
});
