/** A server of its own for each test of a file, over an empty folder, that takes pushes; and a client of it. */
import { afterEach, beforeEach } from "vitest";
import type { FeedSettings } from "../../src/feed/settings.js";
import type { PublishSettings } from "../../src/serve/node/folder-publishing.js";
import { type FeedServer, type ServeOptions, startServer } from "../../src/serve/node/start-server.js";
import { buildPackage, type PackageOptions } from "./package-builder.js";
import { makeTemporaryFolder, type TemporaryFolder } from "./temporary-folder.js";

export const newFeed: FeedSettings = {
  baseUrl: "https://feed.example.com/",
  folderFeed: false,
  staticSearch: 25,
};

export interface StartOptions extends Partial<Omit<ServeOptions, "publish">> {
  /** Default {}, with which a feed begins in an empty folder. */
  readonly publish?: PublishSettings | false;
}

export interface PublishServer {
  /** The folder of the feed. */
  readonly folder: () => string;
  /** Ends the one that was started before. */
  readonly start: (options?: StartOptions) => Promise<FeedClient>;
  /** What the server told whoever runs it since the test began. */
  readonly errors: readonly unknown[];
}

export interface FeedClient extends FeedServer {
  /** Any request; `path` without slash at its beginning. */
  readonly ask: (path: string, init?: RequestInit) => Promise<Response>;
  /** PUT to `v3/publish`. */
  readonly push: (content: PackageOptions | Uint8Array, init?: RequestInit) => Promise<Response>;
  /** A parsed document; fails when there is none. */
  readonly json: (path: string) => Promise<unknown>;
  /** As the flat container lists them; `undefined` when it knows no such id. */
  readonly versions: (lowerId: string) => Promise<readonly string[] | undefined>;
}

/** To be called once in a test file: it ends everything behind each test. */
export function usePublishServer(): PublishServer {
  let temporary: TemporaryFolder | undefined;
  let server: FeedServer | undefined;
  const errors: unknown[] = [];
  const folder = (): string => temporary?.path ?? "";
  beforeEach(async () => {
    temporary = await makeTemporaryFolder();
    errors.length = 0;
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    await temporary?.remove();
  });
  return {
    folder,
    errors,
    start: async ({ publish = {}, ...options } = {}) => {
      await server?.close();
      server = await startServer({
        folder: folder(),
        port: 0,
        ...(publish !== false && { publish: { newFeed, ...publish } }),
        onError: (error) => errors.push(error),
        ...options,
      });
      return feedClient(server);
    },
  };
}

export function feedClient(server: FeedServer): FeedClient {
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    await fetch(server.url + path, { redirect: "manual", ...init });
  const json = async (path: string): Promise<unknown> => {
    const response = await ask(path);
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json();
  };
  return {
    ...server,
    ask,
    json,
    push: async (content, init = {}) =>
      await ask("v3/publish", { method: "PUT", body: bodyOf(content), ...init }),
    versions: async (id) => {
      const response = await ask(`v3/flat/${id}/index.json`);
      if (response.status === 404) return undefined;
      const list: unknown = await response.json();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: tests fail on other lists
      return (list as { readonly versions: readonly string[] }).versions;
    },
  };
}

/** Bytes as `fetch` takes them. */
export function bodyOf(content: PackageOptions | Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content instanceof Uint8Array ? content : buildPackage(content));
}
