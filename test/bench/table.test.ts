import { describe, expect, test } from "vitest";
import { type Column, formatTable } from "../../bench/table.js";

interface Line {
  readonly name: string;
  readonly seconds: number;
  readonly note: string;
}

const columns: readonly Column<Line>[] = [
  { title: "case", cell: ({ name }) => name },
  { title: "wall", align: "right", cell: ({ seconds }) => `${seconds} s` },
  { title: "note", cell: ({ note }) => note },
];

describe("a table", () => {
  test("has columns as wide as their widest cell, figures to the right", () => {
    const rows = [
      { name: "clean build", seconds: 5, note: "met" },
      { name: "add", seconds: 0.25, note: "" },
    ];
    expect(formatTable(rows, columns).split("\n")).toEqual([
      "case           wall  note",
      "clean build     5 s  met",
      "add          0.25 s",
    ]);
  });

  test("without rows is its titles", () => {
    expect(formatTable([], columns)).toBe("case  wall  note");
  });
});
