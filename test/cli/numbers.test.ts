import { expect, test } from "vitest";
import { countOf, formatBytes, formatCount, formatSeconds } from "../../src/cli/numbers.js";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [1449, "1.4 kB"],
  [9949, "9.9 kB"],
  [9960, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [3_400_000_000, "3.4 GB"],
  [5_000_000_000_000_000, "5000 TB"],
])("%i bytes are shown as %s", (bytes, expected) => {
  expect(formatBytes(bytes)).toBe(expected);
});

test.each([
  [0, "0.0 s"],
  [0.26, "0.3 s"],
  [9.94, "9.9 s"],
  [9.96, "10 s"],
  [119.4, "119 s"],
  [120, "2 min 0 s"],
  [725, "12 min 5 s"],
])("%d seconds are shown as %s", (seconds, expected) => {
  expect(formatSeconds(seconds)).toBe(expected);
});

test("counts have separators and a plural", () => {
  expect(formatCount(1_234_567)).toBe("1,234,567");
  expect([countOf(0, "id"), countOf(1, "id"), countOf(2000, "id")]).toEqual(["0 ids", "1 id", "2,000 ids"]);
});
