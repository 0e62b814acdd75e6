/**
 * `nupress inspect`: prints what is read from package files.
 */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Problem } from "../../build/options.js";
import { openPackageFile } from "../../build/package-file.js";
import { packageProblem } from "../../build/read-package.js";
import { resolveSources, scanSources } from "../../build/scan.js";
import { inspectPackage } from "../../nuget/inspect.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  outputFlags,
  verbosityOf,
} from "../command.js";
import { DONE, type ExitCode, PROBLEMS } from "../exit-code.js";
import { hasProblems, reportProblems } from "../report-problems.js";
import { usageError } from "../usage-error.js";
import { type InspectedFile, packageJson } from "./inspect-json.js";
import { packageText } from "./inspect-text.js";

export const inspectCommand: CommandSpec = {
  name: "inspect",
  positional: { usage: "[packages..]", name: "packages", describe: "Package files, folders or quoted globs" },
  describe: "Print what packages hold",
  flags: outputFlags,
  examples: [
    {
      line: "nupress inspect Contoso.Core.1.0.0.nupkg",
      describe: "Look into a package; --verbose lists its files",
    },
    {
      line: "nupress inspect packages --json",
      describe: "Everything of a folder of packages, for a program",
    },
  ],
  run: runInspect,
};

async function runInspect(
  input: CommandInput,
  { terminal, folder, signal }: CommandContext,
): Promise<ExitCode> {
  const verbosity = verbosityOf(input);
  const { files, problems } = await findFiles(input.positionals, folder);
  const packages: object[] = [];
  for (const [index, file] of files.entries()) {
    signal.throwIfAborted();
    const result = await inspectFile(file, folder);
    if ("severity" in result) problems.push(result);
    else if (verbosity.json) packages.push(packageJson(result));
    else terminal.result((index > 0 ? "\n" : "") + packageText(result, verbosity));
  }
  if (verbosity.json) terminal.result(JSON.stringify({ packages, problems }));
  reportProblems(problems, terminal, verbosity);
  return hasProblems(problems) ? PROBLEMS : DONE;
}

interface FoundFiles {
  /** As the user would write them. */
  readonly files: readonly string[];
  readonly problems: Problem[];
}

/** A file that is named is looked at whatever it is called, so that symbols packages can be inspected too. */
async function findFiles(names: readonly string[], folder: string): Promise<FoundFiles> {
  if (names.length === 0)
    throw usageError("no package was named", "nupress inspect Contoso.Core.1.0.0.nupkg");
  const files: string[] = [];
  const problems: Problem[] = [];
  for (const name of names) {
    const stats = await stat(path.resolve(folder, name)).catch(() => undefined);
    if (stats?.isFile()) {
      files.push(name);
      continue;
    }
    const sources = await resolveSources([name]);
    const scan = await scanSources(sources, () => {});
    files.push(...scan.files.map((file) => path.relative(folder, path.join(sources.root, file.path))));
    problems.push(...scan.problems);
  }
  return { files, problems };
}

async function inspectFile(file: string, folder: string): Promise<InspectedFile | Problem> {
  try {
    const opened = openPackageFile(path.resolve(folder, file));
    try {
      const sha512 = await opened.sha512();
      return { file, size: opened.size, sha512, content: await inspectPackage(opened.source) };
    } finally {
      opened.close();
    }
  } catch (error) {
    return packageProblem(file, error);
  }
}
