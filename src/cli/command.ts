/**
 * What a command is: its flags and examples as plain data, and the function that runs it.
 */
import type { Environment } from "./config/environment.js";
import type { ExitCode } from "./exit-code.js";
import type { Terminal } from "./terminal.js";
import { usageError } from "./usage-error.js";

export interface FlagSpec {
  /** Without dashes. */
  readonly name: string;
  /** A switch is there or not; a value follows its flag. */
  readonly kind: "switch" | "value";
  readonly describe: string;
  /** Heading in the help. */
  readonly group: string;
}

export interface ExampleSpec {
  readonly line: string;
  readonly describe: string;
}

export interface CommandSpec {
  readonly name: string;
  /** The positional arguments as the help shows them: `[packages..]`. */
  readonly positional: { readonly usage: string; readonly name: string; readonly describe: string };
  readonly describe: string;
  readonly flags: readonly FlagSpec[];
  readonly examples: readonly ExampleSpec[];
  readonly run: (input: CommandInput, context: CommandContext) => Promise<ExitCode>;
}

/** What stood on the command line. */
export interface CommandInput {
  readonly positionals: readonly string[];
  /** Flags without dashes; text, `true` or `false`, or a list when it was given several times. */
  readonly flags: ReadonlyMap<string, unknown>;
}

/** What a command may use of its process. */
export interface CommandContext {
  readonly terminal: Terminal;
  readonly environment: Environment;
  /** The working folder. */
  readonly folder: string;
  /** Aborted when the process is told to stop. */
  readonly signal: AbortSignal;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
}

/** How much a command tells. */
export interface Verbosity {
  /** Prints the result as one JSON object. */
  readonly json: boolean;
  /** Tells problems and errors only. */
  readonly quiet: boolean;
  /** Tells causes and settings too. */
  readonly verbose: boolean;
}

const group = "Output:";

export const outputFlags: readonly FlagSpec[] = [
  { name: "json", kind: "switch", group, describe: "Print the result, or the error, as one JSON object" },
  { name: "quiet", kind: "switch", group, describe: "Print problems and errors only" },
  {
    name: "verbose",
    kind: "switch",
    group,
    describe: "Print more: where settings come from, causes of errors",
  },
];

export function verbosityOf({ flags }: CommandInput): Verbosity {
  const isOn = (name: string): boolean => flags.get(name) === true;
  return { json: isOn("json"), quiet: isOn("quiet"), verbose: isOn("verbose") };
}

/** The text of a flag that is no setting. @throws FeedError `usage` when it was given several times */
export function valueOf({ flags }: CommandInput, name: string): string | undefined {
  const value = flags.get(name);
  if (value === undefined || typeof value === "string") return value;
  throw usageError(`--${name} stands there twice`);
}
