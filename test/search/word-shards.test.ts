import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { SearchEntry } from "../../src/feed/search-entry.js";
import { parseShardLines } from "../../src/feed/search-shard.js";
import type { LowerId } from "../../src/nuget/id.js";
import {
  changedRoots,
  createSearchIndex,
  divideKeys,
  divideLines,
  entryKeys,
  parseQuery,
  parseWordIndex,
  renderWordIndex,
  renderWordShard,
  replaceEntry,
  search,
  shardsBelow,
  wordShardLine,
  wordShardPath,
  wordShardsOf,
} from "../../src/search/index.js";
import { KEYS_PER_SHARD, MAX_PREFIX } from "../../src/search/word-tree.js";
import { documentJson } from "../support/records.js";
import { corpus, testEntry } from "./corpus.js";

function linesOf(entries: readonly SearchEntry[]): Map<LowerId, string> {
  return new Map(entries.map((entry) => [entry.key, wordShardLine(entry)]));
}

describe("the keys of an id", () => {
  test.each<[string, ...string[]]>([
    ["Newtonsoft.Json", "newtonsoftjson-newtonsoft.json~", "json-newtonsoft.json~"],
    ["FluentAssertions", "fluentassertions-fluentassertions~", "assertions-fluentassertions~"],
    ["log4net", "log4net-log4net~", "4net-log4net~", "net-log4net~"],
    ["A", "a-a~"],
    ["Données", "donnees-données~"],
  ])("%s say what it says from each word on", (id, ...keys) => {
    expect(entryKeys(testEntry(["1.0.0"], { id }))).toEqual(keys);
  });

  it("are no more than sixteen", () => {
    expect(entryKeys(testEntry(["1.0.0"], { id: "A.B.C.D.E.F.G.H.I.J.K.L.M.N.O.P.Q.R.S.T" }))).toHaveLength(
      16,
    );
  });

  it("are none when nobody finds it", () => {
    expect(entryKeys(testEntry([], { id: "Contoso" }))).toEqual([]);
  });
});

/** Short words of few letters, so that shards are divided often. */
const anyKey = fc
  .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 2400 }))
  .map(([first, rest]) => `${"abc".charAt(first)}${rest.toString(3)}-x`);
const anyKeys = fc.uniqueArray(anyKey, { minLength: 600, maxLength: 3600, size: "max" });

describe("shards of keys", () => {
  const many = Array.from({ length: 9000 }, (_, n) => `se${n.toString(36).padStart(3, "0")}-x`);

  it("of few keys are named by two letters", () => {
    expect(divideKeys(["json-a", "jsonb-b", "xml-c"])).toEqual(
      new Map([
        ["js", 2],
        ["xm", 1],
      ]),
    );
  });

  it("are divided where they would hold too many", () => {
    const tree = divideKeys(many);
    expect(Math.max(...tree.values())).toBeLessThanOrEqual(KEYS_PER_SHARD);
    expect([...tree.values()].reduce((sum, count) => sum + count, 0)).toBe(9000);
    expect(tree.size).toBeLessThan(300);
  });

  it("are not divided without end", () => {
    const alike = Array.from({ length: 1100 }, (_, n) => `${"x".repeat(MAX_PREFIX)}${n}`);
    expect(divideKeys(alike)).toEqual(new Map([["x".repeat(MAX_PREFIX), 1100]]));
  });

  it("after changes are what they are when made anew", () => {
    fc.assert(
      fc.property(anyKeys, fc.integer({ min: 0, max: 1800 }), fc.uniqueArray(anyKey), (all, drop, other) => {
        const before = all.slice(drop);
        const removed = before.filter((_, n) => n % 3 === 0 && n < drop);
        const added = other.filter((key) => !before.includes(key));
        const after = [...before.filter((key) => !removed.includes(key)), ...added];
        const tree = divideKeys(before);
        const roots = changedRoots(tree, { removed, added });
        const result = new Map(tree);
        for (const root of roots) {
          for (const shard of shardsBelow(tree, root)) result.delete(shard);
          for (const [shard, count] of divideKeys(after, root)) result.set(shard, count);
        }
        expect(result).toEqual(divideKeys(after));
      }),
      { numRuns: 30 },
    );
  });

  it("but those of the changed id's keys stay as they are", () => {
    const tree = divideKeys([...many, "json-a", "xml-c"]);
    expect(changedRoots(tree, { removed: [], added: ["json-b"] })).toEqual(["js"]);
    expect(changedRoots(tree, { removed: [], added: ["new-b"] })).toEqual(["ne"]);
    expect(changedRoots(tree, { removed: ["xml-c"], added: [] })).toEqual(["xm"]);
  });

  it("become one again when few keys are left", () => {
    const tree = divideKeys(many.slice(0, KEYS_PER_SHARD + 1));
    expect(tree.size).toBeGreaterThan(1);
    expect(changedRoots(tree, { removed: many.slice(0, 1), added: [] })).toEqual(["se"]);
  });
});

