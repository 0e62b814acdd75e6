import { describe, expect, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import { createMemoryStore } from "../../src/store/memory.js";
import {
  type BusyRetry,
  DEFAULT_ATTEMPTS,
  repeatWhileBusy,
  systemRetry,
} from "../../src/store/repeat-while-busy.js";
import { retryingStore } from "../../src/store/retry.js";
import type { Store } from "../../src/store/store.js";
import { describeStoreContract } from "../contract/store.js";
import { busyStore, everyNth, oncePer } from "../support/busy-store.js";
import { failingStore } from "../support/failing-store.js";

const body = new TextEncoder().encode("body");

/** Waits for nothing and records what it was asked to wait. */
function recordedRetry(settings: Partial<BusyRetry> = {}): { retry: BusyRetry; pauses: number[] } {
  const pauses: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => {
    pauses.push(milliseconds);
  };
  return { retry: { random: () => 1, wait, ...settings }, pauses };
}

describeStoreContract("a store that repeats, before one that is busy at every other call", () => ({
  store: retryingStore(busyStore(createMemoryStore(), everyNth(2)), recordedRetry({ attempts: 1000 }).retry),
}));

describe("a store that repeats", () => {
  test.each([
    ["put", (store: Store) => store.put("a", body)],
    ["deletion", (store: Store) => store.delete("a")],
    ["look", (store: Store) => store.stat("a")],
    ["read", (store: Store) => store.read("a")],
    ["stream", (store: Store) => store.stream("a")],
  ])("does a %s again until the store behind it is no longer busy", async (_, use) => {
    const { retry, pauses } = recordedRetry();
    const busy = busyStore(createMemoryStore(), (__, count) => count <= 3);
    await use(retryingStore(busy, retry));
    expect(busy.refused).toEqual(["a", "a", "a"]);
    expect(pauses).toEqual([200, 400, 800]);
  });

  test("gives up with the error of the store, after pauses that stop growing", async () => {
    const { retry, pauses } = recordedRetry();
    const busy = busyStore(createMemoryStore(), () => true);
    await expect(retryingStore(busy, retry).put("a", body)).rejects.toMatchObject({
      code: "store-busy",
      message: 'Cannot use "a": too many others do',
    });
    expect(busy.refused).toHaveLength(DEFAULT_ATTEMPTS);
    expect(pauses).toEqual([200, 400, 800, 1600, 2000, 2000, 2000]);
  });

  test("tries as often as it is told", async () => {
    const { retry, pauses } = recordedRetry({ attempts: 2 });
    const busy = busyStore(createMemoryStore(), () => true);
    await expect(retryingStore(busy, retry).delete("a")).rejects.toMatchObject({ code: "store-busy" });
    expect(pauses).toEqual([200]);
  });

  test("waits a part of the longest pause, by chance", async () => {
    const chances = [0, 0.5, 0.25].values();
    const { retry, pauses } = recordedRetry({ random: () => chances.next().value ?? 1 });
    await retryingStore(
      busyStore(createMemoryStore(), (_, count) => count <= 3),
      retry,
    ).put("a", body);
    expect(pauses).toEqual([0, 200, 200]);
  });

  test.each(["store-failed", "store-full", "path-unsafe"])(
    "repeats nothing that failed with %s",
    async (code) => {
      const { retry, pauses } = recordedRetry();
      const failing = failingStore(createMemoryStore(), { at: 1, how: "fail", code });
      await expect(retryingStore(failing, retry).put("a", body)).rejects.toMatchObject({ code });
      expect(pauses).toEqual([]);
    },
  );

  test("repeats no conflict", async () => {
    const { retry, pauses } = recordedRetry();
    const store = retryingStore(createMemoryStore(), retry);
    await store.put("a", body);
    expect(await store.put("a", body, { condition: { ifAbsent: true } })).toEqual({ kind: "conflict" });
    expect(pauses).toEqual([]);
  });

  test("asks a body for its stream again", async () => {
    const inner = createMemoryStore();
    const put: typeof inner.put = async (path, written, options) => {
      const { kind } = await inner.put(`${path}-read`, written, options);
      if (streams === 1) throw new FeedError("store-busy", `Cannot write "${path}" ${kind}`);
      return await inner.put(path, written, options);
    };
    let streams = 0;
    const stream = (): ReadableStream<Uint8Array> => {
      streams += 1;
      return new Blob([body]).stream();
    };
    await retryingStore({ ...inner, put }, recordedRetry().retry).put("a", { size: 4, stream });
    expect((await inner.read("a"))?.bytes).toEqual(body);
  });

  test("gives the signal to the wait, and writes nothing more when that ends with its reason", async () => {
    const abort = new AbortController();
    const busy = busyStore(createMemoryStore(), () => true);
    const wait = async (_: number, signal?: AbortSignal): Promise<void> => {
      abort.abort(new Error("stop"));
      signal?.throwIfAborted();
    };
    const store = retryingStore(busy, { random: () => 1, wait });
    await expect(store.put("a", body, { signal: abort.signal })).rejects.toThrow("stop");
    expect(busy.refused).toEqual(["a"]);
  });

  test("reads no more either when a signal is aborted", async () => {
    const busy = busyStore(createMemoryStore(), () => true);
    const store = retryingStore(busy, systemRetry);
    const signal = AbortSignal.abort(new Error("stop"));
    await expect(store.read("a", { signal })).rejects.toThrow("stop");
    await expect(store.stream("a", { signal })).rejects.toThrow("stop");
    expect(busy.refused).toEqual(["a", "a"]);
  });

  test("gets ten writers of one object through, of which one is taken each second", async () => {
    let time = 0;
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const clock = steppedClock((now) => {
      time = now;
    });
    const inner = createMemoryStore();
    const store = retryingStore(
      busyStore(
        inner,
        oncePer(1000, () => time),
      ),
      { random, wait: clock.wait, attempts: 30 },
    );
    const writers = Array.from({ length: 10 }, () => store.put("a", body));
    await clock.run();
    expect((await Promise.all(writers)).every(({ kind }) => kind === "stored")).toBe(true);
    expect(time).toBeGreaterThanOrEqual(9000);
  });
});

describe("the system's own pause", () => {
  test("ends after its time", async () => {
    await expect(systemRetry.wait(1)).resolves.toBeUndefined();
  });

  test.each([
    ["before it began", (abort: AbortController) => abort.abort(new Error("stop"))],
    ["while it lasts", (abort: AbortController) => queueMicrotask(() => abort.abort(new Error("stop")))],
  ])("ends with the reason of a signal that is aborted %s", async (_, abortIt) => {
    const abort = new AbortController();
    abortIt(abort);
    await expect(systemRetry.wait(3_600_000, abort.signal)).rejects.toThrow("stop");
  });

  test("is not needed by what succeeds at once", async () => {
    expect(await repeatWhileBusy(async () => "done", systemRetry)).toBe("done");
  });
});

/** A clock that stands still until all wait, and then goes to the end of the shortest wait. */
function steppedClock(onTime: (now: number) => void) {
  const waiting: { readonly until: number; readonly end: () => void }[] = [];
  let now = 0;
  return {
    wait: async (milliseconds: number): Promise<void> => {
      await new Promise<void>((end) => waiting.push({ until: now + milliseconds, end }));
    },
    run: async (): Promise<void> => {
      for (;;) {
        await new Promise(setImmediate);
        waiting.sort((a, b) => a.until - b.until);
        const next = waiting.shift();
        if (next === undefined) return;
        now = next.until;
        onTime(now);
        next.end();
      }
    },
  };
}
