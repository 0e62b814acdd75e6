/**
 * Reads the facts files of the sources: `packages.json`, which wins, and `upstream.json`.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../errors.js";
import { type FactsById, parseFactsFile } from "../feed/facts-file.js";
import type { Problem } from "./options.js";

const OWN = "packages.json";
const UPSTREAM = "upstream.json";

/** One facts file; plain data, so that threads can be given it. */
export interface FactsText {
  /** What messages call it. */
  readonly file: string;
  readonly text: string;
}

export interface SourceFacts {
  /** The file that wins comes first. */
  readonly files: readonly FactsById[];
  /** What somebody wrote by hand: each `packages.json`, by the name that messages call it. */
  readonly byHand: ReadonlyMap<string, FactsById>;
  readonly problems: readonly Problem[];
}

/**
 * @param folders absolute
 * @returns the files that are there, the one that wins first
 */
export async function readFactsFiles(folders: readonly string[]): Promise<FactsText[]> {
  const places = [OWN, UPSTREAM].flatMap((name) =>
    [...new Set(folders)].map((folder) => path.join(folder, name)),
  );
  return (await Promise.all(places.map(readFactsFile))).filter((file) => file !== undefined);
}

async function readFactsFile(place: string): Promise<FactsText | undefined> {
  const file = path.relative(process.cwd(), place);
  try {
    return { file, text: await readFile(place, "utf8") };
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new FeedError("facts-invalid", `Cannot read "${file}": ${String(error)}`, { cause: error });
  }
}

/** @throws FeedError `facts-invalid` */
export function parseSourceFacts(texts: readonly FactsText[]): SourceFacts {
  const parsed = texts.map(({ file, text }) => ({ file, ...parseFactsFile(text, file) }));
  const byHand = parsed.filter(({ file }) => path.basename(file) === OWN);
  return {
    files: parsed.map(({ facts }) => facts),
    byHand: new Map(byHand.map(({ file, facts }) => [file, facts])),
    problems: parsed.flatMap(({ file, problems }) =>
      problems.map((message) => ({ severity: "problem", code: "facts-unknown", file, message })),
    ),
  };
}
