import { describe, expect, test } from "vitest";
import { breakLease, type LeaseHolder, type LeaseOptions, takeLease } from "../../src/publish/lease.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";

const one: LeaseHolder = { host: "build-1", pid: 1, instance: "a" };
const other: LeaseHolder = { host: "build-2", pid: 2, instance: "b" };

/** Options with a clock that the test moves. */
function setup(holder: LeaseHolder, clock: { now: number }, isGone: LeaseOptions["isGone"] = () => false) {
  const until: number[] = [];
  const options: LeaseOptions = {
    holder,
    duration: 60_000,
    now: () => clock.now,
    isGone,
    onUntil: (time) => until.push(time),
  };
  return { options, until };
}

async function take(store: ReturnType<typeof createMemoryStore>, options: LeaseOptions) {
  const result = await takeLease(store, options);
  if (result.kind !== "taken") throw new Error("the lease is held");
  return result.lease;
}

describe("a lease", () => {
  test("is held by one writer, who is told to others", async () => {
    const store = createMemoryStore();
    const clock = { now: Date.UTC(2026, 0, 1) };
    await take(store, setup(one, clock).options);
    expect(await takeLease(store, setup(other, clock).options)).toEqual({
      kind: "held",
      by: { holder: one, since: "2026-01-01T00:00:00.000Z", until: "2026-01-01T00:01:00.000Z" },
    });
  });

  test("is not lost to itself when somebody looks at it while it is renewed", async () => {
    const inner = createMemoryStore();
    /** Answers late, as a disk may: what it says was true before the renewal. */
    const store: Store = {
      ...inner,
      stat: async (path) => {
        const info = await inner.stat(path);
        await new Promise((resolve) => setImmediate(resolve));
        return info;
      },
    };
    const lease = await take(store, setup(one, { now: 0 }).options);
    const [before, , after] = await Promise.all([
      lease.isHeld(),
      lease.renew(),
      lease.isHeld(),
      lease.renew(),
    ]);
    expect([before, after, await lease.isHeld()]).toEqual([true, true, true]);
  });

  test("is free again once it was released", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    const first = setup(one, clock);
    const lease = await take(store, first.options);
    await lease.release();
    expect(first.until.at(-1)).toBe(0);
    await take(store, setup(other, clock).options);
  });

  test("is taken over when it ran out, and its holder learns that it is lost", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    const first = setup(one, clock);
    const lease = await take(store, first.options);
    clock.now = 59_999;
    expect((await takeLease(store, setup(other, clock).options)).kind).toBe("held");
    clock.now = 60_000;
    const second = await take(store, setup(other, clock).options);
    await lease.renew();
    expect(first.until.at(-1)).toBe(0);
    await lease.release();
    expect((await takeLease(store, setup(one, clock).options)).kind).toBe("held");
    await second.release();
    await take(store, setup(one, clock).options);
  });

  test("holds longer when it is renewed", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    const first = setup(one, clock);
    const lease = await take(store, first.options);
    clock.now = 50_000;
    await lease.renew();
    expect(first.until).toEqual([60_000, 110_000]);
    clock.now = 100_000;
    expect((await takeLease(store, setup(other, clock).options)).kind).toBe("held");
  });

  test("is taken over at once from a holder who is known to be gone", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    await take(store, setup(one, clock).options);
    const after = setup(other, clock, ({ pid }) => pid === one.pid).options;
    expect((await takeLease(store, after)).kind).toBe("taken");
  });

  test("goes to exactly one of many who want it at once", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    const takers = Array.from({ length: 50 }, (_, pid) =>
      setup({ ...one, pid, instance: String(pid) }, clock),
    );
    const results = await Promise.all(takers.map(async ({ options }) => await takeLease(store, options)));
    expect(results.filter(({ kind }) => kind === "taken")).toHaveLength(1);
  });

  const holder = '{"host":"build-1","pid":1,"instance":"a"}';
  const oddHolder = '{"host":"build-1","pid":1e300,"instance":"a"}';

  test.for([
    "",
    "{",
    '{"holder":{}}',
    "null",
    `{"holder":${holder},"since":"x","until":"never"}`,
    `{"holder":${oddHolder},"since":"x","until":"2999-01-01T00:00:00.000Z"}`,
  ])("is free when its file is damaged (%j)", async (text) => {
    const store = createMemoryStore();
    await store.put("feed-state/lock", new TextEncoder().encode(text));
    expect((await takeLease(store, setup(one, { now: 0 }).options)).kind).toBe("taken");
  });

  test("can be broken, which tells who held it", async () => {
    const store = createMemoryStore();
    const clock = { now: 0 };
    expect(await breakLease(store)).toBeUndefined();
    await take(store, setup(one, clock).options);
    expect(await breakLease(store)).toMatchObject({ holder: one });
    await take(store, setup(other, clock).options);
  });
});
