/**
 * Pushes to a server of its own and tells what that took.
 */
import { setTimeout as wait } from "node:timers/promises";
import { percentile } from "../search/percentile.js";
import { largePackage, smallPackages } from "./packages.js";
import { push, pushAll } from "./send.js";
import { type MeasuredServer, startServer } from "./server.js";

export interface PushFigures {
  /** Pushes of small packages a second, one after the other. */
  readonly alone: Rate;
  /** The same over several connections. */
  readonly parallel: Rate;
  readonly large: LargePush;
  /** Milliseconds from the signal to the end of the process. */
  readonly stop: number;
}

/** Times in milliseconds. */
export interface Rate {
  readonly connections: number;
  readonly perSecond: number;
  readonly median: number;
  readonly p99: number;
  readonly longest: number;
  /** Of the server's processors, for one push. */
  readonly processor: number;
}

/** Bytes and milliseconds. */
export interface LargePush {
  readonly size: number;
  readonly took: number;
  /** What was resident before: after pushes, and after garbage was collected. */
  readonly idle: number;
  /** The most that was resident at once while it was pushed, above `idle`. */
  readonly above: number;
  /** What is resident more than before, once garbage was collected. */
  readonly left: number;
}

export interface PushPlan {
  /** Bytes of the large package. */
  readonly large: number;
  /** Small packages for each number of connections. */
  readonly count: number;
}

const CONNECTIONS = 8;
const WARM = 30;
const MOST_MILLISECONDS = 20_000;
/** The scheduled run begins a second after the last push. */
const SCHEDULED = 3000;

export async function measurePushes(program: string, folder: string, plan: PushPlan): Promise<PushFigures> {
  const server = await startServer(program, folder);
  await pushAll(server.address, smallPackages("Warm", WARM), 2, MOST_MILLISECONDS);
  const large = await measureLarge(server, plan.large);
  const alone = await measureRate(server, smallPackages("Alone", plan.count), 1);
  const parallel = await measureRate(server, smallPackages("Parallel", plan.count), CONNECTIONS);
  return { alone, parallel, large, stop: await server.stop() };
}

async function measureLarge(server: MeasuredServer, bytes: number): Promise<LargePush> {
  // What was resident since the start and is not needed any more goes back to the system with the first one.
  await push(server.address, largePackage("1.0.0", bytes));
  await wait(SCHEDULED);
  const content = largePackage("2.0.0", bytes);
  const { memory: idle } = await server.used(true);
  const begun = performance.now();
  await push(server.address, content);
  const took = performance.now() - begun;
  const { peak } = await server.used();
  const { memory } = await server.used(true);
  return { size: content.length, took, idle, above: peak - idle, left: memory - idle };
}

async function measureRate(
  server: MeasuredServer,
  packages: readonly Uint8Array[],
  connections: number,
): Promise<Rate> {
  const before = (await server.used()).processor;
  const { times, took } = await pushAll(server.address, packages, connections, MOST_MILLISECONDS);
  const processor = (await server.used()).processor - before;
  return {
    connections,
    perSecond: (times.length * 1000) / took,
    median: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    longest: percentile(times, 1),
    processor: processor / times.length,
  };
}
