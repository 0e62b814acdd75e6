/**
 * Tells what went wrong: to people as lines, to programs as JSON.
 */
import { RefusedBuildError } from "../build/guards.js";
import { FeedError } from "../errors.js";
import type { CommandContext, Verbosity } from "./command.js";
import { isInterruption } from "./exit-code.js";
import { reportProblems } from "./report-problems.js";

/** Where this program's version and address for reports come from. */
export interface ProgramInfo {
  readonly version: string;
  /** Where to report defects. */
  readonly reportTo: string;
}

export function reportError(
  error: unknown,
  { terminal, signal }: Pick<CommandContext, "terminal" | "signal">,
  verbosity: Verbosity,
  program: ProgramInfo,
): void {
  const told = isInterruption(error, signal) ? interrupted() : error;
  if (verbosity.json) return terminal.result(JSON.stringify(errorJson(told)));
  if (told instanceof RefusedBuildError) reportProblems(told.problems, terminal, verbosity);
  if (!(told instanceof FeedError)) {
    terminal.labelled("error", told instanceof Error ? told.message : String(told));
    if (told instanceof Error) terminal.news(stackOf(told));
    terminal.labelled("hint", defectHint(program));
    return;
  }
  terminal.labelled("error", told.message);
  if (verbosity.verbose && told.cause instanceof Error) terminal.news(`cause: ${stackOf(told.cause)}`);
  if (told.hint !== undefined) terminal.labelled("hint", told.hint);
}

function interrupted(): FeedError {
  return new FeedError("interrupted", "Interrupted before the end", {
    hint: "what was there is still whole; run the command again to go on",
  });
}

/** The trace, and what caused it. */
function stackOf(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by ${stackOf(error.cause)}` : stack;
}

function defectHint({ version, reportTo }: ProgramInfo): string {
  return `this is a defect of nupress ${version}; please report it with the lines above ${reportTo}`;
}

function errorJson(error: unknown): object {
  if (!(error instanceof FeedError)) {
    const [message, stack] =
      error instanceof Error ? [error.message, stackOf(error)] : [String(error), undefined];
    return { error: { code: "defect", message, ...(stack !== undefined && { stack }) } };
  }
  const { code, message, hint } = error;
  return {
    error: { code, message, ...(hint !== undefined && { hint }) },
    ...(error instanceof RefusedBuildError && { problems: error.problems }),
  };
}
