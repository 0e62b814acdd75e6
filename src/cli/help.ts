/**
 * The texts that help, laid out by yargs. It is loaded only when somebody asks for them: understanding a command line is
 * Node's own business, and yargs takes longer to load than most commands to run.
 */
import yargs, { type Argv } from "yargs";
import type { CommandSpec } from "./command.js";
import { exitCodeHelp } from "./exit-code.js";

const MOST_COLUMNS = 100;

/** The help of one command; of the program when there is none. */
export async function helpText(
  command: CommandSpec | undefined,
  commands: readonly CommandSpec[],
): Promise<string> {
  const program = createProgram();
  if (command !== undefined) return await describeCommand(program, command).getHelp();
  program
    .usage("$0 <command>\n\nTurns a folder of NuGet packages into a feed of plain files.")
    .epilogue(`nupress <command> --help tells what a command can do.\n\n${exitCodeHelp}`);
  for (const { name, positional, describe } of commands)
    program.command(`${name} ${positional.usage}`, describe, (builder) => builder);
  return await program.getHelp();
}

function createProgram(): Argv {
  const program = yargs();
  return program
    .scriptName("nupress")
    .locale("en")
    .wrap(Math.min(MOST_COLUMNS, program.terminalWidth() || MOST_COLUMNS))
    .exitProcess(false)
    .version("")
    .help()
    .alias("help", "h");
}

function describeCommand(builder: Argv, command: CommandSpec): Argv {
  const { usage, name, describe } = command.positional;
  builder
    .usage(`$0 ${command.name} ${usage}\n\n${command.describe}.\n\n  ${name}  ${describe}`)
    .epilogue(`${exampleText(command)}\n\n${exitCodeHelp}`);
  for (const { name, kind, describe, group } of command.flags) {
    if (kind === "switch") builder.option(name, { type: "boolean", describe, group });
    else builder.option(name, { type: "string", requiresArg: true, describe, group });
  }
  return builder;
}

/** Whole lines, which can be copied: yargs would break them into columns. */
function exampleText({ examples }: CommandSpec): string {
  return ["Examples:", ...examples.map(({ line, describe }) => `  # ${describe}\n  ${line}`)].join("\n");
}
