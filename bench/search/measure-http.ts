/**
 * A process that starts a server of its own for search and asks it over HTTP. It prints what came of it as JSON:
 * milliseconds, bytes.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Agent } from "node:http";
import { fileURLToPath } from "node:url";
import { property } from "../../src/feed/parsed-json.js";
import { ask, fullLoad, type LoadFigures, pacedLoad } from "./load.js";
import { percentile } from "./percentile.js";

export interface HttpFigures {
  /** From the start of the server's process. */
  readonly firstAnswer: number;
  /** As many as there can be. */
  readonly perSecond: number;
  /** The same by the time that the server's processors worked. */
  readonly perProcessorSecond: number;
  readonly perSecondCompressed: number;
  /** At which the times below were taken: 1,000 questions a second, or what the server can do at ease. */
  readonly rate: number;
  readonly median: number;
  readonly p99: number;
  readonly memory: number;
}

const goal = 1000;
/** Of what a server can do: questions that come at random times would wait too long beyond it. */
const ease = 0.7;
const count = 20_000;
const mostMilliseconds = 30_000;

const [folder = "", questionFile = ""] = process.argv.slice(2);
const started = performance.now();
const server = fork(fileURLToPath(new URL("serve-http.js", import.meta.url)), [folder]);
try {
  console.log(JSON.stringify(await measure(server)));
} finally {
  server.disconnect();
}

async function measure(server: ChildProcess): Promise<HttpFigures> {
  const port = Number(await answerOf(server));
  const addresses = readQuestions().map((question) => addressOf(port, question));
  await ask(addresses[0] ?? "", new Agent(), {});
  const firstAnswer = performance.now() - started;
  const before = await processorOf(server);
  const full = await fullLoad({ addresses, count, mostMilliseconds });
  const processor = (await processorOf(server)) - before;
  const rate = Math.min(goal, ease * perSecond(full));
  const { times } = await pacedLoad({ addresses, count: count / 2, mostMilliseconds }, rate);
  const headers = { "Accept-Encoding": "gzip" };
  const compressed = await fullLoad({ addresses, count: count / 4, mostMilliseconds, headers });
  return {
    firstAnswer,
    perSecond: perSecond(full),
    perProcessorSecond: (full.times.length * 1000) / processor,
    perSecondCompressed: perSecond(compressed),
    rate,
    median: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    memory: Number(property(await usedBy(server), "memory")),
  };
}

function readQuestions(): string[] {
  const questions: unknown = JSON.parse(readFileSync(questionFile, "utf8"));
  if (!Array.isArray(questions)) throw new Error("no questions");
  return questions.map(String);
}

function addressOf(port: number, question: string): string {
  const filters = "prerelease=true&semVerLevel=2.0.0";
  return `http://127.0.0.1:${port}/v3/search/query?q=${encodeURIComponent(question)}&skip=0&take=20&${filters}`;
}

function perSecond({ times, took }: LoadFigures): number {
  return (times.length * 1000) / took;
}

async function processorOf(server: ChildProcess): Promise<number> {
  return Number(property(await usedBy(server), "processor"));
}

/** See `UsedByServer`. */
async function usedBy(server: ChildProcess): Promise<unknown> {
  server.send("used");
  return await answerOf(server);
}

async function answerOf(server: ChildProcess): Promise<unknown> {
  const [message]: unknown[] = await once(server, "message", { signal: AbortSignal.timeout(60_000) });
  return message;
}
