import { hostname } from "node:os";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLockUntil, type LockClock, lockedStore, takeLock } from "../../src/build/lock.js";
import { FeedError } from "../../src/errors.js";
import { createMemoryStore } from "../../src/store/memory.js";
import type { Store } from "../../src/store/store.js";
import { countingStore } from "../support/counting-store.js";
import { makePackages, type PackagesFixture } from "../support/packages-fixture.js";

const core = { id: "Contoso.Core", version: "1.0.0" };

function lockText(holder: object, until: number): Uint8Array {
  const text = { holder, since: "2026-01-01T00:00:00.000Z", until: new Date(until).toISOString() };
  return new TextEncoder().encode(JSON.stringify(text));
}

const elsewhere = { host: "elsewhere.example.com", pid: 4711, instance: "x" };
const inAnHour = () => Date.now() + 3_600_000;

/** A clock that goes on only while somebody waits. */
function waitingClock(): LockClock {
  let time = 0;
  return {
    now: () => time,
    wait: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      time += milliseconds;
    },
  };
}

describe("a lock that somebody else holds", () => {
  async function takeHeld(until: number, options: Parameters<typeof takeLock>[2], clock = waitingClock()) {
    const store = createMemoryStore();
    await store.put("feed-state/lock", lockText(elsewhere, until));
    const lock = await takeLock(store, createLockUntil(), options, clock);
    await lock.release();
    return clock.now();
  }

  test("is waited for as long as it may be, and no longer than needed", async () => {
    expect(await takeHeld(9_500, { lockTimeout: 10 })).toBe(9_650);
    await expect(takeHeld(60_000, { lockTimeout: 10 })).rejects.toMatchObject({ code: "locked" });
  });

  test("is not waited for by default", async () => {
    const clock = waitingClock();
    await expect(takeHeld(60_000, {}, clock)).rejects.toMatchObject({ code: "locked" });
    expect(clock.now()).toBe(0);
  });

  test("is not waited for by who is told to stop", async () => {
    const stopped = takeHeld(60_000, { lockTimeout: 10, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
  });
});

describe("a lock that two processes take over at once", () => {
  test("is that of the last one who replaced it; the other one waits or is refused", async () => {
    const store = createMemoryStore();
    await store.put("feed-state/lock", lockText(elsewhere, 0));
    const clock = waitingClock();
    const other = { ...elsewhere, instance: "y" };
    const late: LockClock = {
      ...clock,
      wait: async (milliseconds) => {
        await clock.wait(milliseconds);
        // What the other one looked at was still there when it decided to replace it.
        await store.put("feed-state/lock", lockText(other, 60_000));
      },
    };
    const until = createLockUntil();
    await expect(takeLock(store, until, {}, late)).rejects.toMatchObject({ code: "locked" });
    expect(until[0]).toBe(0);
    expect(await store.read("feed-state/lock")).toMatchObject({ bytes: lockText(other, 60_000) });
  });
});

describe("a build whose lock is taken away", () => {
  test.for([
    ["is gone", undefined],
    ["is somebody else's", lockText(elsewhere, inAnHour())],
  ] as const)("and %s at the end says so, and the next one goes on", async ([, left]) => {
    await using feed = await makePackages(core);
    const store: Store = {
      ...feed.store,
      put: async (path, ...more) => {
        if (path === "v3/index.json") await feed.store.delete("feed-state/lock");
        if (path === "v3/index.json" && left) await feed.store.put("feed-state/lock", left);
        return await feed.store.put(path, ...more);
      },
    };
    await expect(feed.build({}, store)).rejects.toMatchObject({
      code: "lock-lost",
      hint: "run the command again, then nupress verify, which finds what may be missing",
    });
    expect((await feed.store.stat("feed-state/lock")) !== undefined).toBe(left !== undefined);
    await feed.store.delete("feed-state/lock");
    expect(await feed.build()).toMatchObject({ versions: 1 });
  });
});

describe("a build of an output that somebody writes to", () => {
  test("is refused and tells who writes since when, and what to do", async () => {
    await using feed = await makePackages(core);
    await feed.store.put("feed-state/lock", lockText(elsewhere, inAnHour()));
    await expect(feed.build()).rejects.toMatchObject({
      code: "locked",
      message:
        'Cannot write to "memory": process 4711 on elsewhere.example.com writes to it since 2026-01-01T00:00:00.000Z',
      hint: expect.stringContaining("nupress unlock"),
    });
    expect(Object.keys(await feed.tree())).toEqual([]);
  });

  test("needs no lock when nothing changed", async () => {
    await using feed = await makePackages(core);
    await feed.build();
    await feed.store.put("feed-state/lock", lockText(elsewhere, inAnHour()));
    expect(await feed.build()).toMatchObject({ created: 0, replaced: 0 });
  });

  test("takes over a lock that ran out", async () => {
    await using feed = await makePackages(core);
    await feed.store.put("feed-state/lock", lockText(elsewhere, Date.now() - 1));
    expect(await feed.build()).toMatchObject({ versions: 1 });
  });

  test("takes over the lock of a process that is gone", async () => {
    await using feed = await makePackages(core);
    // Above the highest number that a process of any common system can have.
    const gone = { host: hostname(), pid: 2 ** 30, instance: "x" };
    await feed.store.put("feed-state/lock", lockText(gone, inAnHour()));
    expect(await feed.build()).toMatchObject({ versions: 1 });
  });

  test("leaves no lock behind, also when it fails", async () => {
    await using feed = await makePackages(core);
    await feed.store.put("404.html", new TextEncoder().encode("mine"));
    await expect(feed.build()).rejects.toMatchObject({ code: "foreign-file" });
    expect(await feed.store.stat("feed-state/lock")).toBeUndefined();
  });

  test("reads again what somebody else wrote before it had the lock", async () => {
    await using feed = await makePackages(core);
    await using other = await makePackages({ id: "Contoso.Text", version: "1.0.0" });
    let isFirst = true;
    const store: Store = {
      ...feed.store,
      put: async (path, body, options) => {
        if (path === "feed-state/lock" && isFirst) {
          isFirst = false;
          await other.build({ sourceName: "other" }, feed.store);
        }
        return await feed.store.put(path, body, options);
      },
    };
    expect(await feed.build({}, store)).toMatchObject({ versions: 2, ids: 2 });
    expect(await feed.json("v3/search/query.json")).toMatchObject({ totalHits: 2 });
  });

  /** A build whose lock has run out when it comes to the documents of the whole feed. */
  async function buildAfterPause(
    feed: PackagesFixture,
    inThePause: () => Promise<unknown>,
  ): Promise<unknown> {
    const clock = Date.now;
    let pause = 0;
    const store: Store = {
      ...feed.store,
      put: async (path, body, options) => {
        const result = await feed.store.put(path, body, options);
        if (path !== "v3/flat/contoso.core/index.json") return result;
        pause = 61_000;
        await inThePause();
        return result;
      },
    };
    Date.now = () => clock() + pause;
    try {
      return await feed.build({}, store);
    } finally {
      Date.now = clock;
    }
  }

  test("writes nothing more once its lock is lost", async () => {
    await using feed = await makePackages(core);
    const lose = async () => await feed.store.put("feed-state/lock", new TextEncoder().encode("theirs"));
    await expect(buildAfterPause(feed, lose)).rejects.toMatchObject({ code: "lock-lost" });
    expect(feed.store.putPaths().at(-1)).toBe("v3/registration/contoso.core/index.json");
    expect(await feed.tree()).not.toHaveProperty(["v3/index.json"]);
  });

  test("goes on when its lock ran out and nobody took it, as after a sleep of the machine", async () => {
    await using feed = await makePackages(core);
    await expect(buildAfterPause(feed, async () => {})).resolves.toMatchObject({ versions: 1 });
    expect(await feed.tree()).toHaveProperty(["v3/index.json"]);
    expect(await feed.tree()).not.toHaveProperty(["feed-state/lock"]);
  });
});

describe("a renewal that takes long", () => {
  test("is not overtaken by the next one, which would take the lock for somebody else's", async () => {
    vi.useFakeTimers();
    try {
      const inner = createMemoryStore();
      const waiting: (() => void)[] = [];
      let isSlow = false;
      const store: Store = {
        ...inner,
        put: async (path, body, options) => {
          if (isSlow) await new Promise<void>((resolve) => waiting.push(resolve));
          return await inner.put(path, body, options);
        },
      };
      const lock = await takeLock(store, createLockUntil(), {});
      isSlow = true;
      await vi.advanceTimersByTimeAsync(45_000);
      expect(waiting).toHaveLength(1);
      isSlow = false;
      for (const go of waiting) go();
      await vi.advanceTimersByTimeAsync(30_000);
      await expect(lock.assertHeld()).resolves.toBeUndefined();
      await lock.release();
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("a lock that ran out by a clock that was set", () => {
  const body = new TextEncoder().encode("body");
  const start = Date.UTC(2026, 0, 1);

  beforeEach(() => vi.useFakeTimers({ now: start }));
  afterEach(() => vi.useRealTimers());

  /** A lock, the store that writes under it, and what lies below both. */
  async function held(inner: Store = createMemoryStore()) {
    const store = countingStore(inner);
    const until = createLockUntil();
    const lock = await takeLock(store, until, {});
    store.reset();
    return { store, until, lock, locked: lockedStore(store, { until, renew: lock.renew }) };
  }

  test("is renewed before the next writes, once for all of them", async () => {
    const { store, lock, locked } = await held();
    vi.setSystemTime(start + 3_600_000);
    await Promise.all(["a", "b", "c"].map(async (path) => await locked.put(path, body)));
    expect(store.writes.map(({ path }) => path)).toEqual(["feed-state/lock", "a", "b", "c"]);
    await lock.assertHeld();
    await lock.release();
  });

  test("is renewed when it is asked for", async () => {
    const { until, lock } = await held();
    vi.setSystemTime(start + 3_600_000);
    await lock.assertHeld();
    expect(until[0]).toBe(start + 3_660_000);
    await lock.release();
  });

  test("is not renewed when somebody else took it meanwhile, and nothing more is written, whatever the clock says", async () => {
    const { store, lock, locked } = await held();
    vi.setSystemTime(start + 3_600_000);
    await store.put("feed-state/lock", lockText(elsewhere, start + 7_200_000));
    store.reset();
    for (const time of [3_600_000, 0, -3_600_000]) {
      vi.setSystemTime(start + time);
      await expect(locked.put("a", body)).rejects.toMatchObject({ code: "lock-lost" });
      await expect(locked.delete("a")).rejects.toMatchObject({ code: "lock-lost" });
    }
    await expect(lock.assertHeld()).rejects.toMatchObject({ code: "lock-lost" });
    await lock.release();
    expect(await store.read("feed-state/lock")).toMatchObject({
      bytes: lockText(elsewhere, start + 7_200_000),
    });
    expect(await store.stat("a")).toBeUndefined();
  });

  test("lets nothing be written while it cannot be renewed, and says why it cannot", async () => {
    const inner = createMemoryStore();
    let isFull = false;
    const { lock, locked } = await held({
      ...inner,
      put: async (path, ...more) => {
        if (isFull) throw new FeedError("store-full", `Cannot write "${path}"`);
        return await inner.put(path, ...more);
      },
    });
    vi.setSystemTime(start + 3_600_000);
    isFull = true;
    await expect(locked.delete("a")).rejects.toMatchObject({ code: "store-full" });
    isFull = false;
    await locked.put("a", body);
    await lock.release();
  });

  test("is not ours again when somebody took it in the same moment", async () => {
    const { store, until, lock, locked } = await held();
    vi.setSystemTime(start + 3_600_000);
    const writing = Promise.allSettled([locked.put("a", body)]);
    // A folder compares and replaces in two steps: both found the old lock, and the other one wrote last.
    await vi.waitFor(() => expect(store.writes).toHaveLength(1));
    await store.put("feed-state/lock", new TextEncoder().encode("theirs"));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await writing).toMatchObject([{ status: "rejected", reason: { code: "lock-lost" } }]);
    expect(until[0]).toBe(0);
    expect(store.writes.map(({ path }) => path)).not.toContain("a");
    await lock.release();
  });

  test("is not ours when it ran out while it was renewed, and somebody took it then", async () => {
    const inner = createMemoryStore();
    let whileWritten = async (): Promise<void> => {};
    const slow: Store = {
      ...inner,
      put: async (path, bytes, options) => {
        const result = await inner.put(path, bytes, options);
        await whileWritten();
        return result;
      },
    };
    const { until, lock } = await held(slow);
    vi.setSystemTime(start + 59_990);
    whileWritten = async () => {
      vi.setSystemTime(start + 60_010);
      await inner.put("feed-state/lock", new TextEncoder().encode("theirs"));
    };
    const renewing = lock.renew();
    await vi.advanceTimersByTimeAsync(1000);
    await renewing;
    expect(until[0]).toBe(0);
    await lock.release();
    expect(await inner.stat("feed-state/lock")).toBeDefined();
  });

  test("stops who cannot renew it, as threads of a build", async () => {
    const { store, until, lock } = await held();
    vi.setSystemTime(start + 60_000);
    await expect(lockedStore(store, { until }).put("a", body)).rejects.toMatchObject({ code: "lock-lost" });
    await lock.release();
  });
});
