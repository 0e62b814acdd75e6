/** Starts the program as users do: the compiled entry in a process of its own. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { type ProcessResult, type RunOptions, runProcess } from "./run-process.js";

const mainPath = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** Runs `nupress` with `args` to its end; any exit code is a result. */
export function runNupress(args: readonly string[], options: RunOptions = {}): Promise<ProcessResult> {
  return runProcess(process.execPath, [mainPath, ...args], options);
}

export interface RunningNupress {
  readonly pid: number;
  /** The match of what was waited for. */
  readonly ready: RegExpExecArray;
  /** Everything printed so far, standard output and error together. */
  output(): string;
  /** Sends `signal` (default SIGTERM) and gives the exit code, null if the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts a command that runs until it is stopped, and waits until what it printed on either stream matches `ready`.
 *
 * @throws Error with the output when it ends or 30 seconds pass before that.
 */
export async function startNupress(
  args: readonly string[],
  ready: RegExp,
  options: Pick<RunOptions, "cwd" | "env"> = {},
): Promise<RunningNupress> {
  const child = spawn(process.execPath, [mainPath, ...args], {
    ...options,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit");
  let output = "";
  const match = await new Promise<RegExpExecArray>((resolve, reject) => {
    const fail = (reason: string): void => {
      reject(new Error(`nupress ${args.join(" ")}: ${reason}\n${output}`));
    };
    const timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(`did not print ${ready} within 30 seconds`);
    }, 30_000);
    const onText = (text: string): void => {
      output += text;
      const found = ready.exec(output);
      if (found === null) return;
      clearTimeout(timer);
      resolve(found);
    };
    child.stdout.setEncoding("utf8").on("data", onText);
    child.stderr.setEncoding("utf8").on("data", onText);
    child.once("exit", (exitCode) => {
      clearTimeout(timer);
      fail(`ended with ${exitCode} before it printed ${ready}`);
    });
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("A process that printed something has no id");
  return {
    pid,
    ready: match,
    output: () => output,
    stop: async (signal = "SIGTERM") => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
      return child.exitCode;
    },
  };
}
