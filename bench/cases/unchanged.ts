/**
 * Builds of a feed that has nothing to change: as it is, and when every package file only looks new.
 */
import { utimesSync } from "node:fs";
import { type Bench, compete } from "../bench.js";
import { readAll } from "../limit-plan.js";
import type { Measured } from "../row.js";
import { packageFiles } from "./clean.js";
import { buildArguments, settle } from "./feed.js";

export async function measureUnchanged(bench: Bench): Promise<Measured> {
  await settle(bench);
  return await compete(bench, {
    nupress: () => buildArguments(bench),
    limit: [["look", bench.source]],
    output: bench.output,
  });
}

/** Every file has a new modification time, as after a fresh checkout; the limit is reading and hashing. */
export async function measureTouched(bench: Bench): Promise<Measured> {
  await settle(bench);
  const files = packageFiles(bench.source);
  return await compete(bench, {
    prepare: (run) => {
      const time = new Date(Date.UTC(2026, 0, 1 + run));
      for (const file of files) utimesSync(file, time, time);
    },
    nupress: () => buildArguments(bench),
    limit: readAll(files),
    output: bench.output,
  });
}
