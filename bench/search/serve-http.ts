/**
 * The server of one feed, as `nupress serve` starts it, for `measure-http.ts`, which starts it and asks it how it fared: `node serve-http.js <folder>`.
 */
import { startServer } from "../../src/serve/node/start-server.js";

/** What the server has used since it was started. */
export interface UsedByServer {
  /** Bytes: the most that was resident at once. */
  readonly memory: number;
  /** Milliseconds of all its threads. */
  readonly processor: number;
}

const [folder = ""] = process.argv.slice(2);
const server = await startServer({ folder, port: 0, ownsProcess: true });
process.send?.(server.port);
process.on("message", () => process.send?.(used()));
process.on("disconnect", () => process.exit());

function used(): UsedByServer {
  const { user, system } = process.cpuUsage();
  // Kibibytes on all systems.
  return { memory: process.resourceUsage().maxRSS * 1024, processor: (user + system) / 1000 };
}
