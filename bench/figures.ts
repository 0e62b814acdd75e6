/**
 * From single runs to the figures of a row.
 */
import type { Usage } from "./measure.js";

/** The middle one of `values`, or the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Medians of times; of memory the most, since a ceiling holds for every run. */
export function summarize(usages: readonly Usage[]): Usage {
  return {
    seconds: median(usages.map(({ seconds }) => seconds)),
    cpuSeconds: median(usages.map(({ cpuSeconds }) => cpuSeconds)),
    peakMemory: Math.max(...usages.map(({ peakMemory }) => peakMemory)),
  };
}
