/**
 * Pushes as the official client does: a form with one part, in chunks of which nobody says how many will come.
 */
import { Agent, request } from "node:http";

const BOUNDARY = "3f2504e0-4f89-11d3-9a0c-0305e82c3301";
const CHUNK = 64 * 1024;

/** Milliseconds, one for each push. */
export type Times = readonly number[];

export interface SentPushes {
  readonly times: Times;
  /** Milliseconds from the first to the last. */
  readonly took: number;
}

/** Each connection pushes the next package as soon as it has its answer, for no longer than so many milliseconds. */
export async function pushAll(
  address: string,
  packages: readonly Uint8Array[],
  connections: number,
  mostMilliseconds: number,
): Promise<SentPushes> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const begun = performance.now();
  const left = packages.values();
  const connection = async (): Promise<void> => {
    for (const bytes of left) {
      const from = performance.now();
      await push(address, bytes, agent);
      times.push(performance.now() - from);
      if (performance.now() - begun > mostMilliseconds) return;
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  agent.destroy();
  return { times, took: performance.now() - begun };
}

/** @throws Error when it is not taken */
export function push(address: string, bytes: Uint8Array, agent?: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": `multipart/form-data; boundary="${BOUNDARY}"` };
    const sent = request(address, { method: "PUT", headers, ...(agent && { agent }) }, (response) => {
      if (response.statusCode !== 201) reject(new Error(`${response.statusCode} ${response.statusMessage}`));
      response.on("end", resolve).on("error", reject).resume();
    });
    sent.on("error", reject);
    void send(bytes, sent).catch(reject);
  });
}

async function send(bytes: Uint8Array, sent: ReturnType<typeof request>): Promise<void> {
  sent.write(`--${BOUNDARY}\r\nContent-Disposition: form-data; name=package; filename=package.nupkg\r\n\r\n`);
  for (let at = 0; at < bytes.length; at += CHUNK) {
    if (!sent.write(bytes.subarray(at, at + CHUNK)))
      await new Promise((resolve) => sent.once("drain", resolve));
  }
  sent.end(`\r\n--${BOUNDARY}--\r\n`);
}
