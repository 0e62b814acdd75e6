/**
 * The benchmark of the worker: `node .bench/bench/worker/main.js [--json] [ids …]`, see bench/worker/README.md.
 */
import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { Miniflare } from "miniflare";
import type { R2Bucket } from "../../src/store/r2/binding.js";
import { searchDocuments } from "../search/documents.js";
import { makeEntries } from "../search/entries.js";
import { makeQuestions } from "../search/questions.js";

const bundle = "dist/worker.js";
const questionCount = 300;

interface WorkerRow {
  readonly ids: number;
  /** Processor milliseconds from the first question to its answer, less those of a question that finds it loaded. */
  readonly loading: number;
  /** Milliseconds until the first question was answered. */
  readonly firstAnswer: number;
  /** Processor milliseconds of one question, the runtime's own included. */
  readonly question: number;
  /** Bytes of the whole runtime with one isolate. */
  readonly memory: number;
}

const flags = process.argv.slice(2);
const sizes = flags.filter((flag) => flag !== "--json").map(Number);
const bytes = readFileSync(bundle);
const size = { plain: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length };
const rows: WorkerRow[] = [];
for (const ids of sizes.length > 0 ? sizes : [1000, 10_000]) rows.push(await measure(ids));
console.log(flags.includes("--json") ? JSON.stringify({ size, rows }) : textReport());

async function measure(ids: number): Promise<WorkerRow> {
  const entries = makeEntries(ids);
  const miniflare = new Miniflare({
    modules: true,
    scriptPath: bundle,
    compatibilityDate: "2025-06-01",
    r2Buckets: ["BUCKET"],
    bindings: { NUPRESS_BASE_URL: "https://feed.example.com/" },
    handleRuntimeStdio: (...streams: NodeJS.ReadableStream[]) => {
      for (const stream of streams) stream.resume();
    },
  });
  try {
    const url = await miniflare.ready;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: its types are in a package that is not needed otherwise
    const bucket = (await miniflare.getR2Bucket("BUCKET")) as unknown as R2Bucket;
    for (const { path, body } of searchDocuments(entries)) await bucket.put(path, body);
    const ask = async (question: string): Promise<void> => {
      const address = new URL(`v3/search/query?q=${encodeURIComponent(question)}&prerelease=true`, url);
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(`${address.href}: ${answer.status}`);
      await answer.arrayBuffer();
    };
    await fetch(new URL("health/live", url));
    const before = used();
    const started = performance.now();
    await ask("json");
    const firstAnswer = performance.now() - started;
    const loaded = used();
    const questions = makeQuestions(entries, questionCount);
    for (const question of questions) await ask(question);
    const after = used();
    const question = (after.processor - loaded.processor) / questions.length;
    return {
      ids,
      loading: loaded.processor - before.processor - question,
      firstAnswer,
      question,
      memory: after.memory,
    };
  } finally {
    await miniflare.dispose();
  }
}

/** Of the runtime, which is the one child of this process; where Linux tells it. */
function used(): { readonly processor: number; readonly memory: number } {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    const fields = statOf(pid);
    if (fields === undefined || Number(fields[1]) !== process.pid) continue;
    const ticks = Number(fields[11]) + Number(fields[12]);
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return { processor: ticks * 10, memory: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024 };
  }
  throw new Error("the runtime is not among the processes that this one started");
}

/** The fields behind the name, which may hold anything. */
function statOf(pid: string): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}

function textReport(): string {
  const kilobytes = (count: number): string => `${Math.round(count / 1000)} kB`;
  const header =
    "| ids | loading, processor | first answer | a question, processor | memory |\n| --- | ---: | ---: | ---: | ---: |";
  const lines = rows.map(
    ({ ids, loading, firstAnswer, question, memory }) =>
      `| ${ids} | ${Math.round(loading)} ms | ${Math.round(firstAnswer)} ms | ${question.toFixed(1)} ms | ${Math.round(memory / 1_000_000)} MB |`,
  );
  return `The bundle has ${kilobytes(size.plain)}, compressed ${kilobytes(size.gzip)}\n\n${[header, ...lines].join("\n")}`;
}
