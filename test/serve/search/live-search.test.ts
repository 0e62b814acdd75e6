/** An index that follows a feed others write to: what it looks at and when, and what it never loses. */
import * as fc from "fast-check";
import { beforeEach, describe, expect, it, test } from "vitest";
import type { SearchEntry } from "../../../src/feed/search-entry.js";
import {
  renderShard,
  renderShardIndex,
  type ShardLines,
  shardLine,
  shardOf,
} from "../../../src/feed/search-shard.js";
import { SHARD_INDEX, shardPath } from "../../../src/feed/urls.js";
import { type SearchIndex, search } from "../../../src/search/index.js";
import { createLiveSearch, type LiveSearch } from "../../../src/serve/search/live-search.js";
import { createMemoryStore } from "../../../src/store/memory.js";
import type { Store } from "../../../src/store/store.js";
import { testEntry } from "../../search/corpus.js";
import { testId } from "../../support/records.js";

const names = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa"];

let inner: Store;
let store: Store;
/** What was asked of the store since it was last forgotten: `stat path`, `list folder`, `read path`. */
let requests: string[];
/** Called before each request is answered. */
let beforeAnswer: (request: string) => Promise<void> | void;
let clock: number;
let errors: string[];
let live: LiveSearch;

beforeEach(() => {
  inner = createMemoryStore();
  requests = [];
  beforeAnswer = () => {};
  clock = 1000;
  errors = [];
  store = watched(inner);
  live = createLiveSearch(store, { now: () => clock, onError: (error) => errors.push(String(error)) });
});

function watched(target: Store): Store {
  const told = async (request: string): Promise<void> => {
    requests.push(request);
    await beforeAnswer(request);
  };
  return {
    ...target,
    stat: async (path) => (await told(`stat ${path}`), await target.stat(path)),
    read: async (path, options) => (await told(`read ${path}`), await target.read(path, options)),
    list: async function* (prefix) {
      await told(`list ${prefix}`);
      yield* target.list(prefix);
    },
  };
}

function entry(id: string, revision?: number, versions: readonly string[] = ["1.0.0"]): SearchEntry {
  const made = testEntry(versions, { id, description: `describes ${id}` });
  return { ...made, ...(revision !== undefined && { revision }) };
}

