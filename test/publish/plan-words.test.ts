/** Word shards: what an update gives is what making all of them gives. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { digest } from "../../src/build/node-hash.js";
import type { FeedDocument } from "../../src/feed/document.js";
import { searchEntry } from "../../src/feed/search-entry.js";
import { shardLine } from "../../src/feed/search-shard.js";
import { type LowerId, lowerId } from "../../src/nuget/id.js";
import { planWords, type WordChange } from "../../src/publish/site/plan-words.js";
import { packageLine } from "../../src/site/package-line.js";
import type { OutputMark } from "../../src/state/id-state.js";
import { createMemoryStore } from "../../src/store/memory.js";
import { packageId, testPackage } from "../support/records.js";

/** An id and its version, which changes its lines. */
type Held = ReadonlyMap<string, number>;

interface Lines {
  readonly pages: ReadonlyMap<LowerId, string>;
  readonly search: ReadonlyMap<LowerId, string>;
}

function linesOf(held: Held): Lines {
  const packages = [...held]
    .map(([id, version]) => testPackage([{ id, version: `${version}.0.0` }]))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    pages: new Map(packages.map((one) => [one.id, packageLine(one) ?? ""])),
    search: new Map(packages.map((one) => [one.id, shardLine(searchEntry(one))])),
  };
}

/** A folder of shards that is brought up to date step by step. */
function createShards() {
  const store = createMemoryStore();
  const files = new Map<string, FeedDocument>();
  let before: Lines | undefined;
  return {
    files,
    store,
    /** @returns the paths of what was made */
    update: async (held: Held): Promise<string[]> => {
      const after = linesOf(held);
      const ids = new Set([...(before?.search.keys() ?? []), ...after.search.keys()]);
      const changed = [...ids].filter((id) => before?.search.get(id) !== after.search.get(id));
      const marks: [string, OutputMark][] = [];
      for (const { path, body } of files.values()) marks.push([path, await digest(body)]);
      const change: WordChange = {
        before: before?.pages,
        after: after.pages,
        written: Object.fromEntries(marks),
        touched: async () => new Map(changed.map((id) => [id, after.search.get(id)])),
        all: async () => new Map(after.search),
      };
      const { documents, kept } = await planWords({ store, digest }, change, 0);
      const wanted = new Set<string>([...documents.map(({ path }) => path), ...kept]);
      for (const path of files.keys()) if (!wanted.has(path)) files.delete(path);
      for (const document of documents) {
        files.set(document.path, document);
        await store.put(document.path, document.body);
      }
      before = after;
      return documents.map(({ path }) => path);
    },
  };
}

function texts(files: ReadonlyMap<string, FeedDocument>): Record<string, string> {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([path, { body }]) => [path, new TextDecoder().decode(body)]));
}

const many = new Map(Array.from({ length: 1200 }, (_, n) => [`Contoso.Part${n.toString(36)}`, 1]));

describe("word shards", () => {
  test("are as if made anew after any changes", async () => {
    const word = fc.constantFrom("Contoso", "Core", "Json", "Data", "Web", "X", "Æther");
    const id = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join("."));
    const held = fc.dictionary(id, fc.integer({ min: 1, max: 3 }), { maxKeys: 12, noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(held, { minLength: 1, maxLength: 4 }), async (steps) => {
        const shards = createShards();
        for (const step of steps) {
          await shards.update(new Map(Object.entries(step)));
          const anew = createShards();
          await anew.update(new Map(Object.entries(step)));
          expect(texts(shards.files)).toEqual(texts(anew.files));
        }
      }),
      { numRuns: 60 },
    );
  });

  test("are divided and joined as ids come and go", async () => {
    const shards = createShards();
    const few = new Map([...many].slice(0, 300));
    for (const held of [few, many, few]) {
      await shards.update(held);
      const anew = createShards();
      await anew.update(held);
      expect(texts(shards.files)).toEqual(texts(anew.files));
    }
  });

  test("of one id that comes are few", async () => {
    const shards = createShards();
    await shards.update(many);
    const made = await shards.update(new Map([...many, ["Fabrikam.Text", 1]]));
    expect(made.sort()).toEqual([
      "v3/search/words/index.json",
      "v3/search/words/w-fa.json",
      "v3/search/words/w-te.json",
    ]);
  });

  test("are all made anew when one is not what was written", async () => {
    const shards = createShards();
    await shards.update(new Map([["Contoso.Core", 1]]));
    const [path = ""] = shards.files.keys();
    await shards.store.put(path, new Uint8Array());
    await shards.update(new Map([["Contoso.Core", 2]]));
    expect(texts(shards.files)[path]).toContain(lowerId(packageId("contoso.core")));
  });

  test("are none in a feed that a browser loads as a whole", async () => {
    const { pages, search } = linesOf(many);
    const change = {
      before: undefined,
      after: pages,
      written: {},
      touched: async () => search,
      all: async () => new Map(search),
    };
    expect(await planWords({ store: createMemoryStore(), digest }, change)).toEqual({
      documents: [],
      kept: [],
    });
  });
});
