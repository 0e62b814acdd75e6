/**
 * `nupress verify`: looks at everything of a feed, tells what is wrong, and mends it when asked to.
 */

import type { VerifyOptions } from "../../verify/node/options.js";
import { verify } from "../../verify/node/verify.js";
import type { VerifyReport } from "../../verify/report.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  type Verbosity,
  valueOf,
  verbosityOf,
} from "../command.js";
import { resolveSettings } from "../config/resolve.js";
import { DONE, type ExitCode, PROBLEMS } from "../exit-code.js";
import { feedFolder } from "../feed-folder.js";
import { countOf } from "../numbers.js";
import { createProgressView } from "../progress.js";
import { buildFlags, settingFlags } from "./build-flags.js";
import { type FinishedVerification, verifyJson, verifyText } from "./verify-report.js";

const group = "Feed:";
const sharedFlags = ["config", "lock-timeout", "threads"];

export const verifyCommand: CommandSpec = {
  name: "verify",
  positional: {
    usage: "[folder]",
    name: "folder",
    describe: "Folder of a feed (default the output in nupress.json)",
  },
  describe: "Check a feed: every document, link and package, and that nothing else lies around",
  flags: [
    { name: "quick", kind: "switch", group, describe: "Hash no packages, compare no pages; check the rest" },
    {
      name: "repair",
      kind: "switch",
      group,
      describe: "Make again what can be made again, and tell what is left",
    },
    ...buildFlags.filter(({ name }) => sharedFlags.includes(name)),
    ...outputFlags,
  ],
  examples: [
    { line: "nupress verify public", describe: "Look at everything; ends with 3 when something is wrong" },
    {
      line: "nupress verify public --quick --json",
      describe: "All but the hashes of packages, for a program",
    },
    {
      line: "nupress verify public --repair",
      describe: "Mend a feed after a power cut, or that somebody edited",
    },
  ],
  run: runVerify,
};

async function runVerify(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const { terminal, now } = context;
  const verbosity = verbosityOf(input);
  const options = await settle(input, context);
  const start = now();
  const report = await verifyWithProgress(options, context, verbosity);
  const finished: FinishedVerification = { ...options, report, seconds: (now() - start) / 1000 };
  const isSound = report.findings.length === 0;
  if (verbosity.json) terminal.result(JSON.stringify(verifyJson(finished)));
  else if (!verbosity.quiet || !isSound) terminal.result(verifyText(finished, verbosity));
  if (report.setAside.length > 0 && !verbosity.json && !verbosity.quiet) {
    const kept = countOf(report.setAside.length, "damaged file");
    terminal.labelled("note", `"feed-state/damaged" keeps ${kept} that nothing reads; delete it at will`);
  }
  if (!isSound && report.isLocked && !verbosity.json) {
    terminal.labelled(
      "hint",
      "somebody writes to the feed, or was killed while doing so; verify again later",
    );
  }
  return isSound ? DONE : PROBLEMS;
}

async function settle(input: CommandInput, { environment, folder }: CommandContext): Promise<VerifyOptions> {
  const file = valueOf(input, "config");
  const flags = settingFlags({ ...input, positionals: [] });
  const sources = { flags, environment, folder };
  const { settings } = await resolveSettings({ ...sources, ...(file !== undefined && { file }) });
  const { threads, lockTimeout } = settings;
  return {
    folder: feedFolder("verify", input, settings),
    quick: input.flags.get("quick") === true,
    repair: input.flags.get("repair") === true,
    ...(threads !== undefined && { threads }),
    ...(lockTimeout !== undefined && { lockTimeout }),
  };
}

async function verifyWithProgress(
  options: VerifyOptions,
  { terminal, signal, now }: CommandContext,
  { quiet }: Verbosity,
): Promise<VerifyReport> {
  const view = createProgressView(terminal, now);
  try {
    return await verify({ ...options, signal, ...(!quiet && { onProgress: view.show }) });
  } finally {
    view.end();
  }
}
