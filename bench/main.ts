/**
 * The entry of the benchmark: `npm run bench -- [flags]`, see bench/README.md.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { formatCount } from "../src/cli/numbers.js";
import { type Bench, programRunner } from "./bench.js";
import { removeExtras } from "./cases/feed.js";
import { BIG_ID_VERSIONS, bigId } from "./cases/one-added.js";
import { type BenchCase, cases } from "./cases.js";
import { corpusIds } from "./corpus.js";
import { thisMachine } from "./machine.js";
import { measure } from "./measure.js";
import { type BenchOptions, parseOptions } from "./options.js";
import { openPlace, type Place } from "./place.js";
import { jsonReport, textReport } from "./report.js";
import type { Row } from "./row.js";

/** One corpus at one place, and the cases to measure there. */
interface Round {
  readonly bench: Bench;
  readonly cases: readonly BenchCase[];
}

/** What users get, bundled from `src` just before. */
const bundledProgram = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

// The folder of a place is removed on the way out, which a signal alone would skip.
for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => process.exit(130));

const options = readOptions();
if (options !== undefined) await main(options);

/** @returns `undefined` when the flags are wrong, which the user was told */
function readOptions(): BenchOptions | undefined {
  const names = cases.map(({ name }) => name);
  try {
    return parseOptions(process.argv.slice(2), names);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
    return undefined;
  }
}

async function main(options: BenchOptions): Promise<void> {
  const rows: Row[] = [];
  const notes: string[] = [];
  const program = path.resolve(options.program ?? bundledProgram);
  for (const name of options.places) {
    const place = openPlace(name, options);
    if (place === undefined) {
      notes.push(`Not measured in memory: there is no folder ${options.memory}.`);
      continue;
    }
    try {
      const known = await knownCases(program, place, options, notes);
      for await (const round of rounds(program, place, known, options)) rows.push(...(await play(round)));
    } finally {
      place.remove();
    }
  }
  const result = { machine: thisMachine(), runs: options.runs, rows, notes: [...new Set(notes)] };
  console.log(options.json ? JSON.stringify(jsonReport(result)) : textReport(result));
}

async function knownCases(
  program: string,
  place: Place,
  { only }: BenchOptions,
  notes: string[],
): Promise<BenchCase[]> {
  const wanted = cases.filter(({ name }) => only?.includes(name) ?? true);
  const known: BenchCase[] = [];
  for (const one of wanted) {
    const help = await measure(program, [one.command, "--help"], place.work);
    if (help.stdout.startsWith(`nupress ${one.command} `)) known.push(one);
    else notes.push(`Not measured: ${one.title}, as this nupress has no command ${one.command}.`);
  }
  return known;
}

/** The corpora one after the other; what a round leaves is removed before the next one. */
async function* rounds(
  program: string,
  place: Place,
  known: readonly BenchCase[],
  { packages, runs, places }: BenchOptions,
): AsyncGenerator<Round> {
  const shared = known.filter(({ hasOwnCorpus }) => hasOwnCorpus !== true);
  const isLast = place.name === places.at(-1);
  const own = known.filter(({ hasOwnCorpus }) => hasOwnCorpus === true && isLast);
  const corpora = [
    ...packages.map((count) => ({
      name: `packages-${count}`,
      count,
      ids: () => corpusIds(count),
      cases: shared,
    })),
    { name: `one-id-${BIG_ID_VERSIONS}`, count: BIG_ID_VERSIONS, ids: () => [bigId], cases: own },
  ];
  for (const { name, count, ids, cases } of corpora) {
    if (cases.length === 0) continue;
    console.error(`${formatCount(count)} packages, ${place.name}: corpus`);
    const source = await place.corpus(name, ids());
    removeExtras(source);
    const output = path.join(place.work, `feed-${count}`);
    const nupress = programRunner(program, place);
    yield { bench: { place, runs, source, output, packages: count, nupress }, cases };
    removeExtras(source);
    place.clear();
  }
}

async function play({ bench, cases }: Round): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, title, measure } of cases) {
    console.error(`${formatCount(bench.packages)} packages, ${bench.place.name}: ${title}`);
    rows.push({
      name,
      title,
      place: bench.place.name,
      packages: bench.packages,
      ...(await measure(bench)),
    });
  }
  return rows;
}
