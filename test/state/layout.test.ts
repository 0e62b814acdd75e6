import { describe, expect, it, test } from "vitest";
import {
  FEED_FILE,
  PARTITIONS,
  partitionPath,
  partitionsOfGroup,
  STATE_INDEX,
} from "../../src/state/layout.js";

describe("the layout of the state", () => {
  it("has two files beside the partitions", () => {
    expect([FEED_FILE, STATE_INDEX]).toEqual(["feed-state/feed.json", "feed-state/index.json"]);
  });

  test.each([
    [0, "feed-state/packages/00.jsonl"],
    [10, "feed-state/packages/0a.jsonl"],
    [255, "feed-state/packages/ff.jsonl"],
  ])("names partition %i by two hex digits", (n, path) => {
    expect(partitionPath(n)).toBe(path);
  });

  it("has 256 partitions with a path of their own", () => {
    expect(new Set(PARTITIONS.map(partitionPath)).size).toBe(256);
  });
});

describe("groups of partitions", () => {
  test.each([0, 1, 5, 8])("of %i bits cover every partition once, in order", (bits) => {
    const groups = Array.from({ length: 2 ** bits }, (_, group) => partitionsOfGroup(group, bits));
    expect(groups.flat()).toEqual(PARTITIONS);
  });
});
