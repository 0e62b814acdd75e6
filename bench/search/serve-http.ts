/**
 * A server of one feed's search, for `measure-http.ts`, which starts it and asks it how it fared: `node serve-http.js <folder>`.
 */
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { answerSearch } from "../../src/serve/search/answer-search.js";
import { createLiveSearch } from "../../src/serve/search/live-search.js";
import { openFolder } from "../../src/store/fs.js";

/** What the server has used since it was started. */
export interface UsedByServer {
  /** Bytes: the most that was resident at once. */
  readonly memory: number;
  /** Milliseconds of all its threads. */
  readonly processor: number;
}

const [folder = ""] = process.argv.slice(2);
const live = createLiveSearch(openFolder(folder));
const answer = getRequestListener(
  async (request) => await answerSearch(await live.index(), request, "https://feed.example.com/"),
  { overrideGlobalObjects: false },
);
const server = createServer((request, response) => void answer(request, response));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.(address === null || typeof address === "string" ? 0 : address.port);
});
process.on("message", () => process.send?.(used()));
process.on("disconnect", () => process.exit());

function used(): UsedByServer {
  const { user, system } = process.cpuUsage();
  // Kibibytes on all systems.
  return { memory: process.resourceUsage().maxRSS * 1024, processor: (user + system) / 1000 };
}
