import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SearchEntry } from "../../src/feed/search-entry.js";
import {
  createSearchIndex,
  removeEntry,
  replaceEntry,
  replaceShard,
  type SearchFilters,
  type SearchIndex,
  search,
} from "../../src/search/index.js";
import { testId } from "../support/records.js";
import { corpus, testEntry } from "./corpus.js";

const words = ["json", "log", "logger", "http", "net", "core", "data", "test", "tests"] as const;
const versions = [
  ["1.0.0"],
  ["1.0.0-beta"],
  ["1.0.0", "2.0.0-rc.1"],
  ["1.0.0+build", "1.1.0-a"],
  [],
] as const;

const anyWord = fc.constantFrom(...words);
const anyEntry = fc
  .record({
    id: fc.array(anyWord, { minLength: 1, maxLength: 3 }),
    tags: fc.array(anyWord, { maxLength: 2 }),
    description: fc.array(anyWord, { maxLength: 4 }),
    versions: fc.constantFrom(...versions),
  })
  .map(({ id, tags, description, versions }) =>
    testEntry(versions, { id: id.join("."), tags, description: description.join(" ") }),
  );
const anyEntries = fc.uniqueArray(anyEntry, { maxLength: 30, selector: (entry) => entry.key });
const anyQuery = fc
  .array(fc.oneof(anyWord, fc.constantFrom("jsn", "lo", "tags:net", "id:core", '"log http"', "author:x")), {
    maxLength: 3,
  })
  .map((parts) => parts.join(" "));
const anyFilters: fc.Arbitrary<SearchFilters> = fc.record({
  prerelease: fc.boolean(),
  semVer2: fc.boolean(),
});

function indexOf(entries: readonly SearchEntry[]): SearchIndex {
  const index = createSearchIndex();
  replaceShard(index, "all", entries);
  return index;
}

function found(index: SearchIndex, query: string, filters: SearchFilters, skip = 0, take = 1000): string[] {
  return search(index, query, filters, { skip, take }).hits.map(({ entry }) => entry.key);
}

describe("pages", () => {
  it("hold every hit exactly once", () => {
    fc.assert(
      fc.property(
        anyEntries,
        anyQuery,
        anyFilters,
        fc.integer({ min: 1, max: 7 }),
        (entries, query, filters, take) => {
          const index = indexOf(entries);
          const all = found(index, query, filters);
          const walked: string[] = [];
          for (let skip = 0; skip <= entries.length; skip += take) {
            walked.push(...found(index, query, filters, skip, take));
          }
          expect(walked).toEqual(all);
          expect(new Set(all).size).toBe(all.length);
          expect(search(index, query, filters, { take: 0 }).total).toBe(all.length);
        },
      ),
    );
  });

  it("behind the last hit are empty", () => {
    expect(search(indexOf(corpus), "json", {}, { skip: 100_000 })).toMatchObject({ total: 17, hits: [] });
  });
});

describe("an index that was changed", () => {
  it("answers as one that is made anew", () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant("entry" as const), entry: anyEntry }),
      fc.record({ kind: fc.constant("remove" as const), entry: anyEntry }),
      fc.record({ kind: fc.constant("search" as const), entry: anyEntry }),
    );
    fc.assert(
      fc.property(
        anyEntries,
        fc.array(step, { maxLength: 20 }),
        anyQuery,
        anyFilters,
        (first, steps, query, filters) => {
          const index = indexOf(first);
          const wanted = new Map(first.map((entry) => [entry.key, entry]));
          for (const { kind, entry } of steps) {
            if (kind === "entry") {
              replaceEntry(index, entry);
              wanted.set(entry.key, entry);
            } else if (kind === "remove") {
              removeEntry(index, entry.key);
              wanted.delete(entry.key);
            } else {
              found(index, query, filters);
            }
          }
          expect(found(index, query, filters)).toEqual(found(indexOf([...wanted.values()]), query, filters));
        },
      ),
    );
  });

  it("shard by shard answers as one that is made anew", () => {
    fc.assert(
      fc.property(anyEntries, anyEntries, anyQuery, anyFilters, (before, after, query, filters) => {
        const index = createSearchIndex();
        for (const entries of [before, after]) {
          for (const shard of [0, 1, 2]) {
            const part = entries.filter(({ key }) => key.length % 3 === shard);
            replaceShard(index, String(shard), part);
          }
        }
        expect(found(index, query, filters)).toEqual(found(indexOf(after), query, filters));
      }),
    );
  });

  it("holds nothing any more when all entries are gone", () => {
    const index = indexOf(corpus);
    replaceShard(index, "all", []);
    expect(index.words.words.size).toBe(0);
    expect(index.words.tree.size).toBe(0);
    expect(index.freeNumbers).toHaveLength(index.documents.length);
  });

  it("keeps an entry that went from one shard to another", () => {
    const [entry] = corpus;
    if (entry === undefined) throw new Error("no corpus");
    const index = createSearchIndex();
    replaceShard(index, "0/0", [entry]);
    replaceShard(index, "1/1", [entry]);
    replaceShard(index, "0/0", []);
    expect(found(index, "", {})).toEqual([entry.key]);
  });
});

describe("an entry", () => {
  const withRevision = (revision: number | undefined, description: string): SearchEntry => ({
    ...testEntry(["1.0.0"], { id: "Contoso", description }),
    ...(revision !== undefined && { revision }),
  });

  it("never replaces one of a higher revision", () => {
    const index = indexOf([withRevision(2, "second")]);
    replaceEntry(index, withRevision(1, "first"));
    replaceShard(index, "all", [withRevision(undefined, "none")]);
    expect(found(index, "second", {})).toEqual(["contoso"]);
    replaceEntry(index, withRevision(3, "third"));
    expect(found(index, "second", {})).toEqual([]);
  });

  it("is found by the texts of the version that is shown only", () => {
    const stable = testEntry(["1.0.0"], { id: "Contoso", description: "apples" });
    const next = testEntry(["2.0.0-beta"], { id: "Contoso", description: "oranges" });
    const index = indexOf([
      {
        key: testId("Contoso"),
        versions: [...stable.versions, ...next.versions],
        latest: [...stable.latest, ...next.latest],
      },
    ]);
    expect(found(index, "apples", {})).toEqual(["contoso"]);
    expect(found(index, "oranges", {})).toEqual([]);
    expect(found(index, "apples", { prerelease: true })).toEqual([]);
    expect(found(index, "oranges", { prerelease: true })).toEqual(["contoso"]);
  });

  it("without a listed version is found by nobody", () => {
    expect(
      found(indexOf([testEntry([], { id: "Contoso" })]), "", { prerelease: true, semVer2: true }),
    ).toEqual([]);
  });

  it("made to fill the memory is looked at up to a limit", () => {
    const index = indexOf([
      testEntry(["1.0.0"], {
        id: "Attack",
        title: "title ".repeat(100_000),
        description: Array.from({ length: 100_000 }, (_, n) => `w${n}`).join(" "),
        tags: Array.from({ length: 10_000 }, (_, n) => `tag-${n}-${"x".repeat(100)}`),
        authors: "x".repeat(1_000_000),
      }),
    ]);
    expect(index.words.words.size).toBeLessThan(2500);
    expect(Math.max(...[...index.words.words.keys()].map((word) => word.length))).toBeLessThanOrEqual(64);
    expect(found(index, "w5", {})).toEqual(["attack"]);
  });
});
