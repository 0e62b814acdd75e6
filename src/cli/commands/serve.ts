/**
 * `nupress serve`: shows a built feed until it is told to stop.
 */
import { once } from "node:events";
import {
  DEFAULT_HOST,
  DEFAULT_PORT,
  type FeedServer,
  type ServeOptions,
  startServer,
} from "../../serve/node/start-server.js";
import { requestLine } from "../../serve/request-log.js";
import { clientLine, sourceUrl } from "../client-line.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  type Verbosity,
  valueOf,
  verbosityOf,
} from "../command.js";
import { addressKind, countKind } from "../config/kinds.js";
import { resolveSettings } from "../config/resolve.js";
import type { Settings } from "../config/settings.js";
import { DONE, type ExitCode } from "../exit-code.js";
import { feedFolder } from "../feed-folder.js";
import { usageError } from "../usage-error.js";

const group = "Server:";
const LARGEST_PORT = 65_535;

export const serveCommand: CommandSpec = {
  name: "serve",
  positional: {
    usage: "[folder]",
    name: "folder",
    describe: "Folder of a built feed (default the output in nupress.json)",
  },
  describe: "Show a built feed on this machine, read-only",
  flags: [
    {
      name: "port",
      kind: "value",
      group,
      describe: `Port (default ${DEFAULT_PORT}, or any free one when that is taken)`,
    },
    {
      name: "host",
      kind: "value",
      group,
      describe: `Address to listen on (default ${DEFAULT_HOST}, this machine only)`,
    },
    {
      name: "public-url",
      kind: "value",
      group,
      describe: "Address of the feed as clients see it, when there is a proxy in between",
    },
    {
      name: "config",
      kind: "value",
      group,
      describe: "Settings file (default nupress.json where there is one)",
    },
    ...outputFlags,
  ],
  examples: [
    { line: "nupress serve public", describe: "Show a feed to this machine" },
    { line: "nupress serve public --host 0.0.0.0 --port 8080", describe: "Show it to the network" },
  ],
  run: runServe,
};

async function runServe(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { signal } = context;
  const verbosity = verbosityOf(input);
  const server = await startServer(await serveOptions(input, context, verbosity));
  try {
    announce(server, context, verbosity);
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await server.close();
  }
  // Whoever stops a server wants just that; it has done what it was asked for.
  return DONE;
}

async function serveOptions(
  input: CommandInput,
  context: CommandContext,
  { verbose }: Verbosity,
): Promise<ServeOptions> {
  const { terminal } = context;
  const port = valueOf(input, "port");
  const host = valueOf(input, "host");
  const publicUrl = valueOf(input, "public-url");
  // A folder that is named needs no settings, so that wrong ones do not matter.
  const settings = input.positionals.length > 0 ? {} : await outputSettings(input, context);
  return {
    folder: feedFolder("serve", input, settings),
    ...(port !== undefined && { port: parsePort(port) }),
    ...(host !== undefined && { host }),
    ...(publicUrl !== undefined && { publicUrl: parsePublicUrl(publicUrl) }),
    onError: (error, { url }) => terminal.labelled("error", `${url}: ${String(error)}`),
    ...(verbose && {
      onRequest: (entry) => terminal.news(requestLine(entry)),
    }),
  };
}

async function outputSettings(
  input: CommandInput,
  { environment, folder }: CommandContext,
): Promise<Settings> {
  const file = valueOf(input, "config");
  const sources = { flags: [], environment, folder };
  return (await resolveSettings({ ...sources, ...(file !== undefined && { file }) })).settings;
}

function parsePort(text: string): number {
  const refuse = (): Error => usageError(`--port "${text}" is not a number from 0 to ${LARGEST_PORT}`);
  const port = countKind.fromText(text, refuse);
  if (port > LARGEST_PORT) throw refuse();
  return port;
}

function parsePublicUrl(text: string): string {
  return addressKind.fromText(text, (needed) => usageError(`--public-url "${text}": needed is ${needed}`));
}

function announce({ url, site }: FeedServer, { terminal }: CommandContext, { json, quiet }: Verbosity): void {
  const source = sourceUrl(url);
  if (json) return terminal.result(JSON.stringify({ url, site, source, addSource: clientLine(url) }));
  if (site !== undefined) terminal.result(`Web site        ${site}`);
  terminal.result(`Package source  ${source}\nAdd it          ${clientLine(url)}`);
  if (!quiet) terminal.news("Press Ctrl+C to stop");
}
