/**
 * What the web site costs: the same with it and, as limit, without it.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { type Bench, compete } from "../bench.js";
import type { Measured } from "../row.js";
import { addToCorpus, buildArguments, nextVersion, removeExtras, settleWithAddedId } from "./feed.js";

/** A clean build. */
export async function measureSite(bench: Bench): Promise<Measured> {
  const [sited, plain] = outputs(bench);
  const measured = await compete(bench, {
    prepare: () => remove(sited, plain),
    nupress: () => withSite(bench, sited),
    limit: { nupress: buildArguments({ ...bench, output: plain }) },
    output: sited,
  });
  remove(sited, plain);
  return measured;
}

/** One version of an id is added. */
export async function measureSiteOne(bench: Bench): Promise<Measured> {
  const [sited, plain] = outputs(bench);
  remove(sited, plain);
  // Earlier cases leave versions there that would be no news.
  removeExtras(bench.source);
  await settleWithAddedId({ ...bench, output: plain });
  await bench.nupress(...withSite(bench, sited));
  const measured = await compete(bench, {
    prepare: (run) => addToCorpus(bench.source, nextVersion(run)),
    nupress: () => withSite(bench, sited),
    limit: { nupress: buildArguments({ ...bench, output: plain }) },
    output: sited,
  });
  removeExtras(bench.source);
  remove(sited, plain);
  return measured;
}

function outputs({ place }: Bench): [sited: string, plain: string] {
  return [path.join(place.work, "with-site"), path.join(place.work, "without-site")];
}

function remove(...folders: readonly string[]): void {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

function withSite(bench: Bench, output: string): string[] {
  return buildArguments({ ...bench, output }).filter((flag) => flag !== "--no-site");
}
