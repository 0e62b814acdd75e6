/** Starts the program as users do, and strikes when it first touches a certain file. */
import { fileURLToPath } from "node:url";
import { type ProcessResult, type RunOptions, runProcess } from "./run-process.js";

const mainPath = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const hookPath = new URL("process-hook.mjs", import.meta.url).href;

/** Where to strike, at the first of these calls with a path that fits, and how. */
export interface Strike {
  /** Names of functions of `node:fs` and `node:fs/promises`, separated by spaces. */
  readonly calls: string;
  /** A regular expression. */
  readonly path: string;
  /** Sent to the process, separated by spaces. */
  readonly signals?: string;
  /** A folder that vanishes. */
  readonly remove?: string;
}

/** @throws Error when the program ended without touching such a file */
export async function runStruck(
  args: readonly string[],
  { calls, path, signals = "", remove = "" }: Strike,
  options: RunOptions = {},
): Promise<ProcessResult> {
  const variables = { HOOK_CALLS: calls, HOOK_PATH: path, HOOK_SIGNALS: signals, HOOK_REMOVE: remove };
  const env = { ...process.env, ...variables };
  const result = await runProcess(process.execPath, ["--import", hookPath, mainPath, ...args], {
    ...options,
    env,
  });
  if (!result.stderr.includes("struck at ")) throw new Error(`never came to ${path}:\n${result.stderr}`);
  return result;
}
