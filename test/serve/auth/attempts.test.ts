import { describe, expect, test } from "vitest";
import { createAttempts } from "../../../src/serve/auth/attempts.js";

function attemptsAt(time: { now: number }, mostAddresses?: number) {
  return createAttempts({ now: () => time.now, ...(mostAddresses !== undefined && { mostAddresses }) });
}

/** Wrong keys that were answered out of `count`. */
function guess(attempts: ReturnType<typeof createAttempts>, address: string, count: number): number {
  let answered = 0;
  for (let n = 0; n < count; n++) {
    if (attempts.isExhausted(address)) continue;
    attempts.noteFailure(address);
    answered += 1;
  }
  return answered;
}

describe("wrong keys of one address", () => {
  test("are answered ten times, then once a second", () => {
    const time = { now: 0 };
    const attempts = attemptsAt(time);
    expect(guess(attempts, "a", 1000)).toBe(10);
    time.now = 999;
    expect(guess(attempts, "a", 1000)).toBe(0);
    time.now = 1000;
    expect(guess(attempts, "a", 1000)).toBe(1);
    time.now = 4000;
    expect(guess(attempts, "a", 1000)).toBe(3);
    time.now = 1_000_000;
    expect(guess(attempts, "a", 1000)).toBe(10);
  });

  test("do not count for another address", () => {
    const attempts = attemptsAt({ now: 0 });
    guess(attempts, "a", 1000);
    expect([attempts.isExhausted("a"), attempts.isExhausted("b")]).toEqual([true, false]);
  });

  test.each([
    [0, 1],
    [400, 1],
    [1000, 1],
  ])("%i ms later are answered again after %i s", (later, seconds) => {
    const time = { now: 0 };
    const attempts = attemptsAt(time);
    guess(attempts, "a", 10);
    time.now = later;
    expect(attempts.retryAfter("a")).toBe(seconds);
    time.now += seconds * 1000;
    expect(attempts.isExhausted("a")).toBe(false);
  });

  test("at a thousand a second are answered once a second", () => {
    const time = { now: 0 };
    const attempts = attemptsAt(time);
    let answered = 0;
    for (; time.now < 60_000; time.now += 1) answered += guess(attempts, "a", 1);
    expect(answered).toBe(10 + 59);
  });

  test("count after the clock was set back", () => {
    const time = { now: 1_000_000 };
    const attempts = attemptsAt(time);
    guess(attempts, "a", 10);
    time.now = 0;
    expect(attempts.isExhausted("a")).toBe(true);
  });
});

describe("what is remembered", () => {
  test("has a bound, and the address that failed longest ago goes first", () => {
    const attempts = attemptsAt({ now: 0 }, 3);
    for (const address of ["a", "b", "c"]) guess(attempts, address, 10);
    expect(attempts.size()).toBe(3);
    guess(attempts, "d", 10);
    expect(attempts.size()).toBe(3);
    expect(["a", "b", "c", "d"].map(attempts.isExhausted)).toEqual([false, true, true, true]);
  });

  test("is 10,000 addresses unless said otherwise", () => {
    const attempts = attemptsAt({ now: 0 });
    for (let n = 0; n < 10_100; n++) attempts.noteFailure(String(n));
    expect(attempts.size()).toBe(10_000);
  });

  test("is forgotten when it means nothing any more", () => {
    const time = { now: 0 };
    const attempts = attemptsAt(time);
    for (let n = 0; n < 100; n++) attempts.noteFailure(String(n));
    time.now = 9999;
    attempts.noteFailure("late");
    expect(attempts.size()).toBe(101);
    time.now = 10_000;
    attempts.noteFailure("later");
    expect(attempts.size()).toBe(2);
  });
});
