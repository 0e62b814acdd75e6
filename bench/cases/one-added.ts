/**
 * One package more: found by a build, or named to `nupress add`.
 */
import { type Bench, compete } from "../bench.js";
import { corpusPackage, extraId } from "../corpus.js";
import { writePackage } from "../corpus-folder.js";
import { NOTHING } from "../limit-plan.js";
import type { Measured } from "../row.js";
import { addToCorpus, buildArguments, nextVersion, settle, settleWithAddedId } from "./feed.js";

export async function measureBuildOne(bench: Bench): Promise<Measured> {
  await settleWithAddedId(bench);
  return await compete(bench, {
    prepare: (run) => addToCorpus(bench.source, nextVersion(run)),
    nupress: () => buildArguments(bench),
    limit: [["look", bench.source]],
    output: bench.output,
  });
}

/** The limit is a process that does nothing: an addition need not look at the corpus. */
export async function measureAddOne(bench: Bench): Promise<Measured> {
  await settleWithAddedId(bench);
  const version = (run: number) => nextVersion(bench.runs + run);
  const file = (run: number) => writePackage(bench.place.work, version(run));
  return await compete(bench, {
    nupress: (run) => ["add", file(run), "--output", bench.output, "--json", "--quiet"],
    limit: NOTHING,
    output: bench.output,
  });
}

export const BIG_ID_VERSIONS = 5000;

export const bigId = extraId("Contoso.Big", BIG_ID_VERSIONS);

/** `bench` is of a corpus that holds nothing but {@link bigId}. */
export async function measureBigId(bench: Bench): Promise<Measured> {
  await settle(bench);
  return await compete(bench, {
    prepare: (run) => addToCorpus(bench.source, corpusPackage(bigId, BIG_ID_VERSIONS + run)),
    nupress: () => buildArguments(bench),
    limit: [["look", bench.source]],
    output: bench.output,
  });
}
