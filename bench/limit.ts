/**
 * The limit program: `node limit.js <plan>` does what any builder must do, with two threads and nothing else. Its time is
 * what the machine allows.
 */
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeSync } from "node:fs";
import path from "node:path";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { type LimitOperation, parseLine } from "./limit-plan.js";

const THREADS = 2;

interface Share {
  readonly lines: readonly string[];
  /** Number of the next line that nobody took yet. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

if (isMainThread) start(process.argv[2] ?? "");
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: `start` gives nothing else
else work(workerData as Share);

function start(plan: string): void {
  const text = readFileSync(plan, "utf8");
  if (text === "") return;
  const share: Share = { lines: text.split("\n"), next: new Int32Array(new SharedArrayBuffer(4)) };
  for (let n = 0; n < THREADS; n++) startThread(share);
}

function startThread(share: Share): Worker {
  return new Worker(new URL(import.meta.url), { workerData: share });
}

function work({ lines, next }: Share): void {
  const folders = new Set<string>();
  for (let n = Atomics.add(next, 0, 1); n < lines.length; n = Atomics.add(next, 0, 1)) {
    for (const operation of parseLine(lines[n] ?? "[]")) carryOut(operation, folders);
  }
}

/** @param folders those that are known to be there */
function carryOut(operation: LimitOperation, folders: Set<string>): void {
  switch (operation[0]) {
    case "read":
      readHashed(operation[1]);
      return;
    case "copy":
      write(operation[2], readHashed(operation[1]), folders);
      return;
    case "write":
      write(operation[1], Buffer.alloc(operation[2]), folders);
      return;
    case "look":
      look(operation[1]);
      return;
  }
}

function readHashed(file: string): Uint8Array {
  const bytes = readFileSync(file);
  createHash("sha512").update(bytes).digest("base64");
  return bytes;
}

function write(file: string, bytes: Uint8Array, folders: Set<string>): void {
  const folder = path.dirname(file);
  if (!folders.has(folder)) {
    mkdirSync(folder, { recursive: true });
    folders.add(folder);
  }
  const fd = openSync(file, "wx");
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
  closeSync(fd);
}

function look(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name);
    if (entry.isDirectory()) look(place);
    else statSync(place);
  }
}
