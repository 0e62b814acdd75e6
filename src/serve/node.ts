/**
 * The read-only server under Node: one port, closed gracefully.
 */
import { createServer, type Server } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { FeedError } from "../errors.js";
import { openFolder } from "../store/fs.js";
import { createFeedApp, type FeedAppOptions } from "./app.js";
import { recordedSettings } from "./recorded-settings.js";

/** Not 5000, which macOS uses itself, nor 8080, which everything else uses. */
export const DEFAULT_PORT = 5080;

/** Only this machine can reach it: a server for others is asked for. */
export const DEFAULT_HOST = "127.0.0.1";

/** How long answers under way may take once the server is closed. */
const GRACE_MILLISECONDS = 5000;

export interface ServeOptions extends Pick<FeedAppOptions, "publicUrl" | "onError"> {
  /** The folder that holds the feed. */
  readonly folder: string;
  /** Default {@link DEFAULT_PORT}, or any free one when that is taken. */
  readonly port?: number;
  /** Default {@link DEFAULT_HOST}. */
  readonly host?: string;
  /** Told of every answer. */
  readonly onAnswer?: (answer: Answer) => void;
}

export interface Answer {
  readonly method: string;
  /** As asked for, with query. */
  readonly path: string;
  readonly status: number;
}

export interface FeedServer {
  readonly host: string;
  readonly port: number;
  /** Where the feed's root is, ending in `/`. */
  readonly url: string;
  /** The address of the web site; absent when the feed was built without one. */
  readonly site?: string;
  /** Takes no more requests, lets those under way end, and ends them after five seconds. */
  readonly close: () => Promise<void>;
}

/**
 * Shows the feed of a folder.
 *
 * @throws FeedError `feed-missing` when there is none, `port-taken` when the port that was asked for is
 */
export async function startServer(options: ServeOptions): Promise<FeedServer> {
  const { folder, host = DEFAULT_HOST, port, onAnswer, ...appOptions } = options;
  const store = openFolder(folder);
  const readSettings = recordedSettings(store);
  const settings = await readSettings();
  if (settings === undefined) throw feedMissing(folder);
  const feedBaseUrl = async (): Promise<string | undefined> => (await readSettings())?.baseUrl;
  const app = createFeedApp(store, { ...appOptions, feedBaseUrl });
  const listen = (port: number): Promise<ListeningServer> =>
    startListening(host, port, async (request) => {
      const response = await app.fetch(request);
      onAnswer?.({ method: request.method, path: pathOf(request), status: response.status });
      return response;
    });
  const server = port === undefined ? await listenAnywhere(listen) : await listen(port);
  const url = `http://${hostInUrl(host)}:${server.port}/`;
  return { ...server, host, url, ...(settings.site && { site: url }) };
}

interface ListeningServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

async function listenAnywhere(listen: (port: number) => Promise<ListeningServer>): Promise<ListeningServer> {
  try {
    return await listen(DEFAULT_PORT);
  } catch (error) {
    if (!(error instanceof FeedError) || error.code !== "port-taken") throw error;
    return listen(0);
  }
}

function startListening(
  host: string,
  port: number,
  fetch: (request: Request) => Promise<Response>,
): Promise<ListeningServer> {
  const answer = getRequestListener(fetch, { overrideGlobalObjects: false });
  let underWay = 0;
  const server = createServer((request, response) => {
    underWay += 1;
    response.once("close", () => {
      underWay -= 1;
      if (underWay === 0 && !server.listening) server.closeAllConnections();
    });
    void answer(request, response);
  });
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Connections that clients keep for their next request would hold the server up.
    if (underWay === 0) server.closeAllConnections();
    const grace = setTimeout(() => server.closeAllConnections(), GRACE_MILLISECONDS);
    await closed;
    clearTimeout(grace);
  };
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(host, port, error)));
    server.listen(port, host, () => resolve({ port: portOf(server), close }));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}

/** Clients on this machine know it by one name, whatever the address on which the server listens. */
function hostInUrl(host: string): string {
  if (["127.0.0.1", "::1", "0.0.0.0", "::", ""].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function pathOf(request: Request): string {
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

const listenFailures: Readonly<Record<string, { code: string; reason: string; hint: string }>> = {
  EADDRINUSE: {
    code: "port-taken",
    reason: "another program uses it",
    hint: "choose another port with --port, or leave it out to get a free one",
  },
  EACCES: { code: "port-forbidden", reason: "permission denied", hint: "choose a port above 1023" },
  EADDRNOTAVAIL: unknownHost(),
  ENOTFOUND: unknownHost(),
};

function unknownHost(): { code: string; reason: string; hint: string } {
  return {
    code: "host-unknown",
    reason: "this machine has no such address",
    hint: "use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for all of its addresses",
  };
}

function listenError(host: string, port: number, cause: NodeJS.ErrnoException): unknown {
  const failure = listenFailures[cause.code ?? ""];
  if (failure === undefined) return cause;
  const { code, reason, hint } = failure;
  return new FeedError(code, `Cannot listen on port ${port} of "${host}": ${reason}`, { hint, cause });
}

function feedMissing(folder: string): FeedError {
  return new FeedError("feed-missing", `Cannot serve "${folder}": there is no feed built by nupress in it`, {
    hint: `build one first: nupress build <packages> --output ${folder} --base-url http://localhost:${DEFAULT_PORT}/`,
  });
}
