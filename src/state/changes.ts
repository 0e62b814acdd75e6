/**
 * Compares the outputs that are wanted with those that the state says are there.
 */
import type { Digest } from "../feed/digest.js";
import type { FeedPath } from "../feed/urls.js";
import { type OutputMark, type Outputs, outputPaths } from "./id-state.js";

/** Anything that is to lie at a path. */
export interface WantedOutput {
  readonly path: FeedPath;
  readonly digest: Digest;
}

export type WriteKind = "create" | "replace";

export interface Write<T> {
  readonly kind: WriteKind;
  readonly output: T;
}

export interface OutputPlan<T> {
  /** In the order in which they were wanted. */
  readonly writes: readonly Write<T>[];
  /** What to record before the first write: old and intended paths, those under way marked `?`. */
  readonly intended: Outputs;
  /** What to record after the last write. */
  readonly written: Outputs;
  /** Recorded paths that are not wanted any more. */
  readonly obsolete: readonly FeedPath[];
}

/**
 * @param recorded outputs of the last rendering, and obsolete ones that still lie there
 * @param wanted at most once per path
 */
export function planOutputs<T extends WantedOutput>(
  recorded: Outputs,
  obsoleteBefore: readonly FeedPath[],
  wanted: readonly T[],
): OutputPlan<T> {
  const intended: Record<FeedPath, OutputMark> = { ...recorded };
  const written: Record<FeedPath, OutputMark> = {};
  const writes: Write<T>[] = [];
  const left = new Set(obsoleteBefore);
  for (const output of wanted) {
    const mark = recorded[output.path];
    if (mark !== output.digest) {
      writes.push({ kind: mark === undefined && !left.has(output.path) ? "create" : "replace", output });
      intended[output.path] = "?";
    }
    written[output.path] = output.digest;
    left.delete(output.path);
  }
  for (const path of outputPaths(recorded)) if (written[path] === undefined) left.add(path);
  return { writes, intended, written, obsolete: [...left].sort() };
}
