/**
 * Reads the facts files of the sources: `packages.json`, which wins, and `upstream.json`.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../errors.js";
import { type FactsById, type FactsFile, parseFactsFile } from "../feed/facts-file.js";
import type { Problem } from "./options.js";

const OWN = "packages.json";
const UPSTREAM = "upstream.json";

export interface SourceFacts {
  /** The file that wins comes first. */
  readonly files: readonly FactsById[];
  /** What somebody wrote by hand: each `packages.json`, by the name that messages call it. */
  readonly byHand: ReadonlyMap<string, FactsById>;
  readonly problems: readonly Problem[];
}

/** @throws FeedError `facts-invalid` */
export async function readFactsFiles(folders: readonly string[]): Promise<SourceFacts> {
  const places = [OWN, UPSTREAM].flatMap((name) =>
    [...new Set(folders)].map((folder) => path.join(folder, name)),
  );
  const files = (await Promise.all(places.map(readFactsFile))).filter((file) => file !== undefined);
  const byHand = files.filter(({ file }) => path.basename(file) === OWN);
  return {
    files: files.map(({ facts }) => facts),
    byHand: new Map(byHand.map(({ file, facts }) => [file, facts])),
    problems: files.flatMap(({ file, problems }) =>
      problems.map((message) => ({ severity: "problem", code: "facts-unknown", file, message })),
    ),
  };
}

async function readFactsFile(place: string): Promise<(FactsFile & { readonly file: string }) | undefined> {
  const file = path.relative(process.cwd(), place);
  try {
    return { file, ...parseFactsFile(await readFile(place, "utf8"), file) };
  } catch (error) {
    if (error instanceof FeedError) throw error;
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new FeedError("facts-invalid", `Cannot read "${file}": ${String(error)}`, { cause: error });
  }
}
