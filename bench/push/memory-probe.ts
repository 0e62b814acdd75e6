/**
 * Runs in the measured server beside it (`node --import`), and tells over its channel what it uses: the most memory since it was
 * last asked, and the time of its processors.
 */

/** What the server has used. */
export interface UsedByServer {
  /** Bytes that are resident now. */
  readonly memory: number;
  /** The most bytes that were resident at once since the last time that was asked. */
  readonly peak: number;
  /** Milliseconds of all its threads since its start. */
  readonly processor: number;
}

/** Short enough to see a buffer of a few megabytes that lives for as long as it takes to write it. */
const INTERVAL = 2;
const KIBIBYTE = 1024;

let peak = 0;
let most = 0;
const look = (): void => {
  // Where it grew, the most of all times is of the time since the last look, and tells what came and went in between.
  const ever = process.resourceUsage().maxRSS * KIBIBYTE;
  peak = Math.max(peak, process.memoryUsage.rss(), ever > most ? ever : 0);
  most = ever;
};
setInterval(look, INTERVAL).unref();

process.on("message", (asked) => {
  if (asked === "collect") globalThis.gc?.();
  look();
  const { user, system } = process.cpuUsage();
  const memory = process.memoryUsage.rss();
  const used: UsedByServer = { memory, peak, processor: (user + system) / 1000 };
  peak = memory;
  process.send?.(used);
});
// The server ends when it wants to, not when nobody asks any more.
process.channel?.unref();
