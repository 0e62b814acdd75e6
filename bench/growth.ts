/**
 * How figures grow from one size of corpus to the next: what looks at everything must not grow faster than the corpus,
 * and what changes one package writes as many files in a large feed as in a small one.
 */
import { countOf, feedFiles } from "./feed-files.js";
import type { Goal } from "./goals.js";
import type { PlaceName } from "./place.js";
import type { CaseName, Row } from "./row.js";

export interface Growth {
  readonly title: string;
  readonly place: PlaceName;
  /** Packages. */
  readonly from: number;
  readonly to: number;
  readonly goal: Goal;
}

/** Times of one machine vary by this much from run to run. */
const NOISE = 1.1;

const linear: readonly CaseName[] = ["clean", "unchanged"];
const constant: readonly CaseName[] = ["build-one", "add-one"];

export function growthOf(rows: readonly Row[]): Growth[] {
  return [...linear, ...constant].flatMap((name) =>
    (["disk", "memory"] as const).flatMap((place) => {
      const series = rows
        .filter((row) => row.name === name && row.place === place)
        .sort((a, b) => a.packages - b.packages);
      return series.slice(1).map((row, i) => growth(series[i] ?? row, row));
    }),
  );
}

function growth(small: Row, large: Row): Growth {
  const { title, place } = large;
  const goal = linear.includes(large.name) ? linearCost(small, large) : sameFiles(small, large);
  return { title, place, from: small.packages, to: large.packages, goal };
}

function linearCost(small: Row, large: Row): Goal {
  const packages = large.packages / small.packages;
  const time = large.nupress.seconds / small.nupress.seconds;
  return { text: `time at most × ${packages} (× ${time.toFixed(1)})`, isMet: time <= packages * NOISE };
}

function sameFiles(small: Row, large: Row): Goal {
  const [few, many] = [writtenFiles(small), writtenFiles(large)];
  return { text: `as many files written (${few} and ${many})`, isMet: many <= few };
}

function writtenFiles({ written }: Row): number {
  return feedFiles(written.counts) + countOf(written.counts, "state");
}
