/**
 * The benchmark of search: `node .bench/bench/search/main.js [ids …]`, see bench/search/README.md.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { thisMachine } from "../machine.js";
import { formatTable } from "../table.js";
import { type WordShardSizes, writeSearchDocuments } from "./documents.js";
import { makeEntries } from "./entries.js";
import type { BrowserFigures } from "./measure-browser.js";
import type { ServerFigures } from "./measure-server.js";
import { makeQuestions } from "./questions.js";

interface Row {
  readonly ids: number;
  readonly server: ServerFigures;
  readonly browser: BrowserFigures;
  readonly words: WordShardSizes | undefined;
}

const questionCount = 5000;
const sizes = process.argv.slice(2).map(Number);
const rows = (sizes.length > 0 ? sizes : [1000, 10_000, 100_000]).map(measureFeed);

const { processor, processors, node } = thisMachine();
console.log(`${processor}, ${processors} processors, Node ${node}\n`);
console.log("The index in one process, as a server has it:");
console.log(
  formatTable(rows, [
    { title: "ids", align: "right", cell: ({ ids }) => ids.toLocaleString("en") },
    { title: "searches/s", align: "right", cell: ({ server }) => server.perSecond.toFixed(0) },
    {
      title: "by processor time",
      align: "right",
      cell: ({ server }) => server.perProcessorSecond.toFixed(0),
    },
    { title: "median", align: "right", cell: ({ server }) => `${server.median.toFixed(2)} ms` },
    { title: "p99", align: "right", cell: ({ server }) => `${server.p99.toFixed(1)} ms` },
    { title: "indexed in", align: "right", cell: ({ server }) => `${server.indexed.toFixed(0)} ms` },
    {
      title: "start to first answer",
      align: "right",
      cell: ({ server }) => `${server.firstAnswer.toFixed(0)} ms`,
    },
    { title: "memory", align: "right", cell: ({ server }) => megabytes(server.memory) },
  ]),
);
console.log("\nThe browser's worker:");
console.log(
  formatTable(rows, [
    { title: "ids", align: "right", cell: ({ ids }) => ids.toLocaleString("en") },
    { title: "first answer", align: "right", cell: ({ browser }) => `${browser.firstAnswer.toFixed(0)} ms` },
    { title: "requests", align: "right", cell: ({ browser }) => String(browser.firstRequests) },
    { title: "loaded", align: "right", cell: ({ browser }) => megabytes(browser.firstBytes) },
    { title: "compressed", align: "right", cell: ({ browser }) => megabytes(browser.firstWireBytes) },
    { title: "p99 of others", align: "right", cell: ({ browser }) => `${browser.p99.toFixed(1)} ms` },
    {
      title: "most for one, compressed",
      align: "right",
      cell: ({ browser }) => megabytes(browser.mostWireBytes),
    },
    {
      title: "word shards",
      align: "right",
      cell: ({ words }) => (words === undefined ? "none" : String(words.shards)),
    },
    {
      title: "their size",
      align: "right",
      cell: ({ words }) => (words === undefined ? "" : megabytes(words.bytes)),
    },
    {
      title: "largest",
      align: "right",
      cell: ({ words }) => (words === undefined ? "" : megabytes(words.largest)),
    },
  ]),
);

function measureFeed(ids: number): Row {
  const folder = mkdtempSync(path.join(tmpdir(), "nupress-bench-search-"));
  try {
    const entries = makeEntries(ids);
    const words = writeSearchDocuments(folder, entries);
    const questions = path.join(folder, "questions.json");
    writeFileSync(questions, JSON.stringify(makeQuestions(entries, questionCount)));
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the program prints these
    const server = run(
      "measure-server.js",
      path.join(folder, "v3/search/shards"),
      questions,
    ) as ServerFigures;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the program prints these
    const browser = run("measure-browser.js", folder, questions) as BrowserFigures;
    return { ids, server, browser, words };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A process of its own, so that memory is what searching takes. */
function run(program: string, ...parameters: readonly string[]): unknown {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [file, ...parameters], { encoding: "utf8" }));
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 2 : 0)} MB`;
}
