/**
 * Shows the feed of a folder, read-only.
 */
import { FeedError } from "../../errors.js";
import { openFolder } from "../../store/fs.js";
import { createFeedApp, type FeedAppOptions } from "../app.js";
import { recordedSettings } from "../recorded-settings.js";
import type { RequestEntry } from "../request-log.js";
import { type ListeningServer, startListening } from "./server.js";

/** Not 5000, which macOS uses itself, nor 8080, which everything else uses. */
export const DEFAULT_PORT = 5080;

/** Only this machine can reach it: a server for others is asked for. */
export const DEFAULT_HOST = "127.0.0.1";

export interface ServeOptions extends Pick<FeedAppOptions, "publicUrl" | "onError"> {
  /** The folder that holds the feed. */
  readonly folder: string;
  /** Default {@link DEFAULT_PORT}, or any free one when that is taken. */
  readonly port?: number;
  /** Default {@link DEFAULT_HOST}. */
  readonly host?: string;
  /** IP addresses, or networks as `10.0.0.0/8`, whose `X-Forwarded-*` headers are believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Told of every request once its answer was sent. */
  readonly onRequest?: (entry: RequestEntry) => void;
}

export interface FeedServer {
  readonly host: string;
  readonly port: number;
  /** Where the feed's root is, ending in `/`. */
  readonly url: string;
  /** The address of the web site; absent when the feed was built without one. */
  readonly site?: string;
  /** Takes no more requests, lets those under way end, and ends reads after five seconds. */
  readonly close: () => Promise<void>;
}

/**
 * Shows the feed of a folder.
 *
 * @throws FeedError `feed-missing` when there is none, `port-taken` when the port that was asked for is;
 * others of `startListening`
 */
export async function startServer(options: ServeOptions): Promise<FeedServer> {
  const { folder, host = DEFAULT_HOST, port, trustedProxies, onRequest, ...appOptions } = options;
  const store = openFolder(folder);
  const readSettings = recordedSettings(store);
  const settings = await readSettings();
  if (settings === undefined) throw feedMissing(folder);
  const feedBaseUrl = async (): Promise<string | undefined> => (await readSettings())?.baseUrl;
  const app = createFeedApp(store, { ...appOptions, feedBaseUrl });
  const listen = (port: number): Promise<ListeningServer> =>
    startListening({ host, port, trustedProxies, onRequest, fetch: app.fetch });
  const server = port === undefined ? await listenAnywhere(listen) : await listen(port);
  const url = `http://${hostInUrl(host)}:${server.port}/`;
  return { ...server, host, url, ...(settings.site && { site: url }) };
}

/** @returns what listens on the usual port, or else on any free one */
export async function listenAnywhere(
  listen: (port: number) => Promise<ListeningServer>,
): Promise<ListeningServer> {
  try {
    return await listen(DEFAULT_PORT);
  } catch (error) {
    if (!(error instanceof FeedError) || error.code !== "port-taken") throw error;
    return listen(0);
  }
}

/** Clients on this machine know it by one name, whatever the address on which the server listens. */
export function hostInUrl(host: string): string {
  if (["127.0.0.1", "::1", "0.0.0.0", "::", ""].includes(host)) return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}

function feedMissing(folder: string): FeedError {
  return new FeedError("feed-missing", `Cannot serve "${folder}": there is no feed built by nupress in it`, {
    hint: `build one first: nupress build <packages> --output ${folder} --base-url http://localhost:${DEFAULT_PORT}/`,
  });
}
