/**
 * One run of the program: arguments in, exit code out. Nothing here touches the process, so that tests can run it.
 */
import type { CommandContext, CommandSpec, Verbosity } from "./command.js";
import { verbosityOf } from "./command.js";
import { buildCommand } from "./commands/build.js";
import { inspectCommand } from "./commands/inspect.js";
import { serveCommand } from "./commands/serve.js";
import { DONE, type ExitCode, exitCodeOf } from "./exit-code.js";
import { parseArguments } from "./program.js";
import { type ProgramInfo, reportError } from "./report-error.js";
import { usageError } from "./usage-error.js";

const commands: readonly CommandSpec[] = [buildCommand, serveCommand, inspectCommand];

/** Runs the command that the arguments name, and tells what goes wrong. */
export async function run(
  args: readonly string[],
  context: CommandContext,
  program: ProgramInfo,
): Promise<ExitCode> {
  // Until the command line is understood, this is the best guess at how to tell that it is not.
  let verbosity: Verbosity = { json: args.includes("--json"), quiet: false, verbose: false };
  try {
    const invocation = await parseArguments(args, commands, program.version);
    if (invocation.kind === "text") {
      context.terminal.result(invocation.text);
      return DONE;
    }
    verbosity = verbosityOf(invocation.input);
    if (verbosity.quiet && verbosity.verbose) throw usageError("--quiet and --verbose exclude each other");
    return await invocation.command.run(invocation.input, context);
  } catch (error) {
    reportError(error, context, verbosity, program);
    return exitCodeOf(error, context.signal);
  }
}
