/** Runs a program to its end. Nothing it started lives on: on a timeout the whole process group is ended. */
import { type ChildProcess, spawn } from "node:child_process";

export interface ProcessResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** The whole environment; default that of this process. */
  readonly env?: NodeJS.ProcessEnv;
  /** Milliseconds; default 120,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs `file` with `args` and without standard input.
 *
 * @throws Error with what was printed so far when the program cannot be started, ran into the timeout, was aborted
 * or ended by a signal. Any exit code is a result.
 */
export function runProcess(
  file: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<ProcessResult> {
  const { timeout = 120_000 } = options;
  const stop = AbortSignal.any([AbortSignal.timeout(timeout), ...(options.signal ? [options.signal] : [])]);
  const child = spawn(file, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== "win32", // makes it the head of a process group
    stdio: ["ignore", "pipe", "pipe"],
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  return new Promise((resolve, reject) => {
    const fail = (reason: string, cause?: unknown): void => {
      const printed = `${stdout()}${stderr()}`;
      reject(new Error(`${file} ${args.join(" ")}: ${reason}\n${printed}`, { cause }));
    };
    const onStop = (): void => endGroup(child);
    stop.addEventListener("abort", onStop);
    child.once("error", (error) => fail(error.message, error));
    child.once("close", (exitCode, signal) => {
      stop.removeEventListener("abort", onStop);
      if (stop.aborted) fail(`stopped, ${String(stop.reason)}`, stop.reason);
      else if (exitCode === null) fail(`ended by ${signal}`);
      else resolve({ exitCode, stdout: stdout(), stderr: stderr() });
    });
    if (stop.aborted) onStop();
  });
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") child.kill("SIGKILL");
  else process.kill(-child.pid, "SIGKILL");
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = "";
  stream.setEncoding("utf8").on("data", (part: string) => {
    text += part;
  });
  return () => text;
}
