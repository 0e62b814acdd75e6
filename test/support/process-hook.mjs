/**
 * Loaded into the program by `--import`: when it first touches a file whose path fits, something happens to it, so that a
 * test can strike at a certain place rather than at a certain time.
 */
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { isMainThread, threadId } from "node:worker_threads";

const { HOOK_CALLS = "", HOOK_PATH = "", HOOK_SIGNALS = "", HOOK_REMOVE = "" } = process.env;
/** Milliseconds. */
const HEARD_BY = 500;
const pattern = new RegExp(HOOK_PATH);
// Every thread loads this file, and one of them is enough.
let isDone = !isMainThread && threadId !== 1;

/** @param {string} call @param {string} path */
function strike(call, path) {
  if (isDone || !pattern.test(path)) return;
  isDone = true;
  fs.writeSync(2, `struck at ${call} of ${path}\n`);
  if (HOOK_REMOVE !== "") fs.rmSync(HOOK_REMOVE, { recursive: true });
  const signals = HOOK_SIGNALS.split(" ").filter(Boolean);
  for (const signal of signals) process.kill(process.pid, signal);
  // The main thread hears of it by and by; this one must not have ended everything by then.
  if (signals.length > 0 && !isMainThread)
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, HEARD_BY);
}

/** @param {any} holder @param {string} name */
function hook(holder, name) {
  const original = holder[name];
  if (typeof original !== "function") return;
  /** @param {unknown[]} args */
  holder[name] = (...args) => {
    strike(name, String(args[0]));
    return original.apply(holder, args);
  };
}

for (const name of HOOK_CALLS.split(" ")) {
  hook(fs, name);
  hook(fs.promises, name);
}
syncBuiltinESMExports();
