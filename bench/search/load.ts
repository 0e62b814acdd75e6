/**
 * Asks a server over connections that stay open, as many questions as it can answer or so many a second.
 */
import { Agent, get } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds, one for each answer. */
export type Times = readonly number[];

export interface Load {
  /** Whole addresses; begun again when they are used up. */
  readonly addresses: readonly string[];
  readonly count: number;
  /** No question is asked later than this after the first. */
  readonly mostMilliseconds: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LoadFigures {
  readonly times: Times;
  /** Milliseconds from the first question to the last answer. */
  readonly took: number;
}

export const CONNECTIONS = 32;

/** Each connection asks as soon as it has its answer. */
export async function fullLoad({
  addresses,
  count,
  mostMilliseconds,
  headers = {},
}: Load): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const begun = performance.now();
  let asked = 0;
  const connection = async (): Promise<void> => {
    while (asked < count && performance.now() - begun < mostMilliseconds) {
      const address = addresses[asked++ % addresses.length] ?? "";
      const from = performance.now();
      await ask(address, agent, headers);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  agent.destroy();
  return { times, took: performance.now() - begun };
}

/**
 * Asks at a rate, whether the server keeps up or not. Times count from when a question should have been asked, so one
 * that had to wait for others is not forgotten.
 */
export async function pacedLoad(
  { addresses, count, mostMilliseconds, headers = {} }: Load,
  perSecond: number,
): Promise<LoadFigures> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const times: number[] = [];
  const answers: Promise<void>[] = [];
  const begun = performance.now();
  const wanted = Math.min(count, Math.floor((perSecond * mostMilliseconds) / 1000));
  while (answers.length < wanted) {
    const due = Math.min(wanted, ((performance.now() - begun) * perSecond) / 1000);
    for (let n = answers.length; n < due; n++) {
      const from = begun + (n * 1000) / perSecond;
      const answered = ask(addresses[n % addresses.length] ?? "", agent, headers);
      answers.push(answered.then(() => void times.push(performance.now() - from)));
    }
    await wait(1);
  }
  await Promise.all(answers);
  agent.destroy();
  return { times, took: performance.now() - begun };
}

/** Reads the whole answer. */
export function ask(address: string, agent: Agent, headers: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    get(address, { agent, headers }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${response.statusCode} for ${address}`));
      response.on("end", resolve).on("error", reject).resume();
    }).on("error", reject);
  });
}
