/**
 * A process that does what the browser's search worker does, with the same code, and counts what it loads. It prints
 * what it took as JSON: milliseconds, bytes.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { answerQuestion } from "../../templates/client/search/answer.js";
import { createIndexLoader } from "../../templates/client/search/index-loader.js";
import { percentile } from "./percentile.js";

export interface BrowserFigures {
  /** The first question: from asking to the answer, without a network. */
  readonly firstAnswer: number;
  readonly firstRequests: number;
  readonly firstBytes: number;
  /** As they go over the wire, compressed by gzip. */
  readonly firstWireBytes: number;
  /** Later questions. */
  readonly p99: number;
  /** The most that one later question loaded, compressed. */
  readonly mostWireBytes: number;
}

const [folder = "", questionFile = ""] = process.argv.slice(2);
let requests = 0;
let bytes = 0;
let wireBytes = 0;
/** Compressing is the host's work, not the browser's. */
let compressing = 0;

const loader = createIndexLoader(async (name) => {
  const body = readFileSync(path.join(folder, decodeURI(name)));
  const begun = performance.now();
  requests += 1;
  bytes += body.length;
  wireBytes += gzipSync(body).length;
  compressing += performance.now() - begun;
  return await Promise.resolve(new Response(body));
});

async function ask(query: string): Promise<number> {
  const begun = performance.now();
  compressing = 0;
  const question = { query, packageType: "", framework: "", prerelease: true, skip: 0, take: 20 };
  answerQuestion(await loader.load("https://feed.example.com/", query), question, "../");
  return performance.now() - begun - compressing;
}

const questions: unknown = JSON.parse(readFileSync(questionFile, "utf8"));
if (!Array.isArray(questions)) throw new Error("no questions");
const [first, ...others] = questions.map(String);
const firstAnswer = await ask(first ?? "");
const [firstRequests, firstBytes, firstWireBytes] = [requests, bytes, wireBytes];
const times: number[] = [];
let mostWireBytes = 0;
for (const question of others.slice(0, 500)) {
  wireBytes = 0;
  times.push(await ask(question));
  mostWireBytes = Math.max(mostWireBytes, wireBytes);
}
const figures: BrowserFigures = {
  firstAnswer,
  firstRequests,
  firstBytes,
  firstWireBytes,
  p99: percentile(times, 0.99),
  mostWireBytes,
};
console.log(JSON.stringify(figures));
