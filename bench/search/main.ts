/**
 * The benchmark of search: `node .bench/bench/search/main.js [--json] [ids …]`, see bench/search/README.md.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { writeSearchDocuments } from "./documents.js";
import { makeEntries } from "./entries.js";
import type { BrowserFigures } from "./measure-browser.js";
import type { HttpFigures } from "./measure-http.js";
import type { ServerFigures } from "./measure-server.js";
import { makeQuestions } from "./questions.js";
import { jsonReport, type SearchRow, textReport } from "./report.js";

const questionCount = 5000;
const flags = process.argv.slice(2);
const sizes = flags.filter((flag) => flag !== "--json").map(Number);
const rows = (sizes.length > 0 ? sizes : [1000, 10_000, 100_000]).map(measureFeed);
console.log(flags.includes("--json") ? jsonReport(rows) : textReport(rows));

function measureFeed(ids: number): SearchRow {
  const folder = mkdtempSync(path.join(tmpdir(), "nupress-bench-search-"));
  try {
    const entries = makeEntries(ids);
    const words = writeSearchDocuments(folder, entries);
    const questions = path.join(folder, "questions.json");
    writeFileSync(questions, JSON.stringify(makeQuestions(entries, questionCount)));
    return {
      ids,
      ...measureAll(folder, questions),
      ...(words && { words }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureAll(folder: string, questions: string): Pick<SearchRow, "http" | "server" | "browser"> {
  const shards = path.join(folder, "v3/search/shards");
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the program prints these
    http: run("measure-http.js", folder, questions) as HttpFigures,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the program prints these
    server: run("measure-server.js", shards, questions) as ServerFigures,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the program prints these
    browser: run("measure-browser.js", folder, questions) as BrowserFigures,
  };
}

/** A process of its own, so that memory is what searching takes. */
function run(program: string, ...parameters: readonly string[]): unknown {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return JSON.parse(execFileSync(process.execPath, [file, ...parameters], { encoding: "utf8" }));
}
