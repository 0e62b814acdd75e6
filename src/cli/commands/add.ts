/**
 * `nupress add`: takes single packages into a feed.
 */
import { add } from "../../build/add.js";
import type { AddedVersion, AddReport } from "../../build/options.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  valueOf,
  verbosityOf,
} from "../command.js";
import { resolveSettings } from "../config/resolve.js";
import type { Settings } from "../config/settings.js";
import { DONE, type ExitCode, PROBLEMS } from "../exit-code.js";
import { countOf, formatBytes, formatSeconds } from "../numbers.js";
import { hasProblems, reportProblems } from "../report-problems.js";
import { usageError } from "../usage-error.js";
import { buildFlags, settingFlags } from "./build-flags.js";

const sharedFlags = ["config", "strict", "lock-timeout"];

export const addCommand: CommandSpec = {
  name: "add",
  positional: { usage: "[packages..]", name: "packages", describe: ".nupkg files" },
  describe: "Add packages to a built feed without reading any packages folder",
  flags: [
    { name: "output", kind: "value", group: "Feed:", describe: "Folder of a feed that was built before" },
    ...buildFlags.filter(({ name }) => sharedFlags.includes(name)),
    ...outputFlags,
  ],
  examples: [
    {
      line: "nupress add artifacts/Contoso.Core.2.1.0.nupkg --output public",
      describe: "Publish a package that was just packed",
    },
    { line: "nupress add *.nupkg --output public --lock-timeout 60", describe: "Wait for another writer" },
  ],
  run: runAdd,
};

async function runAdd(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { terminal, signal, now } = context;
  const verbosity = verbosityOf(input);
  if (input.positionals.length === 0) throw usageError("no packages were named", "name .nupkg files");
  const { output, strict, lockTimeout } = await settle(input, context);
  if (output === undefined) throw usageError("no feed was named", "add --output public");
  const start = now();
  const report = await add({
    packages: input.positionals,
    output,
    signal,
    ...(strict !== undefined && { strict }),
    ...(lockTimeout !== undefined && { lockTimeout }),
  });
  const seconds = (now() - start) / 1000;
  reportProblems(report.problems, terminal, verbosity);
  if (verbosity.json)
    terminal.result(JSON.stringify({ output, ...report, seconds: Math.round(seconds * 1000) / 1000 }));
  else if (!verbosity.quiet) terminal.result(reportText(report, seconds));
  return hasProblems(report.problems) ? PROBLEMS : DONE;
}

async function settle(input: CommandInput, { environment, folder }: CommandContext): Promise<Settings> {
  const file = valueOf(input, "config");
  const flags = settingFlags({ ...input, positionals: [] });
  const { settings } = await resolveSettings({
    flags,
    environment,
    folder,
    ...(file !== undefined && { file }),
  });
  return settings;
}

function reportText({ versions, created, replaced, deleted, bytes }: AddReport, seconds: number): string {
  const files = `${countOf(created, "file")} created, ${replaced} replaced, ${deleted} deleted`;
  return [...versions.map(versionLine), `${files}, ${formatBytes(bytes)} in ${formatSeconds(seconds)}`].join(
    "\n",
  );
}

function versionLine({ id, version, kind }: AddedVersion): string {
  return kind === "added" ? `added   ${id} ${version}` : `exists  ${id} ${version}`;
}
