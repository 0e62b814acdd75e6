/**
 * The figures for people and for programs.
 */
import { formatBytes, formatCount } from "../src/cli/numbers.js";
import { countOf, feedFiles } from "./feed-files.js";
import { type Goal, judge } from "./goals.js";
import { growthOf } from "./growth.js";
import type { Machine } from "./machine.js";
import { type Row, ratioOf } from "./row.js";
import { type Column, formatTable } from "./table.js";

export interface BenchResult {
  readonly machine: Machine;
  /** How often each side of a case ran. */
  readonly runs: number;
  readonly rows: readonly Row[];
  /** What was not measured and why, one sentence each. */
  readonly notes: readonly string[];
}

export function textReport({ machine, runs, rows, notes }: BenchResult): string {
  const growth = growthOf(rows);
  return [
    `${machine.processors} × ${machine.processor}, Node ${machine.node}, ${machine.platform}; ${runs} runs each, medians`,
    ...[...groups(rows)].map(([title, group]) => `${title}\n\n${rowTable(group, rows)}`),
    ...(growth.length === 0 ? [] : [`Growth\n\n${formatTable(growth, growthColumns)}`]),
    ...(notes.length === 0 ? [] : [notes.join("\n")]),
  ].join("\n\n");
}

/** Times in seconds, sizes in bytes. */
export function jsonReport({ rows, ...rest }: BenchResult): object {
  return {
    ...rest,
    rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), goals: judge(row, rows) })),
    growth: growthOf(rows),
  };
}

function groups(rows: readonly Row[]): Map<string, Row[]> {
  const byTitle = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${formatCount(row.packages)} packages, ${row.place === "disk" ? "on disk" : "in memory"}`;
    byTitle.set(title, [...(byTitle.get(title) ?? []), row]);
  }
  return byTitle;
}

function rowTable(group: readonly Row[], all: readonly Row[]): string {
  const columns: readonly Column<Row>[] = [
    { title: "case", cell: ({ title }) => title },
    { title: "wall", align: "right", cell: ({ nupress }) => secondsText(nupress.seconds) },
    { title: "limit", align: "right", cell: ({ limit }) => secondsText(limit.seconds) },
    { title: "×", align: "right", cell: (row) => ratioOf(row).toFixed(2) },
    { title: "CPU", align: "right", cell: ({ nupress }) => secondsText(nupress.cpuSeconds) },
    { title: "limit", align: "right", cell: ({ limit }) => secondsText(limit.cpuSeconds) },
    { title: "memory", align: "right", cell: ({ nupress }) => formatBytes(nupress.peakMemory) },
    { title: "files", align: "right", cell: ({ written }) => formatCount(feedFiles(written.counts)) },
    {
      title: "state",
      align: "right",
      cell: ({ written }) => formatCount(countOf(written.counts, "state")),
    },
    { title: "written", align: "right", cell: ({ written }) => formatBytes(written.bytes) },
    { title: "goals", cell: (row) => goalsText(judge(row, all)) },
  ];
  return formatTable(group, columns);
}

const growthColumns: readonly Column<ReturnType<typeof growthOf>[number]>[] = [
  { title: "case", cell: ({ title }) => title },
  { title: "place", cell: ({ place }) => place },
  { title: "from", align: "right", cell: ({ from }) => formatCount(from) },
  { title: "to", align: "right", cell: ({ to }) => formatCount(to) },
  { title: "goals", cell: ({ goal }) => goalsText([goal]) },
];

/** What is not met comes first. */
function goalsText(goals: readonly Goal[]): string {
  const list = (isMet: boolean, title: string): string[] => {
    const texts = goals.filter((goal) => goal.isMet === isMet).map(({ text }) => text);
    return texts.length === 0 ? [] : [`${title}: ${texts.join(", ")}`];
  };
  return [...list(false, "NOT MET"), ...list(true, "met")].join("; ");
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(2)} s`;
}
