/**
 * A process that does what a server does: loads all search shards of a folder and answers questions. It prints what
 * it took as JSON: milliseconds, bytes.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { listOf } from "../../src/feed/parsed-json.js";
import type { SearchEntry } from "../../src/feed/search-entry.js";
import { createSearchIndex, replaceShard, search } from "../../src/search/index.js";
import { percentile } from "./percentile.js";

export interface ServerFigures {
  /** From the start of the process. */
  readonly firstAnswer: number;
  readonly indexed: number;
  readonly perSecond: number;
  /** The same by the time of the processor, which other programs do not disturb. */
  readonly perProcessorSecond: number;
  readonly median: number;
  readonly p99: number;
  readonly memory: number;
}

const [folder = "", questionFile = ""] = process.argv.slice(2);
const filters = { prerelease: true, semVer2: true };

const started = performance.now();
const index = createSearchIndex();
for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
  if (!/^\d+[\\/]\d+\.json$/.test(name)) continue;
  const shard: unknown = JSON.parse(readFileSync(path.join(folder, name), "utf8"));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the benchmark wrote them
  replaceShard(index, name, (listOf(shard, "entries") ?? []) as readonly SearchEntry[]);
}
const indexed = performance.now() - started;
search(index, "first", filters);
const firstAnswer = performance.now();

const questions: unknown = JSON.parse(readFileSync(questionFile, "utf8"));
if (!Array.isArray(questions)) throw new Error("no questions");
const times: number[] = [];
const processor = process.cpuUsage();
const begun = performance.now();
for (const question of questions) {
  const asked = performance.now();
  search(index, String(question), filters);
  times.push(performance.now() - asked);
}
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(processor);
const figures: ServerFigures = {
  firstAnswer,
  indexed,
  perSecond: questions.length / seconds,
  perProcessorSecond: (questions.length * 1e6) / (user + system),
  median: percentile(times, 0.5),
  p99: percentile(times, 0.99),
  // Kibibytes on all systems.
  memory: process.resourceUsage().maxRSS * 1024,
};
console.log(JSON.stringify(figures));
