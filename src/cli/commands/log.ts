/**
 * `nupress log`: prints who changed a feed, what, when and from where.
 */
import type { Problem } from "../../build/options.js";
import { FeedError } from "../../errors.js";
import { type AuditRecords, readAudit } from "../../publish/audit.js";
import { FEED_FILE } from "../../state/layout.js";
import { openFolder } from "../../store/fs.js";
import type { Store } from "../../store/store.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  valueOf,
  verbosityOf,
} from "../command.js";
import { resolveSettings } from "../config/resolve.js";
import { DONE, type ExitCode, PROBLEMS } from "../exit-code.js";
import { feedFolder } from "../feed-folder.js";
import { reportProblems } from "../report-problems.js";
import { linesOf, logFlags } from "./log-options.js";
import { logTable } from "./log-text.js";

export const logCommand: CommandSpec = {
  name: "log",
  positional: {
    usage: "[folder]",
    name: "folder",
    describe: "Folder of a feed, or of a copied bucket (default the output in nupress.json)",
  },
  describe: "Print who pushed, unlisted and deleted what, newest last",
  flags: [
    ...logFlags,
    {
      name: "config",
      kind: "value",
      group: "Feed:",
      describe: "Settings file (default nupress.json where there is one)",
    },
    ...outputFlags,
  ],
  examples: [
    { line: "nupress log feed --last 20", describe: "The newest changes" },
    { line: 'nupress log feed --id "Contoso.*" --since 7d', describe: "What became of some ids this week" },
    { line: "nupress log feed --key ci --action push --json", describe: "What a key pushed, for a program" },
  ],
  run: runLog,
};

async function runLog(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { terminal } = context;
  const verbosity = verbosityOf(input);
  const select = linesOf(input, Date.now());
  const folder = await folderOf(input, context);
  const audit = await readFeedAudit(openFolder(folder));
  const lines = select(audit.lines);
  const problems = audit.damaged.map(damagedProblem);
  if (verbosity.json) terminal.result(JSON.stringify({ lines, problems }));
  else if (lines.length > 0) terminal.result(logTable(lines));
  else if (!verbosity.quiet) terminal.news(emptyText(folder, audit));
  reportProblems(problems, terminal, verbosity);
  return problems.length > 0 ? PROBLEMS : DONE;
}

/** A folder that is named needs no settings, so that wrong ones do not matter. */
async function folderOf(input: CommandInput, { environment, folder }: CommandContext): Promise<string> {
  if (input.positionals.length > 0) return feedFolder("log", input, {});
  const file = valueOf(input, "config");
  const sources = { flags: [], environment, folder };
  const { settings } = await resolveSettings({ ...sources, ...(file !== undefined && { file }) });
  return feedFolder("log", input, settings);
}

/** Of a bucket the log alone may have been copied. */
async function readFeedAudit(store: Store): Promise<AuditRecords> {
  const audit = await readAudit(store);
  const hasLog = audit.lines.length + audit.damaged.length > 0;
  if (hasLog || (await store.stat(FEED_FILE)) !== undefined) return audit;
  throw new FeedError("feed-missing", `Cannot read the log of "${store.name}": no feed is there`, {
    hint: "name the folder of a feed: nupress log public",
  });
}

function damagedProblem(file: string): Problem {
  return {
    severity: "problem",
    code: "audit-damaged",
    file,
    message: `"${file}" has lines that cannot be read; they are left out`,
    hint: "look at it with an editor",
  };
}

function emptyText(folder: string, { lines }: AuditRecords): string {
  return lines.length === 0
    ? `Nothing was changed in "${folder}" through a server so far`
    : `No change in "${folder}" is like that`;
}
