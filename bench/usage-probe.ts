/**
 * Loaded into a measured process before its program: when the process ends, it tells on file descriptor 3 what it used.
 * All threads count; a process that is killed tells nothing.
 */
import { readFileSync, writeSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import type { ProcessUsage } from "./measure.js";

const USAGE_FD = 3;

if (isMainThread) process.on("exit", () => writeSync(USAGE_FD, JSON.stringify(processUsage())));

function processUsage(): ProcessUsage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakMemory: linuxPeakMemory() ?? maxRSS * 1024,
  };
}

/** Linux lets a process inherit the `maxRSS` of the one that started it; this figure is its own. */
function linuxPeakMemory(): number | undefined {
  if (process.platform !== "linux") return undefined;
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}
