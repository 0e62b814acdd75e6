/**
 * One run of the program: arguments in, exit code out. Nothing here touches the process, so that tests can run it.
 */
import type { CommandContext, CommandSpec, Verbosity } from "./command.js";
import { verbosityOf } from "./command.js";
import { DONE, type ExitCode, exitCodeOf } from "./exit-code.js";
import { parseArguments } from "./program.js";
import { type ProgramInfo, reportError } from "./report-error.js";
import { usageError } from "./usage-error.js";

const commands: ReadonlyMap<string, () => Promise<CommandSpec>> = new Map([
  ["build", async () => (await import("./commands/build.js")).buildCommand],
  ["add", async () => (await import("./commands/add.js")).addCommand],
  ["serve", async () => (await import("./commands/serve.js")).serveCommand],
  ["verify", async () => (await import("./commands/verify.js")).verifyCommand],
  ["inspect", async () => (await import("./commands/inspect.js")).inspectCommand],
  ["unlock", async () => (await import("./commands/unlock.js")).unlockCommand],
  ["log", async () => (await import("./commands/log.js")).logCommand],
  ["key", async () => (await import("./commands/key.js")).keyCommand],
]);

/** Of a command that is named only that one: loading all of them would take longer than a small one runs. */
async function loadCommands([first = ""]: readonly string[]): Promise<CommandSpec[]> {
  const named = commands.get(first);
  const wanted = named === undefined ? [...commands.values()] : [named];
  return await Promise.all(wanted.map(async (load) => await load()));
}

/** Runs the command that the arguments name, and tells what goes wrong. */
export async function run(
  args: readonly string[],
  context: CommandContext,
  program: ProgramInfo,
): Promise<ExitCode> {
  // Until the command line is understood, this is the best guess at how to tell that it is not.
  let verbosity: Verbosity = { json: args.includes("--json"), quiet: false, verbose: false };
  try {
    const invocation = await parseArguments(args, await loadCommands(args), program.version);
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