describe("a word shard", () => {
  it("is read back, line by line", () => {
    const lines = linesOf(corpus.slice(0, 5));
    const { body, path } = renderWordShard("js", lines);
    expect(path).toBe("v3/search/words/w-js.json");
    const text = new TextDecoder().decode(body);
    expect(parseShardLines(text)).toEqual(new Map([...lines].sort(([a], [b]) => (a < b ? -1 : 1))));
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it("holds each id that has such a key once", () => {
    const shards = divideLines("", linesOf(corpus));
    expect([...(shards.get("ne")?.lines.keys() ?? [])]).toEqual(
      expect.arrayContaining(["newtonsoft.json", "log4net", "microsoft.net.test.sdk"]),
    );
    for (const [prefix, { keys, lines }] of shards) {
      expect(keys).toBeGreaterThanOrEqual(lines.size);
      expect([...lines.values()].map((line) => line.length)).not.toContain(0);
      expect(prefix).toHaveLength(2);
    }
  });

  it("is a few hundred bytes for each id, whatever a package says", () => {
    const attack = testEntry(["1.0.0", "2.0.0-beta"], {
      id: "Attack",
      title: "t".repeat(100_000),
      description: "d".repeat(100_000),
      authors: "a".repeat(100_000),
      tags: Array.from({ length: 10_000 }, () => "tag".repeat(1000)),
      iconUrl: `https://example.com/${"i".repeat(100_000)}`,
    });
    expect(wordShardLine(attack).length).toBeLessThan(1500);
  });
});

test("the index of word shards is read back", () => {
  const tree = divideKeys(corpus.flatMap(entryKeys));
  expect(parseWordIndex(documentJson(renderWordIndex(tree)))).toEqual(tree);
  expect(() => parseWordIndex({ bits: 3 })).toThrow("no index of word shards");
});

describe("a question to a large feed", () => {
  const filler = Array.from({ length: 30_000 }, (_, n) =>
    testEntry(["1.0.0"], { id: `Filler${n.toString(36)}.Common.Thing`, description: "one of many" }),
  );
  const shards = divideLines("", linesOf([...corpus, ...filler]));
  const tree = new Map([...shards].map(([prefix, { keys }]) => [prefix, keys]));

  const ask = (query: string) => {
    const index = createSearchIndex();
    const wanted = wordShardsOf(tree, parseQuery(query));
    const lines = wanted.flatMap((prefix) => [...(shards.get(prefix)?.lines.values() ?? [])]);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: lines of entries
    for (const line of lines) replaceEntry(index, JSON.parse(line) as SearchEntry);
    return { wanted, ids: search(index, query, { semVer2: true }).hits.map(({ latest }) => latest.id) };
  };

  test.each([
    ["newtonsoft.json", "Newtonsoft.Json"],
    ["serilog", "Serilog"],
    ["json", "JsonPatch.Net"],
    ["sinks file", "Serilog.Sinks.File"],
    ["microsoft.extensions.log", "Microsoft.Extensions.Logging"],
    ["mysql", "MySql.Data"],
    ["id:polly", "Polly"],
    ["packageid:Moq", "Moq"],
    ['"fluent assertions"', "FluentAssertions"],
    ["common moq", undefined],
    ["serlog", "Serilog"],
    ["structured serilog", "Serilog"],
  ])("%s finds %s", (query, id) => {
    expect(ask(query).ids[0]).toBe(id);
  });

  test.each(["f", "filler", "common", "thing", "co th fi", "filler common thing", "m", "qqq"])(
    "%s loads a bounded number of shards",
    (query) => {
      expect(ask(query).wanted.length).toBeLessThanOrEqual(10);
    },
  );

  it("that asks for nothing loads nothing", () => {
    expect(ask("").wanted).toEqual([]);
    expect(ask("!!!").wanted).toEqual([]);
  });

  it("loads files whose names hosts and systems take", () => {
    for (const prefix of tree.keys())
      expect(wordShardPath(prefix)).toMatch(/^v3\/search\/words\/w-[\p{L}\d.~-]+\.json$/u);
  });
});
