import { describe, expect, test } from "vitest";
import { median, summarize } from "../../bench/figures.js";
import { parseOptions } from "../../bench/options.js";

describe("the median", () => {
  test.each([
    [[3], 3],
    [[9, 1, 2], 2],
    [[4, 1, 2, 9], 3],
  ])("of %j is %f", (values, expected) => {
    expect(median(values)).toBe(expected);
  });
});

test("a summary has medians of times and the most memory", () => {
  const usages = [1, 5, 3].map((n) => ({ seconds: n, cpuSeconds: 2 * n, peakMemory: n }));
  expect(summarize(usages)).toEqual({ seconds: 3, cpuSeconds: 6, peakMemory: 5 });
});

describe("flags", () => {
  test("say what to measure", () => {
    const options = parseOptions(
      ["--packages", "1000, 5", "--only", "clean", "--places", "memory"],
      ["clean"],
    );
    expect(options).toMatchObject({ packages: [1000, 5], only: ["clean"], places: ["memory"], runs: 3 });
  });

  test.each([
    [["--runs", "0"], '--runs is "0", and needs a whole number'],
    [["--only", "clear"], '--only does not know "clear"; known are clean, verify'],
    [["--places", "moon"], '--places does not know "moon"; known are disk, memory'],
  ])("%j are refused", (args, message) => {
    expect(() => parseOptions(args, ["clean", "verify"])).toThrow(message);
  });
});
