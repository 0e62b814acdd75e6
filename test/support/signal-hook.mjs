/**
 * Loaded into the program by `--import`: when it first touches a file whose path fits, the process is sent signals, so
 * that a test can interrupt it at a certain place rather than at a certain time.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread, threadId } from "node:worker_threads";

const { HOOK_CALLS = "", HOOK_PATH = "", HOOK_SIGNALS = "" } = process.env;
const pattern = new RegExp(HOOK_PATH);
// Every thread loads this file, and one of them is enough.
let isDone = !isMainThread && threadId !== 1;

/** @param {any} holder @param {string} name */
function hook(holder, name) {
  const original = holder[name];
  if (typeof original !== "function") return;
  /** @param {unknown[]} args */
  holder[name] = (...args) => {
    if (!isDone && pattern.test(String(args[0]))) {
      isDone = true;
      for (const signal of HOOK_SIGNALS.split(" ")) process.kill(process.pid, signal);
      fs.writeSync(2, `signalled at ${name} of ${String(args[0])}\n`);
    }
    return original.apply(holder, args);
  };
}

for (const name of HOOK_CALLS.split(" ")) {
  hook(fs, name);
  hook(fs.promises, name);
}
syncBuiltinESMExports();
