import { describe, expect, test } from "vitest";
import { judge } from "../../bench/goals.js";
import { growthOf } from "../../bench/growth.js";
import type { Row } from "../../bench/row.js";

const usage = { seconds: 1, cpuSeconds: 1, peakMemory: 50e6 };
const shape = { package: 10, nuspec: 10, leaf: 10, "version list": 1, "registration index": 2 };

function row(changes: Partial<Row>): Row {
  return {
    name: "clean",
    title: "clean build",
    place: "memory",
    packages: 10_000,
    nupress: usage,
    limit: usage,
    written: { counts: shape, bytes: 1, touchedStateFolder: false },
    ...changes,
  };
}

function failed(judged: Row, others: readonly Row[] = []): string[] {
  return judge(judged, [judged, ...others])
    .filter(({ isMet }) => !isMet)
    .map(({ text }) => text);
}

describe("a goal is not met", () => {
  const slow = { ...usage, seconds: 6 };
  test.each<[string, Partial<Row>, string]>([
    ["a clean build is slow", { nupress: slow }, "≤ 3 × limit,< 5 s"],
    ["it is slow on the disk", { nupress: slow, place: "disk" }, "≤ 1.3 × limit"],
    ["it takes much memory", { nupress: { ...usage, peakMemory: 301e6 } }, "< 300 MB"],
    [
      "versions have a file more",
      { written: { counts: { ...shape, leaf: 20 }, bytes: 1, touchedStateFolder: true } },
      "≤ 3 files a version (4.00)",
    ],
    [
      "a build without a change writes",
      { name: "unchanged", written: { counts: { state: 1 }, bytes: 1, touchedStateFolder: true } },
      "< 0.6 s,no files written (1),no lock taken",
    ],
    [
      "an addition changes other pages",
      {
        name: "big-id",
        written: { counts: { "registration page": 80 }, bytes: 1, touchedStateFolder: true },
      },
      "only the last page of each hive (80 written)",
    ],
    [
      "a new base URL copies packages",
      {
        name: "base-url",
        written: { counts: { package: 3, leaf: 9 }, bytes: 1, touchedStateFolder: true },
      },
      "no packages copied (3)",
    ],
  ])("when %s", (_, changes, expected) => {
    expect(failed(row(changes)).join(",")).toBe(expected);
  });

  test("when looking at touched files takes most of a clean build", () => {
    const written = { counts: {}, bytes: 0, touchedStateFolder: true };
    const touched = row({ name: "touched", written, nupress: { ...usage, seconds: 0.41 } });
    expect(failed(touched, [row({})])).toEqual(["≤ 40 % of a clean build (41 %)"]);
    expect(failed(touched, [row({ packages: 1000 })])).toEqual([]);
  });
});

test("below 10,000 packages no time is too long", () => {
  expect(failed(row({ packages: 1000, nupress: { ...usage, seconds: 60 } }))).toEqual([]);
});

describe("growth", () => {
  const small = row({ packages: 1000 });
  const times = (seconds: number) => row({ nupress: { ...usage, seconds } });

  test.each([
    [9, true],
    [12, false],
  ])("of a clean build by %i for ten times the packages is linear: %s", (seconds, isMet) => {
    expect(growthOf([times(seconds), small]).map(({ goal }) => goal.isMet)).toEqual([isMet]);
  });

  test("of the files that one addition writes is none", () => {
    const added = (packages: number, files: number) =>
      row({
        name: "build-one",
        packages,
        written: { counts: { leaf: files }, bytes: 1, touchedStateFolder: true },
      });
    expect(growthOf([added(1000, 9), added(10_000, 9), added(100_000, 10)]).map(({ goal }) => goal)).toEqual([
      { text: "as many files written (9 and 9)", isMet: true },
      { text: "as many files written (9 and 10)", isMet: false },
    ]);
  });

  test("is not told of places that were measured once", () => {
    expect(growthOf([small, row({ place: "disk" })])).toEqual([]);
  });
});
