/**
 * The command line as yargs understands it: from arguments to a command and its input, or to a text to print.
 */
import yargs, { type Argv } from "yargs";
import type { FeedError } from "../errors.js";
import { nearestName } from "../nearest.js";
import type { CommandInput, CommandSpec, FlagSpec } from "./command.js";
import { exitCodeHelp } from "./exit-code.js";
import { usageError } from "./usage-error.js";

const MOST_COLUMNS = 100;

export type Invocation =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "command"; readonly command: CommandSpec; readonly input: CommandInput };

/**
 * Understands the arguments behind `nupress`.
 *
 * @throws FeedError `usage` for commands and flags that there are not
 */
export async function parseArguments(
  args: readonly string[],
  commands: readonly CommandSpec[],
  version: string,
): Promise<Invocation> {
  refuseInheritedNames(args);
  let text = "";
  let chosen: Invocation | undefined;
  const program = createProgram(version);
  for (const command of commands) {
    program.command(
      `${command.name} ${command.positional.usage}`,
      command.describe,
      (builder) => describeCommand(builder, command),
      (argv) => {
        assertSwitches(args, command);
        chosen = { kind: "command", command, input: readInput(argv, command) };
      },
    );
  }
  await program.parseAsync([...args], {}, (_error, _argv, output) => {
    text = output;
  });
  if (text !== "") return { kind: "text", text };
  if (chosen !== undefined) return chosen;
  throw unknownCommand(args, commands);
}

/** yargs stumbles over flags with the names of what every object has, such as `--constructor`. */
function refuseInheritedNames(args: readonly string[]): void {
  for (const arg of beforeDashes(args)) {
    const [, name] = /^--(?:no-)?([^=.]+)/.exec(arg) ?? [];
    if (name !== undefined && name in Object.prototype) throw usageError(`there is no option --${name}`);
  }
}

/** What stands behind `--` are paths. */
function beforeDashes(args: readonly string[]): readonly string[] {
  const end = args.indexOf("--");
  return end < 0 ? args : args.slice(0, end);
}

function createProgram(version: string): Argv {
  const program = yargs();
  return program
    .scriptName("nupress")
    .usage("$0 <command>\n\nTurns a folder of NuGet packages into a feed of plain files.")
    .locale("en")
    .wrap(Math.min(MOST_COLUMNS, program.terminalWidth() || MOST_COLUMNS))
    .exitProcess(false)
    .showHelpOnFail(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "populate--": true,
    })
    .version(version)
    .help()
    .alias("help", "h")
    .epilogue(`nupress <command> --help tells what a command can do.\n\n${exitCodeHelp}`)
    .fail((message, error) => {
      throw asUsageError(message) ?? error;
    });
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

function asUsageError(message: string | undefined): FeedError | undefined {
  if (!message) return undefined;
  const flag = /^Not enough arguments following: (.+)$/.exec(message)?.[1];
  return usageError(flag === undefined ? message : `--${flag} needs a value`);
}

function readInput(argv: Readonly<Record<string, unknown>>, command: CommandSpec): CommandInput {
  const { _: words, "--": rest, $0: _program, [command.positional.name]: positional, ...flags } = argv;
  // The first word is the command itself; what stands behind "--" is a path whatever it looks like.
  const positionals = [positional, wordsOf(words).slice(1), rest].flatMap(wordsOf);
  for (const name of Object.keys(flags)) assertFlag(name, command);
  return { positionals, flags: new Map(Object.entries(flags)) };
}

function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((word) => word !== undefined).map(String);
}

function assertFlag(name: string, command: CommandSpec): void {
  const flag = command.flags.find((flag) => flag.name === name);
  if (flag === undefined) {
    const dashes = name.length === 1 ? "-" : "--";
    throw usageError(`there is no option ${dashes}${name}`, hintFor(name, command.flags));
  }
}

/** yargs takes any value of a switch that is not "true" for false. */
function assertSwitches(args: readonly string[], command: CommandSpec): void {
  const switches = command.flags.filter(({ kind }) => kind === "switch").map(({ name }) => `--${name}`);
  for (const arg of beforeDashes(args)) {
    const [name = "", value] = arg.split("=");
    if (value === undefined || value === "true" || value === "false" || !switches.includes(name)) continue;
    throw usageError(`${name} takes no value`, `leave out "=${value}"`);
  }
}

function hintFor(name: string, flags: readonly FlagSpec[]): string | undefined {
  const nearest = nearestName(
    name,
    flags.map(({ name }) => name),
  );
  return nearest === undefined ? undefined : `did you mean --${nearest}?`;
}

function unknownCommand(args: readonly string[], commands: readonly CommandSpec[]): FeedError {
  const names = commands.map(({ name }) => name);
  const word = args.find((arg) => !arg.startsWith("-"));
  if (word === undefined) return usageError("no command was given", `known are ${names.join(", ")}`);
  const nearest = nearestName(word, names);
  const hint = nearest === undefined ? `known are ${names.join(", ")}` : `did you mean nupress ${nearest}?`;
  return usageError(`there is no command "${word}"`, hint);
}
