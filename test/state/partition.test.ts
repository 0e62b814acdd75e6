import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { FeedError } from "../../src/errors.js";
import { versionListPath } from "../../src/feed/urls.js";
import type { IdState } from "../../src/state/id-state.js";
import { decodePartition, encodePartition, type Partition } from "../../src/state/partition.js";
import { storedRecord, testDigest, testId } from "../support/records.js";

const encoder = new TextEncoder();

function idState(id: string, state: Partial<IdState> = {}): IdState {
  return {
    id: testId(id),
    records: [storedRecord({ id })],
    recordsDigest: testDigest(id),
    outputs: {},
    ...state,
  };
}

function partitionOf(...states: readonly IdState[]): Partition {
  return new Map(states.map((state) => [state.id, state]));
}

function encodedText(partition: Partition): string {
  return new TextDecoder().decode(encodePartition(partition));
}

describe("encodePartition", () => {
  it("writes one line per id, sorted, whatever the order of the map", () => {
    const [a, b, c] = [idState("a"), idState("b"), idState("c")];
    const text = encodedText(partitionOf(c, a, b));
    expect(text).toBe(encodedText(partitionOf(b, c, a)));
    expect(text.split("\n").map((line) => line.slice(0, 9))).toEqual([
      '{"id":"a"',
      '{"id":"b"',
      '{"id":"c"',
      "",
    ]);
  });

  it("leaves out ids that hold neither records nor files", () => {
    expect(encodedText(partitionOf(idState("a", { records: [] })))).toBe("");
  });

  it("keeps an id without records for as long as it has files", () => {
    const path = versionListPath(testId("a"));
    const withdrawn = idState("a", { records: [], outputs: { [path]: testDigest("a") } });
    const obsolete = idState("b", { records: [], obsolete: [versionListPath(testId("b"))] });
    const partition = partitionOf(withdrawn, obsolete);
    expect(decodePartition(0, encodePartition(partition))).toEqual(partition);
  });
});

describe("decodePartition", () => {
  it("reads what was written", () => {
    const state = idState("Contoso.Core", {
      revision: 4,
      rendered: { records: testDigest("r"), settings: testDigest("s") },
      outputs: { [versionListPath(testId("contoso.core"))]: "?" },
    });
    const partition = partitionOf(state, idState("żółw"));
    expect(decodePartition(0, encodePartition(partition))).toEqual(partition);
  });

  it("keeps fields that it does not know, of ids and of records", () => {
    const line = JSON.stringify({
      ...idState("a"),
      records: [{ ...storedRecord({ id: "a" }), downloads: 7 }],
      watchers: ["b"],
    });
    const written = encodedText(decodePartition(0, encoder.encode(`${line}\n`)));
    expect(JSON.parse(written)).toEqual(JSON.parse(line));
  });

  it("reads no bytes as no ids", () => {
    expect(decodePartition(0, new Uint8Array()).size).toBe(0);
  });

  const sound = encodedText(partitionOf(idState("a")));
  const { outputs: _, ...withoutOutputs } = idState("a");

  test.each([
    ["a line that is cut short", sound.slice(0, -20)],
    ["a last line without its end", sound.slice(0, -1)],
    ["an empty line", `\n${sound}`],
    ["text that is no JSON", "<<<<<<< HEAD\n"],
    ["a byte order mark", `\uFEFF${sound}`],
    ["an id twice", sound + sound],
    ["JSON that is no object", "7\n"],
    ["null", "null\n"],
    ["an id that is no text", `${JSON.stringify({ ...idState("a"), id: 7 })}\n`],
    ["records that are no list", `${JSON.stringify({ ...idState("a"), records: {} })}\n`],
    ["an id without outputs", `${JSON.stringify(withoutOutputs)}\n`],
    ["obsolete files that are no list", `${JSON.stringify({ ...idState("a"), obsolete: "b" })}\n`],
    ["an obsolete file that is no text", `${JSON.stringify({ ...idState("a"), obsolete: [null] })}\n`],
    ["outputs that are null", `${JSON.stringify({ ...idState("a"), outputs: null })}\n`],
  ])("refuses %s and names the file", (_, text) => {
    const decode = () => decodePartition(0x0a, encoder.encode(text));
    expect(decode).toThrow(FeedError);
    expect(decode).toThrow('Cannot read "feed-state/packages/0a.jsonl": it is damaged');
  });

  it("refuses bytes that are no UTF-8", () => {
    const decode = () => decodePartition(0xff, new Uint8Array([0x7b, 0xff, 0x0a]));
    expect(decode).toThrow('Cannot read "feed-state/packages/ff.jsonl": it is damaged');
  });

  it("gives a hint with what to do", () => {
    expect(() => decodePartition(0, encoder.encode("x\n"))).toThrow(
      expect.objectContaining({
        code: "state-corrupt",
        hint: "run nupress build or nupress verify --repair, which make it again from the packages",
      }),
    );
  });

  it("gives back any ids in any order", () => {
    const ids = fc.uniqueArray(fc.stringMatching(/^[a-z0-9]{1,8}(\.[a-z]{1,4})?$/), { maxLength: 20 });
    fc.assert(
      fc.property(ids, (ids) => {
        const partition = partitionOf(...ids.map((id) => idState(id)));
        expect(decodePartition(0, encodePartition(partition))).toEqual(partition);
      }),
    );
  });
});
