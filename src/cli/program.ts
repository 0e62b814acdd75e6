/**
 * The command line: from arguments to a command and its input, or to a text to print.
 */
import { parseArgs } from "node:util";
import type { FeedError } from "../errors.js";
import { nearestName } from "../nearest.js";
import type { CommandInput, CommandSpec, FlagSpec } from "./command.js";
import { usageError } from "./usage-error.js";

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
  const command = commands.find(({ name }) => name === args[0]);
  const given = readTokens(command === undefined ? args : args.slice(1), command?.flags ?? []);
  if (given.flags.has("help") || given.flags.has("h")) {
    const { helpText } = await import("./help.js");
    return { kind: "text", text: await helpText(command, commands) };
  }
  if (given.flags.has("version")) return { kind: "text", text: version };
  if (command === undefined) throw unknownCommand(args, commands);
  for (const name of given.flags.keys()) assertFlag(name, command);
  return { kind: "command", command, input: given };
}

/** Flags as they stand there, also those that nobody knows. */
function readTokens(args: readonly string[], specs: readonly FlagSpec[]): CommandInput {
  const kinds = new Map(specs.map(({ name, kind }) => [name, kind]));
  const options = specs.map(
    ({ name, kind }) => [name, { type: kind === "value" ? "string" : "boolean" }] as const,
  );
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(options),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const positionals: string[] = [];
  const flags = new Map<string, unknown>();
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const { name, value, inlineValue } = token;
    const isValue = kinds.get(name) === "value";
    const read = isValue ? flagValue(name, value, inlineValue) : switchValue(name, value, kinds.has(name));
    flags.set(name, flags.has(name) && isValue ? [flags.get(name), read].flat() : read);
  }
  return { positionals, flags };
}

/** What looks like another flag is none: it was forgotten. */
function flagValue(name: string, value: string | undefined, isInline: boolean | undefined): string {
  if (value === undefined || (isInline !== true && /^-./.test(value)))
    throw usageError(`--${name} needs a value`);
  return value;
}

function switchValue(name: string, value: string | undefined, isKnown: boolean): boolean {
  if (value === undefined || value === "true" || value === "false" || !isKnown) return value !== "false";
  throw usageError(`--${name} takes no value`, `leave out "=${value}"`);
}

function assertFlag(name: string, command: CommandSpec): void {
  if (command.flags.some((flag) => flag.name === name)) return;
  const dashes = name.length === 1 ? "-" : "--";
  throw usageError(`there is no option ${dashes}${name}`, hintFor(name, command.flags));
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
  const later = args[0]?.startsWith("-") === true ? args.find((arg) => names.includes(arg)) : undefined;
  if (later !== undefined)
    return usageError(`"${args[0]}" stands before the command`, `the command comes first: nupress ${later}`);
  const nearest = nearestName(word, names);
  const hint = nearest === undefined ? `known are ${names.join(", ")}` : `did you mean nupress ${nearest}?`;
  return usageError(`there is no command "${word}"`, hint);
}
