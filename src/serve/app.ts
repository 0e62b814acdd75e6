/**
 * The feed as an app for every runtime: which request goes where, headers of all answers, errors. Without a dynamic part it
 * shows the store's files and never changes them.
 */
import { Hono } from "hono";
import { FeedError } from "../errors.js";
import type { FeedSettings } from "../feed/settings.js";
import type { Store } from "../store/store.js";
import type { Gate } from "./auth/gate.js";
import type { StaticOptions } from "./files/base-urls.js";
import { answerNotFound } from "./files/not-found.js";
import { answerRequest, type ContentCache, type KeptAnswers } from "./files/static-files.js";
import { liveAnswer, type ReadyCheck, readyAnswer } from "./health.js";
import { jsonError } from "./http/json-error.js";
import { environmentOf } from "./http/request-environment.js";
import { keepPrivate, readGate } from "./private-feed.js";
import { answerAutocomplete } from "./search/answer-autocomplete.js";
import { answerSearch } from "./search/answer-search.js";
import type { LiveSearch } from "./search/live-search.js";
import { answerServiceIndex } from "./service-index.js";

export interface FeedAppOptions extends StaticOptions {
  /** Told of failures, of which clients learn no more than that there was one. */
  readonly onError?: (error: unknown, request: Request) => void;
  /** Answers searches, and changes the feed. Absent: files only. */
  readonly dynamic?: DynamicPart;
  /** Lets requests in that need a key. */
  readonly gate?: Gate;
  /** Whether reading needs a key as well. */
  readonly isPrivate?: boolean;
  /** What must work for `/health/ready`. */
  readonly ready?: readonly ReadyCheck[];
  /** Keeps files that never change. */
  readonly cache?: ContentCache;
}

export interface DynamicPart {
  /** With which the feed was built; `undefined` while there is none. */
  readonly settings: () => Promise<FeedSettings | undefined>;
  readonly search: LiveSearch;
  /** Adds the routes that change the feed, see `publishRoutes`; absent where it is not changed from outside. */
  readonly publishing?: (app: Hono, options: PublishRouteOptions) => void;
}

export interface PublishRouteOptions {
  readonly gate: Gate;
  readonly onError: (error: unknown, request: Request) => void;
}

/** From request to response. */
export type StaticHandler = (request: Request) => Promise<Response>;

/** What every answer says: anybody may read it, and it is of the type that it says it is. */
const commonHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Content-Range",
  "X-Content-Type-Options": "nosniff",
};

const preflightHeaders: Readonly<Record<string, string>> = {
  Allow: "GET, HEAD, OPTIONS",
  "Access-Control-Allow-Methods": "GET, HEAD",
  "Access-Control-Allow-Headers": "*, Authorization",
  "Access-Control-Max-Age": "86400",
};

/** The app, to be mounted in others. */
export function createFeedApp(store: Store, options: FeedAppOptions = {}): Hono {
  const { dynamic } = options;
  const mountPath = routePath(options.mountPath ?? "/");
  // Paket adds a slash to addresses of resources, other clients do so only when they push.
  const root = new Hono({ strict: false });
  const app = new Hono().basePath(mountPath.slice(0, -1));
  root.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(commonHeaders)) context.res.headers.set(name, value);
    if (options.isPrivate === true) keepPrivate(context.res.headers);
  });
  root.get(`${mountPath}health/live`, () => liveAnswer());
  root.get(`${mountPath}health/ready`, async ({ req }) =>
    readyAnswer(options.ready ?? [], { onFailure: (_name, error) => options.onError?.(error, req.raw) }),
  );
  if (options.isPrivate === true) root.use(readGate(options.gate));
  if (dynamic !== undefined) addSearch(app, options, dynamic);
  if (dynamic?.publishing !== undefined) {
    const { gate, onError = () => {} } = options;
    if (gate === undefined) throw new Error("a feed that takes packages needs to know from whom");
    dynamic.publishing(app, { gate, onError });
  }
  root.route("/", app);
  // Hono answers HEAD by the handlers of GET, which see the method in the request itself.
  root.get("*", (context) =>
    answerRequest(store, context.req.raw, options, keptAnswers(options, context.env)),
  );
  root.options("*", () => new Response(null, { status: 204, headers: preflightHeaders }));
  root.all("*", ({ req }) =>
    jsonError(405, "method-not-allowed", `This address does not answer ${req.method}`, {
      Allow: "GET, HEAD, OPTIONS",
    }),
  );
  root.onError((error, { req }) => {
    // A path that no store takes, or a link that leads out of the folder, is nothing that the feed has.
    if (error instanceof FeedError && error.code === "path-unsafe")
      return answerNotFound(store, req.raw, options);
    options.onError?.(error, req.raw);
    return jsonError(500, "read-failed", "The feed could not be read", { "Cache-Control": "no-store" });
  });
  return root;
}

/** Keeping goes on after the answer, so that only a runtime that says how can keep. */
function keptAnswers({ cache }: FeedAppOptions, environment: unknown): KeptAnswers | undefined {
  const { keepAlive } = environmentOf(environment);
  return cache && keepAlive && { cache, keepAlive };
}

function addSearch(app: Hono, options: FeedAppOptions, { settings, search, publishing }: DynamicPart): void {
  const baseUrlOf = (request: Request): string => servedUrl(request, options);
  app.get("/v3/index.json", async ({ req }, next) => {
    const recorded = await settings();
    if (recorded === undefined) return await next();
    const offered = { settings: recorded, baseUrl: baseUrlOf(req.raw), publishing: publishing !== undefined };
    return await answerServiceIndex(req.raw, offered);
  });
  app.get("/v3/search/query", async ({ req, env }) =>
    answerSearch(await search.index(environmentOf(env).keepAlive), req.raw, baseUrlOf(req.raw)),
  );
  app.get("/v3/search/autocomplete", async ({ req, env }) =>
    answerAutocomplete(await search.index(environmentOf(env).keepAlive), req.raw),
  );
}

/** Routes are held against paths that Hono has decoded. */
function routePath(mountPath: string): string {
  try {
    return decodeURI(mountPath);
  } catch {
    return mountPath;
  }
}

/** The address of the feed as the client sees it, ending in `/`. */
function servedUrl(request: Request, { mountPath = "/", publicUrl }: StaticOptions): string {
  return publicUrl ?? new URL(request.url).origin + mountPath;
}

/**
 * The app as one function.
 *
 * @example
 * const handle = createStaticHandler(openFolder("public"), { feedBaseUrl: "https://example.com/feed/" });
 * const response = await handle(new Request("http://localhost/v3/index.json"));
 */
export function createStaticHandler(store: Store, options: FeedAppOptions = {}): StaticHandler {
  const app = createFeedApp(store, options);
  return async (request) => app.fetch(request);
}
