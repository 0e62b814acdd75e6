/**
 * The benchmark of pushes: `node .bench/bench/push/main.js [--json] [--large <MB>] [packages …]`, see bench/push/README.md.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { corpusIds } from "../corpus.js";
import { makeCorpus } from "../corpus-folder.js";
import { measurePushes } from "./measure.js";
import { jsonReport, type PushRow, textReport } from "./report.js";
import { ownProgram } from "./server.js";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    large: { type: "string", default: "250" },
    count: { type: "string", default: "300" },
    program: { type: "string", default: ownProgram },
  },
});
const sizes = positionals.length > 0 ? positionals.map(Number) : [0, 10_000];
const rows: PushRow[] = [];
for (const size of sizes) rows.push(await measureFeed(size));
console.log(values.json ? jsonReport(rows) : textReport(rows));

async function measureFeed(packages: number): Promise<PushRow> {
  const work = mkdtempSync(path.join(tmpdir(), "nupress-bench-push-"));
  try {
    const folder = path.join(work, "feed");
    if (packages > 0) await buildFeed(packages, folder);
    const plan = { large: Number(values.large) * 1e6, count: Number(values.count) };
    return { packages, ...(await measurePushes(values.program, folder, plan)) };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function buildFeed(packages: number, folder: string): Promise<void> {
  const corpora = path.join(tmpdir(), "nupress-bench");
  const corpus = await makeCorpus(corpora, `packages-${packages}`, corpusIds(packages));
  const args = ["build", corpus, "--output", folder, "--base-url", "https://feed.example.com/"];
  execFileSync(process.execPath, [values.program, ...args], { stdio: ["ignore", "ignore", "inherit"] });
}
