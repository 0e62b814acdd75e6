/**
 * Tells problems, one line each.
 */
import type { Problem } from "../build/options.js";
import type { Verbosity } from "./command.js";
import type { Terminal } from "./terminal.js";

/** With `--quiet` only what changes the exit code; as JSON they are part of the result. */
export function reportProblems(
  problems: readonly Problem[],
  terminal: Terminal,
  { json, quiet }: Verbosity,
): void {
  if (json) return;
  for (const { severity, message, hint } of problems) {
    if (quiet && severity !== "problem") continue;
    terminal.labelled(severity, hint === undefined ? message : `${message} (${hint})`);
  }
}

export function hasProblems(problems: readonly Problem[]): boolean {
  return problems.some(({ severity }) => severity === "problem");
}
