/**
 * Where is measured: a folder on the disk, and one in memory, where the disk hides nothing.
 */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import type { CorpusId } from "./corpus.js";
import { makeCorpus } from "./corpus-folder.js";
import type { BenchOptions } from "./options.js";

export type PlaceName = "disk" | "memory";

export interface Place {
  readonly name: PlaceName;
  /** For the outputs of this run. */
  readonly work: string;
  /** Gives the folder of a corpus, which is made when it is missing. */
  readonly corpus: (name: string, ids: readonly CorpusId[]) => Promise<string>;
  /** Lets the disk finish what was written, so that no run pays for the one before. */
  readonly rest: () => void;
  /** Empties the working folder. */
  readonly clear: () => void;
  /** Removes everything but the corpora on the disk, which later runs use again. */
  readonly remove: () => void;
}

/** `undefined` where this machine has no such place. */
export function openPlace(name: PlaceName, options: BenchOptions): Place | undefined {
  const disk = path.join(options.disk, "nupress-bench");
  return name === "disk" ? diskPlace(disk) : memoryPlace(options.memory, disk);
}

function diskPlace(folder: string): Place {
  const work = makeWork(folder);
  return {
    name: "disk",
    work,
    corpus: async (name, ids) => await makeCorpus(folder, name, ids),
    rest: () => {
      spawnSync("sync");
    },
    clear: () => clear(work),
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

function memoryPlace(parent: string, disk: string): Place | undefined {
  if (!existsSync(parent)) return undefined;
  const work = makeWork(path.join(parent, "nupress-bench"));
  return {
    name: "memory",
    work,
    corpus: async (name, ids) => {
      const folder = path.join(work, name);
      if (!existsSync(folder)) cpSync(await makeCorpus(disk, name, ids), folder, { recursive: true });
      return folder;
    },
    rest: () => {},
    clear: () => clear(work),
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

function clear(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
}

function makeWork(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(folder, "work-"));
  process.once("exit", () => rmSync(work, { recursive: true, force: true }));
  return work;
}
