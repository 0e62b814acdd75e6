import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { searchEntry } from "../../src/feed/search-entry.js";
import {
  parseShardLines,
  renderShard,
  renderShardIndex,
  type ShardLines,
  shardBits,
  shardLine,
  shardOf,
} from "../../src/feed/search-shard.js";
import { PARTITION_BITS, partitionOf } from "../../src/state/layout.js";
import { documentJson, testId, testPackage } from "../support/records.js";

function linesOf(...ids: readonly string[]): ShardLines {
  const entries = ids.map((id) => searchEntry(testPackage([{ id }])));
  return new Map(entries.map((entry) => [entry.key, shardLine(entry)]));
}

function textOf(lines: ShardLines): string {
  return new TextDecoder().decode(renderShard(0, 0, lines).body);
}

describe("shardBits", () => {
  test.each([
    [0, 0],
    [1, 0],
    [256, 0],
    [257, 1],
    [512, 1],
    [513, 2],
    [10_000, 6],
    [100_000, 9],
  ])("for %i ids are %i", (ids, bits) => {
    expect(shardBits(ids)).toBe(bits);
  });

  it("stand alone in the index of shards", () => {
    expect(renderShardIndex(3)).toMatchObject({ path: "v3/search/shards/index.json", rank: 4 });
    expect(documentJson(renderShardIndex(3))).toEqual({ bits: 3 });
  });
});

describe("shardOf", () => {
  const ids = fc.stringMatching(/^[a-z0-9]{1,12}$/).map(testId);

  it("puts every id into one of the shards", () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 16 }), (id, bits) => {
        expect(shardOf(id, bits)).toBeGreaterThanOrEqual(0);
        expect(shardOf(id, bits)).toBeLessThan(2 ** bits);
      }),
    );
  });

  it("splits each shard in two with one bit more", () => {
    fc.assert(
      fc.property(ids, fc.integer({ min: 0, max: 16 }), (id, bits) => {
        expect(Math.floor(shardOf(id, bits + 1) / 2)).toBe(shardOf(id, bits));
      }),
    );
  });

  it("is the number of the partition where there are as many", () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(shardOf(id, PARTITION_BITS)).toBe(partitionOf(id));
      }),
    );
  });
});

describe("a shard", () => {
  it("is JSON with one entry per line, sorted by key", () => {
    const lines = linesOf("b", "a", "a.b");
    expect(renderShard(2, 3, lines)).toMatchObject({ path: "v3/search/shards/2/3.json", rank: 4 });
    expect(documentJson(renderShard(2, 3, lines))).toMatchObject({
      entries: [{ key: "a" }, { key: "a.b" }, { key: "b" }],
    });
    expect(
      textOf(lines)
        .split("\n")
        .map((line) => line.slice(0, 11)),
    ).toEqual(['{"entries":', '{"key":"a",', '{"key":"a.b', '{"key":"b",', "]}", ""]);
  });

  it("without entries is JSON as well", () => {
    expect(documentJson(renderShard(0, 0, new Map()))).toEqual({ entries: [] });
    expect(parseShardLines(textOf(new Map()))).toEqual(new Map());
  });

  it("gives back its lines as they were written", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-zß-öø-ÿ0-9]{1,8}$/), {
      maxLength: 20,
      selector: testId,
    });
    fc.assert(
      fc.property(ids, (ids) => {
        const lines = linesOf(...ids);
        const read = parseShardLines(textOf(lines));
        expect(read).toEqual(lines);
        expect([...(read?.keys() ?? [])]).toEqual([...lines.keys()].toSorted());
      }),
    );
  });

  it("changes in one line when one entry is replaced", () => {
    const lines = linesOf("a", "b", "c");
    const changed = parseShardLines(textOf(lines));
    changed?.set(testId("b"), shardLine(searchEntry(testPackage([{ id: "b", version: "2.0.0" }]))));
    const [before, after] = [textOf(lines), textOf(changed ?? new Map())].map((text) => text.split("\n"));
    expect(after?.filter((line, i) => line !== before?.[i])).toEqual([expect.stringContaining('"2.0.0"')]);
  });

  it("holds texts with quotes, line ends and commas on one line", () => {
    const description = 'a "quoted"\r\n text,\u2028},{"key":"x"';
    const entry = searchEntry(testPackage([{ metadata: { description } }]));
    const text = textOf(new Map([[entry.key, shardLine(entry)]]));
    expect([...(parseShardLines(text)?.keys() ?? [])]).toEqual(["contoso.core"]);
    expect(JSON.parse(text)).toMatchObject({ entries: [{ latest: [{ description }] }] });
  });

  const sound = textOf(linesOf("a", "b"));

  test.each([
    ["nothing", ""],
    ["other JSON", '{"entries":[]}'],
    ["the same JSON in other lines", JSON.stringify(JSON.parse(sound))],
    ["a text that is cut short", sound.slice(0, -4)],
    ["a text without its last line end", sound.slice(0, -1)],
    ["a page", "<!doctype html>\n<p>Not found</p>\n"],
    ["a line without key", '{"entries":[\n{"id":"a"}\n]}\n'],
    ["a line that is no entry", '{"entries":[\n7\n]}\n'],
    ["a key that is no id", '{"entries":[\n{"key":"a b"}\n]}\n'],
    ["a key with escapes", '{"entries":[\n{"key":"\\u0061"}\n]}\n'],
    ["a key in upper case", '{"entries":[\n{"key":"A"}\n]}\n'],
  ])("is not read from %s", (_, text) => {
    expect(parseShardLines(text)).toBeUndefined();
  });
});
