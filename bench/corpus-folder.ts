/**
 * Writes a corpus into a folder, once, by threads that take every n-th package.
 */
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { buildPackage } from "../test/support/package-builder.js";
import { CORPUS_VERSION, type CorpusId, type CorpusPackage, corpusPackage } from "./corpus.js";

interface CorpusShare {
  readonly folder: string;
  readonly ids: readonly CorpusId[];
  /** This thread's share: every package whose number gives this remainder. */
  readonly remainder: number;
  readonly threads: number;
}

/** Makes a folder with all packages of the ids unless it is there already; `name` tells corpora apart. */
export async function makeCorpus(parent: string, name: string, ids: readonly CorpusId[]): Promise<string> {
  const folder = path.join(parent, name);
  const mark = `${folder}.version`;
  if (isMade(mark)) return folder;
  rmSync(folder, { recursive: true, force: true });
  const threads = availableParallelism();
  await Promise.all(
    Array.from({ length: threads }, async (_, remainder) => {
      const share: CorpusShare = { folder, ids, remainder, threads };
      await once(new Worker(new URL(import.meta.url), { workerData: share }), "exit");
    }),
  );
  writeFileSync(mark, String(CORPUS_VERSION));
  return folder;
}

/** @returns the absolute path of the package */
export function writePackage(folder: string, { file, options }: CorpusPackage): string {
  const place = path.join(folder, file);
  mkdirSync(path.dirname(place), { recursive: true });
  writeFileSync(place, buildPackage(options));
  return place;
}

function isMade(mark: string): boolean {
  try {
    return readFileSync(mark, "utf8") === String(CORPUS_VERSION);
  } catch {
    return false;
  }
}

function writeShare({ folder, ids, remainder, threads }: CorpusShare): void {
  let number = 0;
  for (const corpusId of ids) {
    for (let n = 0; n < corpusId.versions; n++) {
      if (number++ % threads === remainder) writePackage(folder, corpusPackage(corpusId, n));
    }
  }
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `makeCorpus` gives nothing else
if (!isMainThread) writeShare(workerData as CorpusShare);
