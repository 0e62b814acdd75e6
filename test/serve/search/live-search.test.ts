/** An index that follows a feed others write to: what it looks at and when, and what it never loses. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import { SHARD_INDEX, shardPath } from "../../../src/feed/urls.js";
import { createLiveSearch } from "../../../src/serve/search/live-search.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import {
  all,
  entry,
  findNeighbour,
  idsIn,
  names,
  shardFile,
  sorted,
  useFollowedFeed,
} from "../../support/followed-feed.js";
import { testId } from "../../support/records.js";

const feed = useFollowedFeed();

describe("the first question", () => {
  it("loads all shards", async () => {
    await feed.publish(all, 2);
    expect(await feed.ids()).toEqual(sorted);
    expect(feed.requests.toSorted()).toEqual(
      [
        `stat ${SHARD_INDEX}`,
        `read ${SHARD_INDEX}`,
        "list v3/search/shards/2/",
        ...[0, 1, 2, 3].map((n) => `read ${shardPath(2, n)}`),
      ].toSorted(),
    );
  });

  it("loads once, however many ask", async () => {
    await feed.publish(all, 2);
    const answers = await Promise.all(Array.from({ length: 50 }, feed.ids));
    expect(answers.every((answer) => answer.join() === sorted.join())).toBe(true);
    expect(feed.requests).toHaveLength(7);
  });

  it("finds the index loaded where it was started", async () => {
    await feed.publish(all, 2);
    await feed.live.start();
    feed.requests = [];
    expect(await feed.ids()).toEqual(sorted);
    expect(feed.requests).toEqual([]);
  });

  it("of a feed without shards is answered by nothing, until there are some", async () => {
    expect(await feed.ids()).toEqual([]);
    await feed.publish(all, 0);
    expect(await feed.freshIds()).toEqual(sorted);
    expect(feed.errors).toEqual([]);
  });

  it("fails with the store, and the next one goes on where it ended", async () => {
    await feed.publish(all, 2);
    const bad = shardPath(2, 3);
    feed.beforeAnswer = (request) => {
      if (request === `read ${bad}`) throw new Error("no connection");
    };
    await expect(feed.live.index()).rejects.toThrow("no connection");
    expect(feed.errors).toEqual([]);
    feed.requests = [];
    feed.beforeAnswer = () => {};
    expect(await feed.ids()).toEqual(sorted);
    expect(feed.reads()).toEqual([bad]);
  });

  it("fails when the shard index is none", async () => {
    await feed.inner.put(SHARD_INDEX, new TextEncoder().encode('{"bits":-1}'));
    await expect(feed.live.index()).rejects.toThrow(
      `"${SHARD_INDEX}" is damaged, it names no number of shards`,
    );
    await feed.publish(all, 1);
    expect(await feed.ids()).toEqual(sorted);
  });

  it("that hangs does not hold up those who ask half a minute later", async () => {
    await feed.publish(all, 1);
    const stuck = shardPath(1, 0);
    let release = (): void => {};
    feed.beforeAnswer = (request) => {
      if (request === `read ${stuck}` && feed.reads().filter((path) => path === stuck).length === 1) {
        return new Promise((resolve) => (release = resolve));
      }
      return undefined;
    };
    const lost = feed.live.index();
    await turns();
    feed.clock += 30_000;
    expect(await feed.ids()).toEqual(sorted);
    release();
    expect(idsIn(await lost)).toEqual(sorted);
    expect(feed.errors).toEqual([]);
  });
});

/** Lets everything go on that waits for nothing but its turn. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

describe("later questions", () => {
  beforeEach(async () => {
    await feed.publish(all, 2);
    await feed.live.start();
    feed.requests = [];
  });

  it("look at nothing for ten seconds", async () => {
    await feed.publish(all.slice(1), 2);
    feed.clock += 9999;
    expect(await feed.ids()).toEqual(sorted);
    expect(feed.requests).toEqual([]);
  });

  it("are answered while the index is looked at, by what was known", async () => {
    await feed.publish(all.slice(1), 2);
    feed.clock += 10_000;
    const work: Promise<unknown>[] = [];
    const first = await feed.live.index((promise) => work.push(promise));
    expect(idsIn(first)).toEqual(sorted);
    await Promise.all(work);
    expect(await feed.ids()).toEqual(sorted.filter((id) => id !== "alpha"));
    expect(feed.requests.filter((request) => request.startsWith("list "))).toHaveLength(1);
  });

  it("wait when nobody has asked for twenty seconds, so that they find what was published in the meantime", async () => {
    await feed.publish(all.slice(1), 2);
    feed.clock += 20_000;
    const answers = await Promise.all([feed.ids(), feed.ids(), feed.ids()]);
    expect(answers.map((answer) => answer.length)).toEqual([9, 9, 9]);
    expect(feed.requests.filter((request) => request.startsWith("list "))).toHaveLength(1);
  });

  it("ask for the shard index and the list only, where nothing changed", async () => {
    await feed.freshIds();
    expect(feed.requests).toEqual([`stat ${SHARD_INDEX}`, "list v3/search/shards/2/"]);
  });

  it("read only the shard that changed", async () => {
    await feed.publish([...all, entry("lambda")], 2);
    expect(await feed.freshIds()).toEqual([...names, "lambda"].toSorted());
    expect(feed.reads()).toEqual([shardFile("lambda", 2)]);
  });

  it("do not find removed ids any more", async () => {
    await feed.publish(all.slice(3), 2);
    expect(await feed.freshIds()).toEqual(names.slice(3).toSorted());
  });

  it("see an id that goes and comes back", async () => {
    await feed.publish(all.slice(1), 2);
    await feed.freshIds();
    await feed.publish(all, 2);
    expect(await feed.freshIds()).toEqual(sorted);
  });

  it("leave entries alone that stay as they are", async () => {
    const before = (await feed.live.index()).entries.get(testId("beta"));
    const [beta] = all.slice(1, 2);
    const neighbour = findNeighbour("beta", 2);
    await feed.publish([...all, entry(neighbour)], 2);
    expect(await feed.freshIds()).toContain(neighbour);
    const after = (await feed.live.index()).entries.get(testId("beta"));
    expect(after).toBe(before);
    expect(after?.entry).toEqual(beta);
  });

  it("believe the shards of a feed that was made anew, whatever revisions were known", async () => {
    await feed.publish([entry("alpha", 7), ...all.slice(1)], 2);
    await feed.freshIds();
    await feed.publish([entry("alpha", undefined, ["3.0.0"]), ...all.slice(1)], 2);
    await feed.freshIds();
    expect((await feed.live.index()).entries.get(testId("alpha"))?.entry.versions).toEqual([
      { version: "3.0.0" },
    ]);
  });
});

describe("another number of shards", () => {
  test.each([
    [1, 3],
    [3, 1],
    [0, 2],
  ])("from 2^%i to 2^%i hides no id at any moment", async (before, after) => {
    await feed.publish(all, before);
    await feed.live.start();
    await feed.publish([...all.slice(1), entry("lambda")], after);
    const index = await feed.live.index();
    const seen: string[][] = [];
    feed.beforeAnswer = () => void seen.push(idsIn(index));
    const found = await feed.freshIds();
    expect(found).toEqual([...names.slice(1), "lambda"].toSorted());
    expect(seen).toHaveLength(2 ** after + 3);
    for (const moment of seen) expect(moment).toEqual(expect.arrayContaining(names.slice(1)));
    expect(feed.errors).toEqual([]);
  });

  it("with one of them damaged loses nothing, and takes the rest", async () => {
    await feed.publish(all, 1);
    await feed.live.start();
    await feed.publish([...all, entry("lambda")], 2);
    await feed.inner.put(shardFile("alpha", 2), new TextEncoder().encode("no shard"));
    expect(await feed.freshIds()).toEqual(
      shardFile("alpha", 2) === shardFile("lambda", 2) ? sorted : [...names, "lambda"].toSorted(),
    );
    expect(feed.errors).toHaveLength(1);
  });

  it("that comes while the old shards are read is no damage", async () => {
    await feed.publish(all, 1);
    await feed.live.start();
    await feed.publish([...all, entry("lambda")], 1);
    feed.beforeAnswer = async (request) => {
      if (request !== "list v3/search/shards/1/") return;
      await feed.publish([...all, entry("lambda")], 2);
      for (const n of [0, 1]) await feed.inner.delete(shardPath(1, n));
    };
    expect(await feed.freshIds()).toEqual([...names, "lambda"].toSorted());
    expect(feed.errors).toEqual([]);
  });
});

test("after any series of changes the index holds what the feed holds", async () => {
  const anyEntry = fc
    .record({ id: fc.constantFrom(...names), version: fc.constantFrom("1.0.0", "2.0.0", "3.0.0-beta") })
    .map(({ id, version }) => entry(id, undefined, [version]));
  const anyState = fc.record({
    entries: fc.uniqueArray(anyEntry, { selector: ({ key }) => key }),
    bits: fc.integer({ min: 0, max: 3 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(anyState, { minLength: 1, maxLength: 6 }), async (states) => {
      feed.inner = createMemoryStore();
      feed.live = createLiveSearch(feed.inner, { now: () => feed.clock });
      for (const { entries, bits } of states) {
        await feed.publish(entries, bits);
        feed.clock += 20_000;
        const { entries: known } = await feed.live.index();
        expect(new Map([...known].map(([id, indexed]) => [id, indexed.entry]))).toEqual(
          new Map(entries.map((one) => [one.key, one])),
        );
      }
    }),
    { numRuns: 50 },
  );
});
