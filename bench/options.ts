/**
 * The flags of the benchmark.
 */
import { tmpdir } from "node:os";
import { parseArgs } from "node:util";
import type { PlaceName } from "./place.js";

export interface BenchOptions {
  /** Sizes of corpora. */
  readonly packages: readonly number[];
  /** How often each side of a case runs. */
  readonly runs: number;
  /** Names of cases; all where it is absent. */
  readonly only?: readonly string[];
  readonly places: readonly PlaceName[];
  /** Folder below which everything on the disk happens. */
  readonly disk: string;
  /** Folder of a memory file system. */
  readonly memory: string;
  /** The program to measure; the one in `src` where it is absent. */
  readonly program?: string;
  readonly json: boolean;
}

const placeNames: readonly PlaceName[] = ["disk", "memory"];

/** @throws Error with a sentence for whoever typed the arguments */
export function parseOptions(args: readonly string[], cases: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      packages: { type: "string", default: "1000,10000" },
      runs: { type: "string", default: "3" },
      only: { type: "string" },
      places: { type: "string", default: placeNames.join(",") },
      disk: { type: "string", default: tmpdir() },
      memory: { type: "string", default: "/dev/shm" },
      program: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  return {
    packages: split(values.packages).map((text) => wholeNumber("--packages", text)),
    runs: wholeNumber("--runs", values.runs),
    places: split(values.places).map((text) => oneOf("--places", text, placeNames)),
    disk: values.disk,
    memory: values.memory,
    json: values.json,
    ...(values.only !== undefined && {
      only: split(values.only).map((text) => oneOf("--only", text, cases)),
    }),
    ...(values.program !== undefined && { program: values.program }),
  };
}

function split(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

function wholeNumber(flag: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${flag} is "${text}", and needs a whole number`);
  return number;
}

function oneOf<T extends string>(flag: string, text: string, known: readonly T[]): T {
  const found = known.find((name) => name === text);
  if (found === undefined) throw new Error(`${flag} does not know "${text}"; known are ${known.join(", ")}`);
  return found;
}
