/**
 * `nupress build`: from flags to options, one call, and the report.
 */
import { build } from "../../build/build.js";
import type { BuildOptions, BuildReport } from "../../build/options.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  type Verbosity,
  valueOf,
  verbosityOf,
} from "../command.js";
import { type SettledOptions, toBuildOptions } from "../config/build-options.js";
import { resolveSettings } from "../config/resolve.js";
import { readSiteFiles } from "../config/site-files.js";
import { toldSettings } from "../config/told-settings.js";
import { DONE, type ExitCode, PROBLEMS } from "../exit-code.js";
import { createProgressView } from "../progress.js";
import { hasProblems, reportProblems } from "../report-problems.js";
import { buildFlags, settingFlags } from "./build-flags.js";
import { type FinishedBuild, reportJson, reportText } from "./build-report.js";

export const buildCommand: CommandSpec = {
  name: "build",
  positional: {
    usage: "[packages..]",
    name: "packages",
    describe: "Folders, .nupkg files or quoted globs",
  },
  describe: "Build the feed of a folder of packages and its web site, writing only what changed",
  flags: buildFlags,
  examples: [
    {
      line: "nupress build packages --output public --base-url https://example.com/feed/",
      describe: "Build a feed for a static host",
    },
    {
      line: "nupress build packages --output public --base-url http://localhost:5080/",
      describe: "Build one for this machine; nupress serve public shows it",
    },
    { line: 'nupress build "artifacts/**/*.nupkg" --dry-run', describe: "See what a build would change" },
    { line: "nupress build", describe: "Build with the settings in nupress.json" },
  ],
  run: runBuild,
};

async function runBuild(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { terminal, now } = context;
  const verbosity = verbosityOf(input);
  const options = await settle(input, context, verbosity);
  const start = now();
  const isDryRun = input.flags.get("dry-run") === true;
  const report = await buildWithProgress({ ...options, dryRun: isDryRun }, context, verbosity);
  const finished: FinishedBuild = { report, options, seconds: (now() - start) / 1000 };
  reportProblems(report.problems, terminal, verbosity);
  if (verbosity.json) terminal.result(JSON.stringify(reportJson(finished)));
  else if (!verbosity.quiet) terminal.result(reportText(finished));
  return hasProblems(report.problems) ? PROBLEMS : DONE;
}

async function settle(
  input: CommandInput,
  { environment, folder, terminal }: CommandContext,
  { verbose }: Verbosity,
): Promise<SettledOptions> {
  const file = valueOf(input, "config");
  const sources = { flags: settingFlags(input), environment, folder };
  const { settings, origins } = await resolveSettings({ ...sources, ...(file !== undefined && { file }) });
  if (verbose) for (const line of toldSettings(settings, origins)) terminal.news(`setting: ${line}`);
  const { site } = settings;
  return toBuildOptions({
    ...settings,
    ...(typeof site === "object" && { site: await readSiteFiles(site, folder) }),
  });
}

async function buildWithProgress(
  options: BuildOptions,
  { terminal, signal, now }: CommandContext,
  { quiet }: Verbosity,
): Promise<BuildReport> {
  const view = createProgressView(terminal, now);
  try {
    return await build({ ...options, signal, ...(!quiet && { onProgress: view.show }) });
  } finally {
    view.end();
  }
}
