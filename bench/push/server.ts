/**
 * The measured server: the program itself, with a probe in it.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { property } from "../../src/feed/parsed-json.js";
import type { UsedByServer } from "./memory-probe.js";

export interface MeasuredServer {
  /** Where to push to. */
  readonly address: string;
  /** @param collect whether garbage is collected first */
  readonly used: (collect?: boolean) => Promise<UsedByServer>;
  /** Stops it gracefully; milliseconds that it took. */
  readonly stop: () => Promise<number>;
}

const probe = new URL("memory-probe.js", import.meta.url).href;
const MEBIBYTES = "300";

/** @param program the `main.js` to measure */
export async function startServer(program: string, folder: string): Promise<MeasuredServer> {
  const args = ["serve", folder, "--publish", "--port", "0", "--log", "off", "--json"];
  const child = fork(program, [...args, "--max-package-size", MEBIBYTES], {
    execArgv: ["--expose-gc", "--import", probe],
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const announced: unknown = JSON.parse(await firstLine(child));
  return {
    address: `${String(property(announced, "url"))}v3/publish`,
    used: async (collect = false) => {
      child.send(collect ? "collect" : "look");
      const [message]: unknown[] = await once(child, "message", { signal: AbortSignal.timeout(60_000) });
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the probe sends nothing else
      return message as UsedByServer;
    },
    stop: async () => {
      const begun = performance.now();
      child.kill("SIGTERM");
      await once(child, "exit");
      return performance.now() - begun;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes("\n")) break;
  }
  return text;
}

/** What is bundled just now. */
export const ownProgram = fileURLToPath(new URL("../../../dist/main.js", import.meta.url));
