/**
 * What a case of the benchmark has at hand, and how it runs both programs by turns.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { countFiles } from "./feed-files.js";
import { type FeedTree, readTree, writtenSince } from "./feed-tree.js";
import { summarize } from "./figures.js";
import { type LimitOperation, savePlan } from "./limit-plan.js";
import { type FinishedProcess, measure, type Usage } from "./measure.js";
import type { Place } from "./place.js";
import type { Measured, Written } from "./row.js";

export interface Bench {
  readonly place: Place;
  /** How often each side runs. */
  readonly runs: number;
  /** The corpus. */
  readonly source: string;
  /** The feed of the corpus. */
  readonly output: string;
  readonly packages: number;
  /** Runs the measured program; fails when it does not end with 0. */
  readonly nupress: (...args: readonly string[]) => Promise<Usage>;
}

/** Both sides of a case. */
export interface Contest {
  /** Before both of a pair of runs, counted from 0; not measured. */
  readonly prepare?: (run: number) => Promise<void> | void;
  /** Arguments of the measured program. */
  readonly nupress: (run: number) => readonly string[];
  /** What the limit program does; or arguments of the measured program, for a case that compares it with itself. */
  readonly limit: readonly LimitOperation[] | { readonly nupress: readonly string[] };
  /** The feed that the program writes to. */
  readonly output: string;
}

const limitProgram = fileURLToPath(new URL("./limit.js", import.meta.url));

/** Runs `main`, an entry of nupress. */
export function programRunner(main: string, place: Place): Bench["nupress"] {
  return async (...args) => succeeded(await measure(main, args, place.work), `nupress ${args.join(" ")}`);
}

/** Runs both sides by turns, each as often as the bench says; who begins changes, since the second may find more cached. */
export async function compete(bench: Bench, contest: Contest): Promise<Measured> {
  const plan = path.join(bench.place.work, "limit-plan");
  if (!("nupress" in contest.limit)) savePlan(plan, contest.limit);
  const limit = async (): Promise<Usage> =>
    "nupress" in contest.limit
      ? await bench.nupress(...contest.limit.nupress)
      : succeeded(await measure(limitProgram, [plan], bench.place.work), "the limit program");
  const usages = { nupress: [] as Usage[], limit: [] as Usage[] };
  let written: Written | undefined;
  for (let run = 0; run < bench.runs; run++) {
    await contest.prepare?.(run);
    const before = run === bench.runs - 1 ? readTree(contest.output) : undefined;
    const sides = {
      nupress: async () => await bench.nupress(...contest.nupress(run)),
      limit,
    };
    for (const side of run % 2 === 0 ? (["limit", "nupress"] as const) : (["nupress", "limit"] as const)) {
      bench.place.rest();
      usages[side].push(await sides[side]());
    }
    if (before !== undefined) written = writtenBetween(before, readTree(contest.output));
  }
  if (written === undefined) throw new Error("a case runs at least once");
  return { nupress: summarize(usages.nupress), limit: summarize(usages.limit), written };
}

function writtenBetween(before: FeedTree, after: FeedTree): Written {
  const files = writtenSince(before, after);
  return {
    counts: countFiles(files.map((file) => file.path)),
    bytes: files.reduce((sum, { size }) => sum + size, 0),
    touchedStateFolder: before.stateFolder !== after.stateFolder,
  };
}

function succeeded({ exitCode, usage, stdout, stderr }: FinishedProcess, action: string): Usage {
  if (exitCode === 0) return usage;
  throw new Error(`${action} ended with ${exitCode}\n${stdout}${stderr}`);
}
