/**
 * The read-only server as an app for every runtime: routes by method, headers of all answers, errors.
 */
import { Hono } from "hono";
import { FeedError } from "../errors.js";
import type { Store } from "../store/store.js";
import type { StaticOptions } from "./base-urls.js";
import { jsonError } from "./json-error.js";
import { answerNotFound } from "./not-found.js";
import { answerRequest } from "./static-files.js";

export interface FeedAppOptions extends StaticOptions {
  /** Told of failures, of which clients learn no more than that there was one. */
  readonly onError?: (error: unknown, request: Request) => void;
}

/** From request to response. */
export type StaticHandler = (request: Request) => Promise<Response>;

const ALLOWED_METHODS = "GET, HEAD, OPTIONS";

/** What every answer says: anybody may read it, and it is of the type that it says it is. */
const commonHeaders: Readonly<Record<string, string>> = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers": "ETag, Content-Range",
  "X-Content-Type-Options": "nosniff",
};

const preflightHeaders: Readonly<Record<string, string>> = {
  Allow: ALLOWED_METHODS,
  "Access-Control-Allow-Methods": "GET, HEAD",
  "Access-Control-Allow-Headers": "*",
  "Access-Control-Max-Age": "86400",
};

/** The app, to be mounted in others. It shows the store's files and never changes them. */
export function createFeedApp(store: Store, options: FeedAppOptions = {}): Hono {
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(commonHeaders)) context.res.headers.set(name, value);
  });
  // Hono answers HEAD by the handlers of GET, which see the method in the request itself.
  app.get("*", (context) => answerRequest(store, context.req.raw, options));
  app.options("*", () => new Response(null, { status: 204, headers: preflightHeaders }));
  app.all("*", ({ req }) =>
    jsonError(405, "method-not-allowed", `This feed is read-only: it does not answer ${req.method}`, {
      Allow: ALLOWED_METHODS,
    }),
  );
  app.onError((error, { req }) => {
    // A path that no store takes, or a link that leads out of the folder, is nothing that the feed has.
    if (error instanceof FeedError && error.code === "path-unsafe")
      return answerNotFound(store, req.raw, options);
    options.onError?.(error, req.raw);
    return jsonError(500, "read-failed", "The feed could not be read", { "Cache-Control": "no-store" });
  });
  return app;
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
