#!/usr/bin/env node
/**
 * The entry of the program: connects one run with the process around it.
 */
import { readFile } from "node:fs/promises";
import { FAILED, INTERRUPTED } from "./exit-code.js";
import type { ProgramInfo } from "./report-error.js";
import { run } from "./run.js";
import { createTerminal } from "./terminal.js";

process.exitCode = await main();

async function main(): Promise<number> {
  const { stdout, stderr, env } = process;
  endWhenNobodyReads();
  const context = {
    terminal: createTerminal({ stdout, stderr, environment: env }),
    environment: env,
    folder: process.cwd(),
    signal: abortOnSignals(),
    now: () => performance.now(),
  };
  return await run(process.argv.slice(2), context, await programInfo());
}

/** The first signal lets work under way end properly, the second one does not wait for that. */
function abortOnSignals(): AbortSignal {
  const abort = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (abort.signal.aborted) process.exit(INTERRUPTED);
      abort.abort();
    });
  }
  return abort.signal;
}

/**
 * Nobody has to read what is printed. `nupress … | head` closes the pipe early, which is no failure; what is under way
 * gets the chance to set its exit code first. News that cannot be printed end nothing: a build would stop half way.
 */
function endWhenNobodyReads(): void {
  process.stderr.on("error", () => {});
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") {
      setImmediate(() => process.exit());
      return;
    }
    process.stderr.write(`error: Cannot print the result: ${error.message}\n`);
    process.once("exit", () => {
      process.exitCode = FAILED;
    });
  });
}

async function programInfo(): Promise<ProgramInfo> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const parsed: unknown = JSON.parse(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the file is part of this package
  const { version, bugs } = parsed as { version: string; bugs?: { url: string } };
  return { version, reportTo: bugs === undefined ? "to its maintainers" : `at ${bugs.url}` };
}
