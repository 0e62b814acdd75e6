/**
 * The entry for Cloudflare Workers: the same app as everywhere, over a bucket. Export it as it is, with the bindings of
 * `examples/cloudflare/wrangler.jsonc`.
 */
import { FeedError, messageWithHint } from "../errors.js";
import { openBucket } from "../store/r2.js";
import { systemRetry } from "../store/repeat-while-busy.js";
import { retryingStore } from "../store/retry.js";
import { createFeedApp } from "./app.js";
import { createAttempts } from "./auth/attempts.js";
import { createAuthorizer } from "./auth/authorize.js";
import { createGate } from "./auth/gate.js";
import { encodedInit } from "./http/encoded-init.js";
import { jsonError } from "./http/json-error.js";
import { requestId } from "./http/request-id.js";
import type { RequestEnvironment } from "./http/request-origin.js";
import { contentMayChange } from "./publishing/publishing.js";
import { publishRoutes } from "./publishing/routes.js";
import { showChange } from "./publishing/show-change.js";
import { loggedPath, requestJson } from "./request-log.js";
import { createLiveSearch } from "./search/live-search.js";
import { type BucketFeed, openBucketFeed } from "./worker/bucket-feed.js";
import { contentCache } from "./worker/content-cache.js";
import { readEnvironment, type WorkerEnvironment } from "./worker/environment.js";

export type { WorkerEnvironment } from "./worker/environment.js";

/** What the runtime hands over with a request or an event. */
export interface WorkerContext {
  waitUntil(work: Promise<unknown>): void;
}

/** What an isolate keeps from request to request. */
interface OpenedWorker {
  readonly feed: BucketFeed;
  readonly fetch: (request: Request, environment: RequestEnvironment) => Promise<Response>;
}

/** Each look lists objects, which costs as much as a write. Others' pushes are still found within half a minute. */
const REFRESH_AFTER = 15_000;

let opened: { readonly environment: WorkerEnvironment; readonly worker: OpenedWorker } | undefined;

/** Bindings are the same objects for as long as the isolate lives. */
function openWorker(environment: WorkerEnvironment): OpenedWorker {
  if (opened?.environment.BUCKET !== environment.BUCKET)
    opened = { environment, worker: createWorker(environment) };
  return opened.worker;
}

function createWorker(environment: WorkerEnvironment): OpenedWorker {
  const settings = readEnvironment(environment);
  const { baseUrl } = settings.feed;
  const store = retryingStore(openBucket(environment.BUCKET, { retry: systemRetry }), systemRetry);
  const search = createLiveSearch(store, {
    now: () => Date.now(),
    refreshAfter: REFRESH_AFTER,
    onError: logError,
  });
  const feed = openBucketFeed(store, { settings, onChanged: (state) => showChange(search, state) });
  const gate = createGate({
    authorize: createAuthorizer(() => settings.keys, { now: () => Date.now() }),
    attempts: createAttempts({ now: () => Date.now() }),
  });
  // Bytes that may change must not be kept, and neither must those that not everybody may read.
  const mayChange = contentMayChange(settings);
  const isCached = !mayChange && !settings.isPrivate;
  const app = createFeedApp(store, {
    feedBaseUrl: baseUrl,
    mountPath: new URL(baseUrl).pathname,
    isPrivate: settings.isPrivate,
    contentMayChange: mayChange,
    gate,
    dynamic: { settings: async () => settings.feed, search, publishing: publishRoutes(feed.publishing) },
    ready: [{ name: "bucket", check: async () => void (await store.stat("v3/index.json")) }],
    onError: logError,
    ...(isCached && { cache: contentCache }),
  });
  return { feed, fetch: async (request, requestEnvironment) => await app.fetch(request, requestEnvironment) };
}

/** @returns the answer, whatever happens: an exception would show the platform's own page */
async function fetch(
  request: Request,
  environment: WorkerEnvironment,
  context: WorkerContext,
): Promise<Response> {
  const requestEnvironment = environmentOf(request, context);
  const start = Date.now();
  const answering = answer(request, environment, requestEnvironment);
  const response = await untilAnswered(answering, context);
  await discardBody(request);
  // Headers of answers out of a cache cannot be changed.
  const answered = new Response(
    response.body,
    encodedInit({ status: response.status, statusText: response.statusText, headers: response.headers }),
  );
  answered.headers.set("X-Request-Id", requestEnvironment.origin.requestId);
  logRequest(request, requestEnvironment, answered.status, Date.now() - start);
  return answered;
}

/** For how long a body is read that nobody wanted, in milliseconds. */
const UNWANTED_TIME = 60_000;

/** Some clients look at the answer only when they have sent everything, and take a connection that ends before for an error. */
async function discardBody({ body, bodyUsed }: Request): Promise<void> {
  if (body === null || bodyUsed || body.locked) return;
  const signal = AbortSignal.timeout(UNWANTED_TIME);
  await body.pipeTo(new WritableStream(), { signal }).catch(() => undefined);
}

/** How often a request that waits shows that it lives, in milliseconds. */
const HEARTBEAT = 100;

/**
 * A request that waits for what another one began (loading the search index) is taken for hung without a timer of its own;
 * and one whose client is gone still has to end what it began.
 */
async function untilAnswered(answering: Promise<Response>, context: WorkerContext): Promise<Response> {
  context.waitUntil(answering.then(() => undefined));
  const heartbeat = setInterval(() => {}, HEARTBEAT);
  try {
    return await answering;
  } finally {
    clearInterval(heartbeat);
  }
}

async function answer(
  request: Request,
  environment: WorkerEnvironment,
  requestEnvironment: RequestEnvironment,
): Promise<Response> {
  try {
    return await openWorker(environment).fetch(request, requestEnvironment);
  } catch (error) {
    logError(error);
    // What is set up wrongly, whoever deploys the worker sees at once; other errors tell nothing.
    const message = error instanceof FeedError ? messageWithHint(error) : "The request could not be answered";
    return jsonError(500, error instanceof FeedError ? error.code : "request-failed", message);
  }
}

/** Cloudflare tells the client's address, and its own id of the request. */
function environmentOf(request: Request, context: WorkerContext): RequestEnvironment {
  const { protocol, host } = new URL(request.url);
  const address = request.headers.get("CF-Connecting-IP") ?? "";
  const id = requestId(request.headers.get("CF-Ray") ?? undefined, true);
  return {
    origin: { address, protocol: protocol === "http:" ? "http" : "https", host, requestId: id },
    notes: {},
    keepAlive: (work) => context.waitUntil(work),
  };
}

function logRequest(
  request: Request,
  { origin, notes }: RequestEnvironment,
  status: number,
  milliseconds: number,
): void {
  const { pathname, search } = new URL(request.url);
  const agent = request.headers.get("User-Agent");
  console.log(
    requestJson({
      time: new Date().toISOString(),
      id: origin.requestId,
      method: request.method,
      path: loggedPath(pathname + search),
      status,
      milliseconds,
      ...(origin.address !== "" && { address: origin.address }),
      ...(notes.user !== undefined && { user: notes.user }),
      ...(agent !== null && { agent }),
      ...(notes.note !== undefined && { note: notes.note }),
    }),
  );
}

function logError(error: unknown): void {
  console.error(error instanceof FeedError ? `${error.code}: ${messageWithHint(error)}` : error);
}

/** The clock: finishes what pushes left, folds, deletes. */
async function scheduled(_event: unknown, environment: WorkerEnvironment): Promise<void> {
  const report = await openWorker(environment).feed.runScheduled();
  for (const problem of report?.problems ?? []) logError(problem);
}

export default { fetch, scheduled };