/** Writes shards that are not there as they should be, then the shard index. */
async function publish(entries: readonly SearchEntry[], bits: number): Promise<void> {
  const shards = Array.from({ length: 2 ** bits }, (): ShardLines => new Map());
  for (const one of entries) shards[shardOf(one.key, bits)]?.set(one.key, shardLine(one));
  for (const [n, lines] of shards.entries()) {
    const { path, body } = renderShard(bits, n, lines);
    const before = await inner.read(path);
    if (before === undefined || !equalBytes(before.bytes, body)) await inner.put(path, body);
  }
  const { path, body } = renderShardIndex(bits);
  const before = await inner.read(path);
  if (before === undefined || !equalBytes(before.bytes, body)) await inner.put(path, body);
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function idsIn(index: SearchIndex): string[] {
  return search(index, "", { prerelease: true, semVer2: true }, { take: 1000 }).hits.map(
    ({ entry: { key } }) => key,
  );
}

async function ids(): Promise<string[]> {
  return idsIn(await live.index());
}

/** Asks when the index is so old that the question waits until it is up to date. */
async function freshIds(): Promise<string[]> {
  clock += 20_000;
  return await ids();
}

function reads(): string[] {
  return requests.filter((request) => request.startsWith("read ")).map((request) => request.slice(5));
}

const shardFile = (id: string, bits: number): string => shardPath(bits, shardOf(testId(id), bits));
const all = names.map((name) => entry(name));
const sorted = names.toSorted();

describe("the first question", () => {
  it("loads all shards", async () => {
    await publish(all, 2);
    expect(await ids()).toEqual(sorted);
    expect(requests.toSorted()).toEqual(
      [
        `stat ${SHARD_INDEX}`,
        `read ${SHARD_INDEX}`,
        "list v3/search/shards/2/",
        ...[0, 1, 2, 3].map((n) => `read ${shardPath(2, n)}`),
      ].toSorted(),
    );
  });

  it("loads once, however many ask", async () => {
    await publish(all, 2);
    const answers = await Promise.all(Array.from({ length: 50 }, ids));
    expect(answers.every((answer) => answer.join() === sorted.join())).toBe(true);
    expect(requests).toHaveLength(7);
  });

  it("finds the index loaded where it was started", async () => {
    await publish(all, 2);
    await live.start();
    requests = [];
    expect(await ids()).toEqual(sorted);
    expect(requests).toEqual([]);
  });

  it("of a feed without shards is answered by nothing, until there are some", async () => {
    expect(await ids()).toEqual([]);
    await publish(all, 0);
    expect(await freshIds()).toEqual(sorted);
    expect(errors).toEqual([]);
  });

  it("fails with the store, and the next one goes on where it ended", async () => {
    await publish(all, 2);
    const bad = shardPath(2, 3);
    beforeAnswer = (request) => {
      if (request === `read ${bad}`) throw new Error("no connection");
    };
    await expect(live.index()).rejects.toThrow("no connection");
    expect(errors).toEqual([]);
    requests = [];
    beforeAnswer = () => {};
    expect(await ids()).toEqual(sorted);
    expect(reads()).toEqual([bad]);
  });

  it("fails when the shard index is none", async () => {
    await inner.put(SHARD_INDEX, new TextEncoder().encode('{"bits":-1}'));
    await expect(live.index()).rejects.toThrow(`"${SHARD_INDEX}" is damaged, it names no number of shards`);
    await publish(all, 1);
    expect(await ids()).toEqual(sorted);
  });

  it("that hangs does not hold up those who ask half a minute later", async () => {
    await publish(all, 1);
    const stuck = shardPath(1, 0);
    let release = (): void => {};
    beforeAnswer = (request) => {
      if (request === `read ${stuck}` && reads().filter((path) => path === stuck).length === 1) {
        return new Promise((resolve) => (release = resolve));
      }
      return undefined;
    };
    const lost = live.index();
    await turns();
    clock += 30_000;
    expect(await ids()).toEqual(sorted);
    release();
    expect(idsIn(await lost)).toEqual(sorted);
    expect(errors).toEqual([]);
  });
});

/** Lets everything go on that waits for nothing but its turn. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 100; turn++) await Promise.resolve();
}

describe("later questions", () => {
  beforeEach(async () => {
    await publish(all, 2);
    await live.start();
    requests = [];
  });

  it("look at nothing for ten seconds", async () => {
    await publish(all.slice(1), 2);
    clock += 9999;
    expect(await ids()).toEqual(sorted);
    expect(requests).toEqual([]);
  });

  it("are answered while the index is looked at, by what was known", async () => {
    await publish(all.slice(1), 2);
    clock += 10_000;
    const work: Promise<unknown>[] = [];
    const first = await live.index((promise) => work.push(promise));
    expect(idsIn(first)).toEqual(sorted);
    await Promise.all(work);
    expect(await ids()).toEqual(sorted.filter((id) => id !== "alpha"));
    expect(requests.filter((request) => request.startsWith("list "))).toHaveLength(1);
  });

  it("wait when nobody has asked for twenty seconds, so that they find what was published in the meantime", async () => {
    await publish(all.slice(1), 2);
    clock += 20_000;
    const answers = await Promise.all([ids(), ids(), ids()]);
    expect(answers.map((answer) => answer.length)).toEqual([9, 9, 9]);
    expect(requests.filter((request) => request.startsWith("list "))).toHaveLength(1);
  });

  it("ask for the shard index and the list only, where nothing changed", async () => {
    await freshIds();
    expect(requests).toEqual([`stat ${SHARD_INDEX}`, "list v3/search/shards/2/"]);
  });

  it("read only the shard that changed", async () => {
    await publish([...all, entry("lambda")], 2);
    expect(await freshIds()).toEqual([...names, "lambda"].toSorted());
    expect(reads()).toEqual([shardFile("lambda", 2)]);
  });

  it("do not find removed ids any more", async () => {
    await publish(all.slice(3), 2);
    expect(await freshIds()).toEqual(names.slice(3).toSorted());
  });

  it("see an id that goes and comes back", async () => {
    await publish(all.slice(1), 2);
    await freshIds();
    await publish(all, 2);
    expect(await freshIds()).toEqual(sorted);
  });

  it("leave entries alone that stay as they are", async () => {
    const before = (await live.index()).entries.get(testId("beta"));
    const [beta] = all.slice(1, 2);
    const neighbour = findNeighbour("beta", 2);
    await publish([...all, entry(neighbour)], 2);
    expect(await freshIds()).toContain(neighbour);
    const after = (await live.index()).entries.get(testId("beta"));
    expect(after).toBe(before);
    expect(after?.entry).toEqual(beta);
  });

  it("believe the shards of a feed that was made anew, whatever revisions were known", async () => {
    await publish([entry("alpha", 7), ...all.slice(1)], 2);
    await freshIds();
    await publish([entry("alpha", undefined, ["3.0.0"]), ...all.slice(1)], 2);
    await freshIds();
    expect((await live.index()).entries.get(testId("alpha"))?.entry.versions).toEqual([{ version: "3.0.0" }]);
  });
});

/** An id of the same shard. */
function findNeighbour(id: string, bits: number): string {
  const wanted = shardOf(testId(id), bits);
  return (
    Array.from({ length: 1000 }, (_, n) => `neighbour${n}`).find(
      (name) => shardOf(testId(name), bits) === wanted,
    ) ?? ""
  );
}

describe("another number of shards", () => {
  test.each([
    [1, 3],
    [3, 1],
    [0, 2],
  ])("from 2^%i to 2^%i hides no id at any moment", async (before, after) => {
    await publish(all, before);
    await live.start();
    await publish([...all.slice(1), entry("lambda")], after);
    const index = await live.index();
    const seen: string[][] = [];
    beforeAnswer = () => void seen.push(idsIn(index));
    const found = await freshIds();
    expect(found).toEqual([...names.slice(1), "lambda"].toSorted());
    expect(seen).toHaveLength(2 ** after + 3);
    for (const moment of seen) expect(moment).toEqual(expect.arrayContaining(names.slice(1)));
    expect(errors).toEqual([]);
  });

  it("with one of them damaged loses nothing, and takes the rest", async () => {
    await publish(all, 1);
    await live.start();
    await publish([...all, entry("lambda")], 2);
    await inner.put(shardFile("alpha", 2), new TextEncoder().encode("no shard"));
    expect(await freshIds()).toEqual(
      shardFile("alpha", 2) === shardFile("lambda", 2) ? sorted : [...names, "lambda"].toSorted(),
    );
    expect(errors).toHaveLength(1);
  });

  it("that comes while the old shards are read is no damage", async () => {
    await publish(all, 1);
    await live.start();
    await publish([...all, entry("lambda")], 1);
    beforeAnswer = async (request) => {
      if (request !== "list v3/search/shards/1/") return;
      await publish([...all, entry("lambda")], 2);
      for (const n of [0, 1]) await inner.delete(shardPath(1, n));
    };
    expect(await freshIds()).toEqual([...names, "lambda"].toSorted());
    expect(errors).toEqual([]);
  });
});

describe("what goes wrong", () => {
  beforeEach(async () => {
    await publish(all, 2);
    await live.start();
  });

  test.each([
    ["is cut off", (text: string) => text.slice(0, -20)],
    ["is empty", () => ""],
    ["holds a line that is no JSON", (text: string) => text.replace('"versions":[', '"versions":')],
    ["holds an entry without versions", (text: string) => text.replaceAll('"versions"', '"version"')],
  ])("in a shard that %s is told once, and what was known of it stays", async (_, damage) => {
    const path = shardFile("alpha", 2);
    const object = await inner.read(path);
    const text = new TextDecoder().decode(object?.bytes);
    await inner.put(path, new TextEncoder().encode(damage(text)));
    expect(await freshIds()).toEqual(sorted);
    expect(await freshIds()).toEqual(sorted);
    expect(errors).toEqual([
      `FeedError: Cannot search all of the feed: "${path}" is damaged, it is not what nupress writes`,
    ]);
    await publish(all.slice(1), 2);
    expect(await freshIds()).toEqual(sorted.filter((id) => id !== "alpha"));
  });

  it("with shards that are gone is told once, until they are back and go again", async () => {
    const path = shardFile("alpha", 2);
    await inner.delete(path);
    expect(await freshIds()).toEqual(sorted);
    expect(await freshIds()).toEqual(sorted);
    const message = `FeedError: Cannot search all of the feed: "${path}" is damaged, it is not there`;
    expect(errors).toEqual([message]);
    await publish(all, 2);
    expect(await freshIds()).toEqual(sorted);
    await inner.delete(path);
    await freshIds();
    expect(errors).toEqual([message, message]);
  });

  it("with all shards is one message", async () => {
    for (const n of [0, 1, 2, 3]) await inner.delete(shardPath(2, n));
    expect(await freshIds()).toEqual(sorted);
    expect(errors).toEqual([expect.stringContaining("it is not there, and 3 others are not either")]);
  });

  it("with the shard index keeps what is known", async () => {
    await inner.put(SHARD_INDEX, new TextEncoder().encode("{}"));
    await publishShard([...all, entry("lambda")]);
    expect(await freshIds()).toContain("lambda");
    expect(errors).toHaveLength(1);
    await inner.delete(SHARD_INDEX);
    expect(await freshIds()).toContain("lambda");
    await freshIds();
    expect(errors).toEqual([
      expect.stringContaining("it names no number of shards"),
      expect.stringContaining("it is not there"),
    ]);
  });

  it("with the store is told, answered from what was known, and tried again ten seconds later", async () => {
    await publish(all.slice(1), 2);
    beforeAnswer = () => {
      throw new Error("no connection");
    };
    expect(await freshIds()).toEqual(sorted);
    clock += 9999;
    expect(await ids()).toEqual(sorted);
    expect(errors).toEqual(["Error: no connection"]);
    beforeAnswer = () => {};
    expect(await freshIds()).toHaveLength(9);
    expect(errors).toHaveLength(1);
  });
});

/** Writes the shards only. */
async function publishShard(entries: readonly SearchEntry[]): Promise<void> {
  const index = await inner.read(SHARD_INDEX);
  await publish(entries, 2);
  if (index !== undefined) await inner.put(SHARD_INDEX, index.bytes);
}

describe("what this process pushes", () => {
  const neighbour = findNeighbour("alpha", 2);

  beforeEach(async () => {
    await publish(all, 2);
    await live.start();
  });

  const versions = async (id: string): Promise<unknown> =>
    (await live.index()).entries.get(testId(id))?.entry.versions.map(({ version }) => version);

  it("is found at once", async () => {
    live.replace(entry("lambda", 1));
    expect(await ids()).toContain("lambda");
    live.replace(entry("lambda", 2, []));
    expect(await ids()).not.toContain("lambda");
  });

  it("is found where it was pushed before anything was loaded", async () => {
    live = createLiveSearch(store, { now: () => clock });
    live.replace(entry("lambda", 1));
    expect(await ids()).toEqual([...names, "lambda"].toSorted());
  });

  it("is not undone by a shard that does not hold it yet", async () => {
    live.replace(entry(neighbour, 1));
    await publish(all.slice(1), 2);
    expect(await freshIds()).toContain(neighbour);
    expect(await ids()).not.toContain("alpha");
  });

  it("is not undone by a shard with an older entry", async () => {
    live.replace(entry("alpha", 2, ["2.0.0"]));
    await publish([entry("alpha", 1), ...all.slice(1)], 2);
    await freshIds();
    expect(await versions("alpha")).toEqual(["2.0.0"]);
  });

  it("gives way to a newer push of somebody else", async () => {
    live.replace(entry("alpha", 2, ["2.0.0"]));
    await publish([entry("alpha", 3, ["3.0.0"]), ...all.slice(1)], 2);
    await freshIds();
    expect(await versions("alpha")).toEqual(["3.0.0"]);
    live.replace(entry("alpha", 2, ["2.0.0"]));
    expect(await versions("alpha")).toEqual(["3.0.0"]);
  });

  it("may be removed by others once a shard has shown it", async () => {
    live.replace(entry("lambda", 1));
    await publish([...all, entry("lambda", 1)], 2);
    expect(await freshIds()).toContain("lambda");
    await publish(all, 2);
    expect(await freshIds()).toEqual(sorted);
  });

  it("stays when the shards become more", async () => {
    live.replace(entry("lambda", 1));
    await publish(all, 3);
    expect(await freshIds()).toContain("lambda");
  });

  it("is over after ten minutes without a shard that shows it", async () => {
    live.replace(entry("lambda", 1));
    expect(await freshIds()).toContain("lambda");
    clock += 600_000;
    expect(await freshIds()).toEqual(sorted);
  });
});

describe("what this process deletes", () => {
  const neighbour = findNeighbour("alpha", 2);

  beforeEach(async () => {
    await publish([entry("alpha", 4), ...all.slice(1)], 2);
    await live.start();
  });

  it("is gone at once, and deleting what is not there does nothing", async () => {
    live.remove(testId("alpha"));
    live.remove(testId("lambda"));
    expect(await ids()).toEqual(names.slice(1).toSorted());
  });

  it("does not come back from a shard of before", async () => {
    live.remove(testId("alpha"));
    await publish([entry("alpha", 4), entry(neighbour), ...all.slice(1)], 2);
    const found = await freshIds();
    expect(found).toContain(neighbour);
    expect(found).not.toContain("alpha");
  });

  it("does not come back from a shard with an entry that was not known, where the revision of the removal is", async () => {
    live.remove(testId("alpha"), 6);
    await publish([entry("alpha", 5), ...all.slice(1)], 2);
    expect(await freshIds()).not.toContain("alpha");
    live.replace(entry("alpha", 5));
    expect(await ids()).not.toContain("alpha");
  });

  it("does not come back where it was deleted before anything was loaded", async () => {
    live = createLiveSearch(store, { now: () => clock });
    live.remove(testId("alpha"));
    expect(await ids()).not.toContain("alpha");
    live.replace(entry("alpha", 6));
    expect(await ids()).toContain("alpha");
  });

  it("comes back by a push, of this process or another", async () => {
    live.remove(testId("alpha"));
    live.remove(testId("beta"));
    live.replace(entry("alpha", 6));
    await publish([entry("alpha", 4), entry("beta", 2), ...all.slice(2)], 2);
    expect(await freshIds()).toEqual(sorted);
  });

  it("comes back by a push of any revision once a shard has shown that it is gone", async () => {
    live.remove(testId("alpha"));
    await publish(all.slice(1), 2);
    await freshIds();
    await publish(all, 2);
    expect(await freshIds()).toEqual(sorted);
  });

  it("comes back after ten minutes in which the shard has not changed", async () => {
    live.remove(testId("alpha"));
    expect(await freshIds()).not.toContain("alpha");
    clock += 600_000;
    expect(await freshIds()).toEqual(sorted);
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
      inner = createMemoryStore();
      live = createLiveSearch(inner, { now: () => clock });
      for (const { entries, bits } of states) {
        await publish(entries, bits);
        clock += 20_000;
        const { entries: known } = await live.index();
        expect(new Map([...known].map(([id, indexed]) => [id, indexed.entry]))).toEqual(
          new Map(entries.map((one) => [one.key, one])),
        );
      }
    }),
    { numRuns: 50 },
  );
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
        inner = createMemoryStore();
        live = createLiveSearch(inner, { now: () => clock });
        /** What the feed holds, and what its shards say: those are written by a later `write`. */
        const feed = new Map<string, SearchEntry | undefined>();
        const own = new Set<string>();
        let revision = 0;
        const write = async (): Promise<void> => {
          await publish(
            [...feed.values()].filter((one) => one !== undefined),
            bits,
          );
        };
        const shown = (id: string) => live.index().then(({ entries }) => entries.get(testId(id))?.entry);
        await write();
        await live.start();
        for (const { kind, id } of steps) {
          revision += 1;
          const pushed = entry(id, revision, [`1.0.${revision}`]);
          if (kind === "push" || kind === "push elsewhere") feed.set(id, pushed);
          if (kind === "delete" || kind === "delete elsewhere") feed.set(id, undefined);
          if (kind === "push") live.replace(pushed);
          if (kind === "delete") live.remove(testId(id), revision);
          if (kind === "push" || kind === "delete") own.add(id);
          if (kind.endsWith("elsewhere")) own.delete(id);
          if (kind === "write") await write();
          if (kind === "look") clock += 20_000;
          for (const one of own) expect(await shown(one)).toEqual(feed.get(one));
        }
        await write();
        // What was pushed here and deleted elsewhere before a shard showed it stays until the push is over.
        clock += 600_000;
        await live.index();
        for (const one of ["alpha", "beta", "gamma"]) expect(await shown(one)).toEqual(feed.get(one));
      },
    ),
    { numRuns: 300 },
  );
});
