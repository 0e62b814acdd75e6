/**
 * The server of a folder: shows its feed, answers searches, and takes changes where it is told to.
 */
import { FeedError } from "../../errors.js";
import { openFolder } from "../../store/fs.js";
import type { Store } from "../../store/store.js";
import { createFeedApp, type FeedAppOptions } from "../app.js";
import { createAttempts } from "../auth/attempts.js";
import { createAuthorizer, type ReadKeys } from "../auth/authorize.js";
import { createGate, type Gate } from "../auth/gate.js";
import { isLoopbackName } from "../http/foreign-request.js";
import { contentMayChange } from "../publishing/publishing.js";
import { recordedSettings } from "../recorded-settings.js";
import type { RequestEntry } from "../request-log.js";
import { createLiveSearch, type LiveSearch } from "../search/live-search.js";
import type { FolderChanges } from "./folder-changes.js";
import type { PublishSettings } from "./folder-publishing.js";
import type { ListeningServer } from "./listening-server.js";
import { startListening } from "./server.js";
import type { WatchedFolders } from "./watched-builds.js";

/** Not 5000, which macOS uses itself, nor 8080, which everything else uses. */
export const DEFAULT_PORT = 5080;

/** Only this machine can reach it: a server for others is asked for. */
export const DEFAULT_HOST = "127.0.0.1";

export interface ServeOptions extends Pick<FeedAppOptions, "publicUrl" | "isPrivate"> {
  /** The folder that holds the feed. */
  readonly folder: string;
  /** Default {@link DEFAULT_PORT}, or any free one when that is taken. */
  readonly port?: number;
  /** Default {@link DEFAULT_HOST}. */
  readonly host?: string;
  /** IP addresses, or networks as `10.0.0.0/8`, whose `X-Forwarded-*` headers are believed. Default none. */
  readonly trustedProxies?: readonly string[];
  /** Takes pushes and other changes; default not. The server holds the lock of the folder as long as it runs then. */
  readonly publish?: PublishSettings;
  /** Builds the feed again whenever something changes in these folders of packages; implies holding the lock as well. */
  readonly watch?: WatchedFolders;
  /** How long to wait for another writer of the folder, in seconds; default not at all. */
  readonly lockTimeout?: number;
  /** Who may do what; default nobody may do anything that needs a key. */
  readonly keys?: ReadKeys;
  /** Told of every request once its answer was sent. */
  readonly onRequest?: (entry: RequestEntry) => void;
  /** Told of failures, of which clients learn no more than that there was one. */
  readonly onError?: (error: unknown, request?: Request) => void;
  /** See `startListening`. */
  readonly ownsProcess?: boolean;
  readonly signal?: AbortSignal;
}

export interface FeedServer {
  readonly host: string;
  readonly port: number;
  /** Where the feed's root is, ending in `/`. */
  readonly url: string;
  /** The address of the web site; absent when the feed was built without one. */
  readonly site?: string;
  /** Whether it takes pushes. */
  readonly isPublishing: boolean;
  /** Takes no more requests, lets pushes end and reads for five seconds, and gives the lock back. */
  readonly close: () => Promise<void>;
}

/**
 * Serves the feed of a folder.
 *
 * @throws FeedError `feed-missing` when there is none and none may be begun, `locked` when somebody else writes to it,
 * `port-taken` when the port that was asked for is; others of `startListening` and `openFolderPublishing`
 */
export async function startServer(options: ServeOptions): Promise<FeedServer> {
  const { folder, onError = () => {} } = options;
  const store = openFolder(folder);
  const readSettings = recordedSettings(store);
  if ((await readSettings()) === undefined && options.publish?.newFeed === undefined)
    throw feedMissing(folder);
  const search = createLiveSearch(store, { onError });
  const changes = await openChanges(store, options, search);
  try {
    // Whoever asks first need not wait; a failure is told to whoever asks then.
    search.start().catch(() => undefined);
    const server = await listenWith(store, options, search, changes);
    const settings = await readSettings();
    const url = `http://${hostInUrl(server.host)}:${server.port}/`;
    return {
      ...server,
      url,
      ...(settings?.site && { site: url }),
      isPublishing: options.publish !== undefined,
      close: async () => {
        await server.close();
        await changes?.close();
      },
    };
  } catch (error) {
    await changes?.close();
    throw error;
  }
}

/** Loaded only where something is to be changed: it is most of the program. */
async function openChanges(
  store: Store,
  options: ServeOptions,
  search: LiveSearch,
): Promise<FolderChanges | undefined> {
  const { folder, publish, watch, lockTimeout, onError = () => {}, signal } = options;
  if (publish === undefined && watch === undefined) return undefined;
  const { openFolderChanges } = await import("./folder-changes.js");
  return await openFolderChanges(store, {
    folder,
    search,
    isOpenWithoutKeys: isReachedFromHere(options),
    onError,
    ...(publish && { publish }),
    ...(watch && { watch }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    ...(signal && { signal }),
  });
}

interface BoundServer extends ListeningServer {
  readonly host: string;
}

async function listenWith(
  store: Store,
  options: ServeOptions,
  search: LiveSearch,
  changes: FolderChanges | undefined,
): Promise<BoundServer> {
  const { host = DEFAULT_HOST, port, onError, publicUrl, isPrivate } = options;
  const { trustedProxies, onRequest, ownsProcess } = options;
  const settings = recordedSettings(store);
  const publishing = options.publish && changes?.publishing;
  const app = createFeedApp(store, {
    contentMayChange: contentMayChange(options.publish ?? {}),
    ...(publicUrl !== undefined && { publicUrl }),
    ...(isPrivate !== undefined && { isPrivate }),
    ...(onError && { onError }),
    feedBaseUrl: async () => (await settings())?.baseUrl,
    dynamic: { settings, search, ...(publishing && { publishing }) },
    gate: createNodeGate(options),
    ready: [
      { name: "search", check: async () => void (await search.index()) },
      ...(changes ? [{ name: "lock", check: changes.assertHeld }] : []),
    ],
  });
  const listen = (port: number): Promise<ListeningServer> =>
    startListening({ host, port, trustedProxies, onRequest, onError, ownsProcess, fetch: app.fetch });
  return { ...(port === undefined ? await listenAnywhere(listen) : await listen(port)), host };
}

function createNodeGate(options: ServeOptions): Gate {
  const { keys = () => [], isPrivate = false } = options;
  const now = (): number => Date.now();
  const isOpenWithoutKeys = isReachedFromHere(options) && !isPrivate;
  return createGate({
    authorize: createAuthorizer(keys, { now, isOpenWithoutKeys }),
    attempts: createAttempts({ now: () => performance.now() }),
  });
}

/** Whether this machine alone reaches the server. Proxies on it let others in, and need not tell that they are there. */
function isReachedFromHere({ host = DEFAULT_HOST, publicUrl, trustedProxies = [] }: ServeOptions): boolean {
  const isPublic = publicUrl !== undefined && !isLoopbackName(new URL(publicUrl).hostname);
  return isLoopbackName(host) && !isPublic && trustedProxies.length === 0;
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
