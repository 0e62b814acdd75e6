/**
 * The feed that all cases of one corpus work on.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import type { Bench } from "../bench.js";
import { type CorpusPackage, corpusPackage, extraId } from "../corpus.js";
import { writePackage } from "../corpus-folder.js";

/** Addresses of the same length, so that documents keep their size. */
export const baseUrls = ["https://a.example.com/feed/", "https://b.example.com/feed/"] as const;

/** Arguments that build `source` into `output`. */
export function buildArguments(
  { source, output }: Pick<Bench, "source" | "output">,
  baseUrl: string = baseUrls[0],
): string[] {
  return ["build", source, "--output", output, "--base-url", baseUrl, "--no-site", "--json", "--quiet"];
}

/** Brings the feed to match the corpus, whatever the case before left. */
export async function settle(bench: Bench): Promise<void> {
  await bench.nupress(...buildArguments(bench));
}

/** Puts a package into the corpus, at a place that {@link removeExtras} clears. */
export function addToCorpus(source: string, extra: CorpusPackage): void {
  writePackage(extrasFolder(source), extra);
}

/** Packages that this or an interrupted run added to the corpus. */
export function removeExtras(source: string): void {
  rmSync(extrasFolder(source), { recursive: true, force: true });
}

function extrasFolder(source: string): string {
  return path.join(source, "added");
}

const WARM_VERSIONS = 10;

/** Version `n` of an id that every corpus can be given: beyond the usual ten that it had before. */
export function nextVersion(n: number): CorpusPackage {
  return corpusPackage(addedId, WARM_VERSIONS + n);
}

/** Gives the corpus an id with ten versions, to which others are added; the same in corpora of every size. */
export async function settleWithAddedId(bench: Bench): Promise<void> {
  for (let n = 0; n < addedId.versions; n++) addToCorpus(bench.source, corpusPackage(addedId, n));
  await settle(bench);
}

const addedId = extraId("Contoso.Added", WARM_VERSIONS);
