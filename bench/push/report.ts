/**
 * What was measured of pushes, as tables.
 */
import { thisMachine } from "../machine.js";
import { type Column, formatTable } from "../table.js";
import type { PushFigures, Rate } from "./measure.js";

/** One feed. */
export interface PushRow extends PushFigures {
  /** That it held before. */
  readonly packages: number;
}

/** Above idle, for 250 MB. */
const MOST_ABOVE = 32e6;

const packages = figure("packages", (row: PushRow) => row.packages.toLocaleString("en"));

const large: readonly Column<PushRow>[] = [
  packages,
  figure("pushed", ({ large }) => megabytes(large.size)),
  figure("in", ({ large }) => `${(large.took / 1000).toFixed(1)} s`),
  figure("memory idle", ({ large }) => megabytes(large.idle)),
  figure("above idle", ({ large }) => megabytes(large.above)),
  figure("left of it", ({ large }) => megabytes(large.left)),
  figure("goal", ({ large }) => (large.above < MOST_ABOVE ? "met" : `NOT MET: ${megabytes(MOST_ABOVE)}`)),
];

interface RateRow {
  readonly packages: number;
  readonly rate: Rate;
}

const rates: readonly Column<RateRow>[] = [
  figure("packages", ({ packages }) => packages.toLocaleString("en")),
  figure("connections", ({ rate }) => String(rate.connections)),
  figure("pushes/s", ({ rate }) => rate.perSecond.toFixed(1)),
  figure("median", ({ rate }) => milliseconds(rate.median)),
  figure("p99", ({ rate }) => milliseconds(rate.p99)),
  figure("longest", ({ rate }) => milliseconds(rate.longest)),
  figure("processor", ({ rate }) => milliseconds(rate.processor)),
];

export function textReport(rows: readonly PushRow[]): string {
  const { processor, processors, node } = thisMachine();
  const rateRows = rows.flatMap(({ packages, alone, parallel }) =>
    [alone, parallel].map((rate) => ({ packages, rate })),
  );
  return [
    `${processor}, ${processors} processors, Node ${node}`,
    `One large package:\n${formatTable(rows, large)}`,
    `Small packages:\n${formatTable(rateRows, rates)}`,
    ...rows.map(({ packages, stop }) => `Stopped in ${milliseconds(stop)} at ${packages} packages`),
  ].join("\n\n");
}

/** Milliseconds, bytes. */
export function jsonReport(rows: readonly PushRow[]): string {
  return JSON.stringify({ machine: thisMachine(), rows });
}

function figure<T>(title: string, cell: (row: T) => string): Column<T> {
  return { title, align: "right", cell };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function milliseconds(value: number): string {
  return `${value.toFixed(0)} ms`;
}
