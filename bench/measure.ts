/**
 * Runs a Node program as a process of its own and measures it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";

/** What a process says of itself at its end. */
export interface ProcessUsage {
  /** User and system time of all threads. */
  readonly cpuSeconds: number;
  /** Most memory that was resident at once, bytes. */
  readonly peakMemory: number;
}

export interface Usage extends ProcessUsage {
  /** From the start of the process to its end. */
  readonly seconds: number;
}

export interface FinishedProcess {
  readonly exitCode: number | null;
  readonly usage: Usage;
  readonly stdout: string;
  readonly stderr: string;
}

const probe = new URL("./usage-probe.js", import.meta.url).href;

/**
 * Runs `script` with this version of Node to its end; any exit code is a result.
 *
 * @param folder the working folder
 * @throws Error when the process did not tell what it used: it was killed
 */
export async function measure(
  script: string,
  args: readonly string[],
  folder: string,
): Promise<FinishedProcess> {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", probe, script, ...args], {
    cwd: folder,
    env: plainEnvironment(),
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const ended = once(child, "exit").then(() => (performance.now() - start) / 1000);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: each of these is a pipe that is read from
  const pipes = child.stdio.slice(1) as NodeJS.ReadableStream[];
  const [stdout = "", stderr = "", usage = ""] = await Promise.all(pipes.map(text));
  const seconds = await ended;
  const { exitCode } = child;
  if (usage === "") throw new Error(`${script} ${args.join(" ")} was killed\n${stdout}${stderr}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the probe writes nothing else
  return { exitCode, usage: { seconds, ...(JSON.parse(usage) as ProcessUsage) }, stdout, stderr };
}

/** Settings of the person who measures must not shape the figures. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^NUPRESS_|^NODE_/.test(name)));
}
