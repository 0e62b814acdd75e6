/**
 * What was measured of search, as tables.
 */
import { thisMachine } from "../machine.js";
import { type Column, formatTable } from "../table.js";
import type { WordShardSizes } from "./documents.js";
import type { BrowserFigures } from "./measure-browser.js";
import type { HttpFigures } from "./measure-http.js";
import type { ServerFigures } from "./measure-server.js";

/** One feed. */
export interface SearchRow {
  readonly ids: number;
  readonly http: HttpFigures;
  readonly server: ServerFigures;
  readonly browser: BrowserFigures;
  readonly words?: WordShardSizes;
}

const ids = figure("ids", ({ ids }) => ids.toLocaleString("en"));

const http: readonly Column<SearchRow>[] = [
  ids,
  figure("searches/s", ({ http }) => http.perSecond.toFixed(0)),
  figure("by processor time", ({ http }) => http.perProcessorSecond.toFixed(0)),
  figure("compressed", ({ http }) => http.perSecondCompressed.toFixed(0)),
  figure("at a rate of", ({ http }) => `${http.rate.toFixed(0)}/s`),
  figure("median", ({ http }) => `${http.median.toFixed(1)} ms`),
  figure("p99", ({ http }) => `${http.p99.toFixed(1)} ms`),
  figure("start to first answer", ({ http }) => `${http.firstAnswer.toFixed(0)} ms`),
  figure("memory", ({ http }) => megabytes(http.memory)),
];

const server: readonly Column<SearchRow>[] = [
  ids,
  figure("searches/s", ({ server }) => server.perSecond.toFixed(0)),
  figure("by processor time", ({ server }) => server.perProcessorSecond.toFixed(0)),
  figure("median", ({ server }) => `${server.median.toFixed(2)} ms`),
  figure("p99", ({ server }) => `${server.p99.toFixed(1)} ms`),
  figure("indexed in", ({ server }) => `${server.indexed.toFixed(0)} ms`),
  figure("start to first answer", ({ server }) => `${server.firstAnswer.toFixed(0)} ms`),
  figure("memory", ({ server }) => megabytes(server.memory)),
];

const browser: readonly Column<SearchRow>[] = [
  ids,
  figure("first answer", ({ browser }) => `${browser.firstAnswer.toFixed(0)} ms`),
  figure("requests", ({ browser }) => String(browser.firstRequests)),
  figure("loaded", ({ browser }) => megabytes(browser.firstBytes)),
  figure("compressed", ({ browser }) => megabytes(browser.firstWireBytes)),
  figure("p99 of others", ({ browser }) => `${browser.p99.toFixed(1)} ms`),
  figure("most for one, compressed", ({ browser }) => megabytes(browser.mostWireBytes)),
  figure("word shards", ({ words }) => (words === undefined ? "none" : String(words.shards))),
  figure("their size", ({ words }) => (words === undefined ? "" : megabytes(words.bytes))),
  figure("largest", ({ words }) => (words === undefined ? "" : megabytes(words.largest))),
];

export function textReport(rows: readonly SearchRow[]): string {
  const { processor, processors, node } = thisMachine();
  return [
    `${processor}, ${processors} processors, Node ${node}`,
    `A server over HTTP:\n${formatTable(rows, http)}`,
    `The index in one process, as a server has it:\n${formatTable(rows, server)}`,
    `The browser's worker:\n${formatTable(rows, browser)}`,
  ].join("\n\n");
}

/** Milliseconds, bytes. */
export function jsonReport(rows: readonly SearchRow[]): string {
  return JSON.stringify({ machine: thisMachine(), rows });
}

function figure(title: string, cell: (row: SearchRow) => string): Column<SearchRow> {
  return { title, align: "right", cell };
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}
