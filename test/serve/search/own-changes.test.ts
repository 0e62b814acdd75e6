/** What this process published, beside what the shards of the feed say: neither undoes the other. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import type { SearchEntry } from "../../../src/feed/search-entry.js";
import { createLiveSearch } from "../../../src/serve/search/live-search.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import { all, entry, findNeighbour, names, sorted, useFollowedFeed } from "../../support/followed-feed.js";
import { testId } from "../../support/records.js";

const feed = useFollowedFeed();

describe("what this process pushes", () => {
  const neighbour = findNeighbour("alpha", 2);

  beforeEach(async () => {
    await feed.publish(all, 2);
    await feed.live.start();
  });

  const versions = async (id: string): Promise<unknown> =>
    (await feed.live.index()).entries.get(testId(id))?.entry.versions.map(({ version }) => version);

  it("is found at once", async () => {
    feed.live.replace(entry("lambda", 1));
    expect(await feed.ids()).toContain("lambda");
    feed.live.replace(entry("lambda", 2, []));
    expect(await feed.ids()).not.toContain("lambda");
  });

  it("is found where it was pushed before anything was loaded", async () => {
    feed.live = createLiveSearch(feed.store, { now: () => feed.clock });
    feed.live.replace(entry("lambda", 1));
    expect(await feed.ids()).toEqual([...names, "lambda"].toSorted());
  });

  it("is not undone by a shard that does not hold it yet", async () => {
    feed.live.replace(entry(neighbour, 1));
    await feed.publish(all.slice(1), 2);
    expect(await feed.freshIds()).toContain(neighbour);
    expect(await feed.ids()).not.toContain("alpha");
  });

  it("is not undone by a shard with an older entry", async () => {
    feed.live.replace(entry("alpha", 2, ["2.0.0"]));
    await feed.publish([entry("alpha", 1), ...all.slice(1)], 2);
    await feed.freshIds();
    expect(await versions("alpha")).toEqual(["2.0.0"]);
  });

  it("gives way to a newer push of somebody else", async () => {
    feed.live.replace(entry("alpha", 2, ["2.0.0"]));
    await feed.publish([entry("alpha", 3, ["3.0.0"]), ...all.slice(1)], 2);
    await feed.freshIds();
    expect(await versions("alpha")).toEqual(["3.0.0"]);
    feed.live.replace(entry("alpha", 2, ["2.0.0"]));
    expect(await versions("alpha")).toEqual(["3.0.0"]);
  });

  it("may be removed by others once a shard has shown it", async () => {
    feed.live.replace(entry("lambda", 1));
    await feed.publish([...all, entry("lambda", 1)], 2);
    expect(await feed.freshIds()).toContain("lambda");
    await feed.publish(all, 2);
    expect(await feed.freshIds()).toEqual(sorted);
  });

  it("stays when the shards become more", async () => {
    feed.live.replace(entry("lambda", 1));
    await feed.publish(all, 3);
    expect(await feed.freshIds()).toContain("lambda");
  });

  it("is over after ten minutes without a shard that shows it", async () => {
    feed.live.replace(entry("lambda", 1));
    expect(await feed.freshIds()).toContain("lambda");
    feed.clock += 600_000;
    expect(await feed.freshIds()).toEqual(sorted);
  });
});

describe("what this process deletes", () => {
  const neighbour = findNeighbour("alpha", 2);

  beforeEach(async () => {
    await feed.publish([entry("alpha", 4), ...all.slice(1)], 2);
    await feed.live.start();
  });

  it("is gone at once, and deleting what is not there does nothing", async () => {
    feed.live.remove(testId("alpha"));
    feed.live.remove(testId("lambda"));
    expect(await feed.ids()).toEqual(names.slice(1).toSorted());
  });

  it("does not come back from a shard of before", async () => {
    feed.live.remove(testId("alpha"));
    await feed.publish([entry("alpha", 4), entry(neighbour), ...all.slice(1)], 2);
    const found = await feed.freshIds();
    expect(found).toContain(neighbour);
    expect(found).not.toContain("alpha");
  });

  it("does not come back from a shard with an entry that was not known, where the revision of the removal is", async () => {
    feed.live.remove(testId("alpha"), 6);
    await feed.publish([entry("alpha", 5), ...all.slice(1)], 2);
    expect(await feed.freshIds()).not.toContain("alpha");
    feed.live.replace(entry("alpha", 5));
    expect(await feed.ids()).not.toContain("alpha");
  });

  it("does not come back where it was deleted before anything was loaded", async () => {
    feed.live = createLiveSearch(feed.store, { now: () => feed.clock });
    feed.live.remove(testId("alpha"));
    expect(await feed.ids()).not.toContain("alpha");
    feed.live.replace(entry("alpha", 6));
    expect(await feed.ids()).toContain("alpha");
  });

  it("comes back by a push, of this process or another", async () => {
    feed.live.remove(testId("alpha"));
    feed.live.remove(testId("beta"));
    feed.live.replace(entry("alpha", 6));
    await feed.publish([entry("alpha", 4), entry("beta", 2), ...all.slice(2)], 2);
    expect(await feed.freshIds()).toEqual(sorted);
  });

  it("comes back by a push of any revision once a shard has shown that it is gone", async () => {
    feed.live.remove(testId("alpha"));
    await feed.publish(all.slice(1), 2);
    await feed.freshIds();
    await feed.publish(all, 2);
    expect(await feed.freshIds()).toEqual(sorted);
  });

  it("comes back after ten minutes in which the shard has not changed", async () => {
    feed.live.remove(testId("alpha"));
    expect(await feed.freshIds()).not.toContain("alpha");
    feed.clock += 600_000;
    expect(await feed.freshIds()).toEqual(sorted);
  });
});

test("no series of pushes, deletions and looks undoes what this process did, and in the end all is as the feed says", async () => {
  const anyStep = fc.record({
    kind: fc.constantFrom("push", "delete", "push elsewhere", "delete elsewhere", "write", "look"),
    id: fc.constantFrom("alpha", "beta", "gamma"),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyStep, { maxLength: 30 }),
      fc.integer({ min: 0, max: 2 }),
      async (steps, bits) => {
        feed.inner = createMemoryStore();
        feed.live = createLiveSearch(feed.inner, { now: () => feed.clock });
        /** What the feed holds, and what its shards say: those are written by a later `write`. */
        const truth = new Map<string, SearchEntry | undefined>();
        const own = new Set<string>();
        let revision = 0;
        const write = async (): Promise<void> => {
          await feed.publish(
            [...truth.values()].filter((one) => one !== undefined),
            bits,
          );
        };
        const shown = (id: string) => feed.live.index().then(({ entries }) => entries.get(testId(id))?.entry);
        await write();
        await feed.live.start();
        for (const { kind, id } of steps) {
          revision += 1;
          const pushed = entry(id, revision, [`1.0.${revision}`]);
          if (kind === "push" || kind === "push elsewhere") truth.set(id, pushed);
          if (kind === "delete" || kind === "delete elsewhere") truth.set(id, undefined);
          if (kind === "push") feed.live.replace(pushed);
          if (kind === "delete") feed.live.remove(testId(id), revision);
          if (kind === "push" || kind === "delete") own.add(id);
          if (kind.endsWith("elsewhere")) own.delete(id);
          if (kind === "write") await write();
          if (kind === "look") feed.clock += 20_000;
          for (const one of own) expect(await shown(one)).toEqual(truth.get(one));
        }
        await write();
        // What was pushed here and deleted elsewhere before a shard showed it stays until the push is over.
        feed.clock += 600_000;
        await feed.live.index();
        for (const one of ["alpha", "beta", "gamma"]) expect(await shown(one)).toEqual(truth.get(one));
      },
    ),
    { numRuns: 300 },
  );
});
