/**
 * `nupress serve`: shows a feed, answers searches and takes packages, until it is told to stop.
 */
import { once } from "node:events";
import { type FeedServer, type ServeOptions, startServer } from "../../serve/node/start-server.js";
import { requestJson, requestLine } from "../../serve/request-log.js";
import { clientLine, pushLine, sourceUrl } from "../client-line.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  type Verbosity,
  verbosityOf,
} from "../command.js";
import { DONE, type ExitCode } from "../exit-code.js";
import { reportProblems } from "../report-problems.js";
import { tellServeError } from "./serve-errors.js";
import { LOG_FORMS, serveFlags } from "./serve-flags.js";
import { choiceOf, serveOptions } from "./serve-options.js";

export const serveCommand: CommandSpec = {
  name: "serve",
  positional: {
    usage: "[folder]",
    name: "folder",
    describe: "Folder of a built feed (default the output in nupress.json)",
  },
  describe: "Serve a feed: its files, search, and with --publish pushes",
  flags: serveFlags,
  examples: [
    { line: "nupress serve public", describe: "Show a feed to this machine, with search" },
    { line: "nupress serve public --host 0.0.0.0 --port 8080", describe: "Show it to the network" },
    { line: "nupress serve feed --publish", describe: "Take packages from this machine; feed may be empty" },
    {
      line: "nupress serve feed --publish --host 0.0.0.0 --public-url https://example.com/feed/",
      describe: "Take packages from others, who have a key of nupress key create",
    },
    { line: "nupress serve public --watch packages", describe: "Build again when packages change" },
  ],
  run: runServe,
};

async function runServe(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { signal, terminal } = context;
  const verbosity = verbosityOf(input);
  const options = await toldOptions(input, context, verbosity);
  const server = await startServer(options);
  try {
    announce(server, options, context, verbosity);
    if (!signal.aborted) await once(signal, "abort");
    if (!verbosity.quiet && server.isPublishing) terminal.news("Stopping: pushes under way are finished");
  } finally {
    await server.close();
  }
  // Whoever stops a server wants just that; it has done what it was asked for.
  return DONE;
}

async function toldOptions(
  input: CommandInput,
  context: CommandContext,
  verbosity: Verbosity,
): Promise<ServeOptions> {
  const { terminal, signal } = context;
  const tell = (error: unknown, request?: Request): void =>
    tellServeError(error, { terminal, verbosity }, request);
  const options = await serveOptions(input, context, tell);
  const onRequest = requestLog(input, context, verbosity, options.publish !== undefined);
  return {
    ...options,
    ownsProcess: true,
    ...(options.watch && {
      watch: {
        ...options.watch,
        onBuild: (report) => {
          reportProblems(report.problems, terminal, verbosity);
          if (!verbosity.quiet)
            terminal.news(`Built again: ${report.versions} versions of ${report.ids} ids`);
        },
      },
    }),
    onError: tell,
    ...(onRequest && { onRequest }),
    signal,
  };
}

/** People read lines on a terminal, programs read JSON. */
function requestLog(
  input: CommandInput,
  { terminal }: CommandContext,
  { verbose, quiet }: Verbosity,
  isPublishing: boolean,
): ServeOptions["onRequest"] {
  const usual = terminal.canRedraw ? "text" : "json";
  const form = choiceOf(input, "log", LOG_FORMS) ?? ((isPublishing || verbose) && !quiet ? usual : "off");
  if (form === "off") return undefined;
  return (entry) => terminal.news(form === "json" ? requestJson(entry) : requestLine(entry));
}

/** Clients use the address that is known to them, where there is another. */
function announce(
  server: FeedServer,
  { publicUrl }: Pick<ServeOptions, "publicUrl">,
  { terminal }: CommandContext,
  { json, quiet }: Verbosity,
): void {
  const url = publicUrl ?? server.url;
  const site = server.site && url;
  const source = sourceUrl(url);
  const push = server.isPublishing ? pushLine(url) : undefined;
  if (json) {
    const told = { url, listening: server.url, site, source, addSource: clientLine(url), push };
    return terminal.result(JSON.stringify(told));
  }
  if (site !== undefined) terminal.result(`Web site        ${site}`);
  terminal.result(`Package source  ${source}\nAdd it          ${clientLine(url)}`);
  if (push !== undefined) terminal.result(`Push to it      ${push}`);
  if (!quiet) terminal.news("Press Ctrl+C to stop");
}
