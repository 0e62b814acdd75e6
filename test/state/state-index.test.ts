import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import { assetPath, SERVICE_INDEX, versionListPath } from "../../src/feed/urls.js";
import type { IdState } from "../../src/state/id-state.js";
import {
  decodeStateIndex,
  encodeStateIndex,
  mostRecent,
  partitionRow,
  type RecentId,
  type StateIndex,
} from "../../src/state/state-index.js";
import { type RecordOptions, storedRecord, testDigest, testId } from "../support/records.js";

const digest = testDigest("partition");

function idState(id: string, records: readonly RecordOptions[]): IdState {
  return {
    id: testId(id),
    records: records.map((record) => storedRecord({ id, ...record })),
    recordsDigest: testDigest(id),
    outputs: { [versionListPath(testId(id))]: testDigest(id), [assetPath("0.png")]: testDigest("0") },
  };
}

function rowOf(states: readonly IdState[], recentIds = 25) {
  return partitionRow(7, new Map(states.map((state) => [state.id, state])), digest, recentIds);
}

function on(day: number, facts: RecordOptions = {}): RecordOptions {
  return { version: `1.0.${day}`, entryTime: `2024-01-0${day}T00:00:00+00:00`, ...facts };
}

describe("the row of a partition", () => {
  it("counts ids, versions, and files that belong to one id alone", () => {
    const row = rowOf([idState("a", [on(1), on(2)]), idState("b", [{}]), idState("withdrawn", [])]);
    expect(row).toMatchObject({ partition: 7, digest, ids: 2, versions: 3, undated: 1, outputs: 2 });
  });

  it("names ids by their newest listed version, newest first", () => {
    const unlisted = { facts: { input: { listed: false } } };
    const row = rowOf([
      idState("a", [on(1), on(9, unlisted)]),
      idState("b", [on(5), on(2)]),
      idState("c", [on(3)]),
    ]);
    expect(row.recent).toEqual([
      ["2024-01-05T00:00:00+00:00", "b"],
      ["2024-01-03T00:00:00+00:00", "c"],
      ["2024-01-01T00:00:00+00:00", "a"],
    ]);
  });

  it("leaves ids without a listed version out of the recent ones", () => {
    expect(rowOf([idState("a", [{ facts: { api: { listed: false } } }])]).recent).toEqual([]);
  });

  it("puts ids without a time last", () => {
    expect(rowOf([idState("a", [{}]), idState("b", [on(1)])]).recent.map(([, id]) => id)).toEqual(["b", "a"]);
  });

  it("names no more ids than asked for", () => {
    const states = ["a", "b", "c"].map((id, i) => idState(id, [on(i + 1)]));
    expect(rowOf(states, 2).recent.map(([, id]) => id)).toEqual(["c", "b"]);
    expect(rowOf(states, 0).recent).toEqual([]);
  });
});

describe("mostRecent", () => {
  const recent = fc.uniqueArray(
    fc.tuple(
      fc.constantFrom("", "2024-01-01", "2024-01-02"),
      fc.constantFrom("a", "b", "c", "d").map(testId),
    ),
    { selector: ([, id]) => id },
  );

  it("is the same for all orders, and for rows that were cut off before", () => {
    fc.assert(
      fc.property(recent, recent, fc.nat({ max: 5 }), (a, b, count) => {
        const whole: readonly RecentId[] = [...a, ...b];
        const rows = [...mostRecent(b, count), ...mostRecent(a, count)];
        expect(mostRecent(rows, count)).toEqual(mostRecent(whole, count));
      }),
    );
  });

  it("orders equal times by id", () => {
    const ids: readonly RecentId[] = [
      ["2024-01-01", testId("b")],
      ["2024-01-01", testId("a")],
    ];
    expect(mostRecent(ids, 2).map(([, id]) => id)).toEqual(["a", "b"]);
  });
});

describe("index.json", () => {
  const index: StateIndex = {
    shardBits: 0,
    rows: [rowOf([idState("a", [{}])])],
    outputs: { [SERVICE_INDEX]: "?" },
    obsolete: [versionListPath(testId("gone"))],
    settings: testDigest("settings"),
  };

  function withRow(change: object): string {
    return JSON.stringify({ ...index, rows: index.rows.map((row) => ({ ...row, ...change })) });
  }

  it("gives back what was written", () => {
    expect(decodeStateIndex(encodeStateIndex(index))).toEqual(index);
  });

  test.each([
    ["text that is no JSON", "{"],
    ["null", "null"],
    ["no rows", JSON.stringify({ outputs: {} })],
    ["a row that is null", JSON.stringify({ rows: [null], outputs: {} })],
    ["a row without digest", JSON.stringify({ rows: [{ partition: 0, recent: [] }], outputs: {} })],
    ["no outputs", JSON.stringify({ rows: [] })],
    ["outputs that are null", JSON.stringify({ rows: [], outputs: null })],
    ["outputs that are a list", JSON.stringify({ rows: [], outputs: [] })],
    ["a mark that is no text", JSON.stringify({ rows: [], outputs: { "v3/index.json": 7 } })],
    ["obsolete files that are no list", JSON.stringify({ rows: [], outputs: {}, obsolete: "CNAME" })],
    ["an obsolete file that is no text", JSON.stringify({ rows: [], outputs: {}, obsolete: [null] })],
    ["a number of bits that is none", JSON.stringify({ rows: [], outputs: {}, shardBits: -1 })],
    ["recent entries that are no list", JSON.stringify({ rows: [], outputs: {}, recent: "x" })],
    ["a recent entry that is null", JSON.stringify({ rows: [], outputs: {}, recent: [null] })],
    ["settings that are no text", JSON.stringify({ rows: [], outputs: {}, settings: 1 })],
    ["a partition that does not exist", withRow({ partition: 256 })],
    ["half a partition", withRow({ partition: 0.5 })],
    ["a number of ids below nothing", withRow({ ids: -1 })],
    ["a number of versions that is text", withRow({ versions: "3" })],
    ["a number of files beyond all numbers", withRow({ outputs: 1e300 })],
    ["a recent id that is no pair", withRow({ recent: [["2024-01-01"]] })],
  ])("with %s is damaged", (_, text) => {
    const decode = () => decodeStateIndex(new TextEncoder().encode(text));
    expect(decode).toThrow(FeedError);
    expect(decode).toThrow('Cannot read "feed-state/index.json": it is damaged');
  });
});
