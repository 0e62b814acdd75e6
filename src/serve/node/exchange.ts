/**
 * One request and its answer, from Node's to the web's way of saying so: where it came from, its address behind proxies, the
 * status line, the log.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { getRequestListener, RequestError } from "@hono/node-server";
import { jsonError } from "../http/json-error.js";
import { reasonPhrase } from "../http/reason-phrase.js";
import { requestId } from "../http/request-id.js";
import type { RequestEnvironment, RequestNotes, RequestOrigin } from "../http/request-origin.js";
import { loggedPath, type RequestEntry } from "../request-log.js";
import { type Client, clientOf, type ProxyTrust } from "./proxies.js";
import { bodyStream, hasBody } from "./request-body.js";

/** An app: from a request, and what is known of it besides, to the response. */
export type FetchHandler = (
  request: Request,
  environment: RequestEnvironment,
) => Response | Promise<Response>;

export interface ExchangeOptions {
  readonly fetch: FetchHandler;
  readonly trust: ProxyTrust;
  /** Whether the server takes no more requests. */
  readonly isClosing: () => boolean;
  /** Told of every request once its answer was sent, or cannot be sent any more. */
  readonly onRequest?: ((entry: RequestEntry) => void) | undefined;
  /** Told of what the app throws, of which clients learn no more than that it happened. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /**
   * Whether nothing but the server runs in this process: the web's classes of requests and responses are replaced by
   * faster ones for all of it then.
   */
  readonly ownsProcess?: boolean | undefined;
}

/** How logs say that a client did not wait for the answer. */
const CLIENT_GONE = 499;

/** Methods whose requests have no body here: the web's do not let them. */
const bodiless = new Set(["GET", "HEAD", "TRACE"]);

/** Answers one request of Node's. */
export function answerExchange(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { fetch, trust, isClosing, onRequest, onError, ownsProcess = false }: ExchangeOptions,
): Promise<void> {
  const client = clientOf(incoming, trust);
  const stated = incoming.headers["x-request-id"];
  const id = requestId(typeof stated === "string" ? stated : undefined, client.isProxied);
  const { address, protocol, host } = client;
  const origin: RequestOrigin = { address, protocol, host, requestId: id };
  const notes: RequestNotes = {};
  outgoing.setHeader("X-Request-Id", id);
  if (onRequest !== undefined) logWhenDone(incoming, outgoing, { origin, notes }, onRequest);

  const answer = async (request: Request): Promise<Response> => {
    const expectation = awaitedBody(incoming, outgoing);
    const response = await fetch(seenRequest(request, incoming, client, expectation.meet), { origin, notes });
    // Whoever waited for a word before sending a body has got the answer instead, and does not send it.
    if (expectation.isOpen() || (isClosing() && incoming.complete)) outgoing.setHeader("Connection", "close");
    if (response.statusText !== "") outgoing.statusMessage = reasonPhrase(response.statusText);
    return response;
  };
  const listener = getRequestListener(answer, {
    hostname: "localhost",
    overrideGlobalObjects: ownsProcess,
    // It would end connections after half a second; see discardBody.
    autoCleanupIncoming: false,
    errorHandler: (error) => {
      if (error instanceof RequestError) return jsonError(400, "request-invalid", "This is no address");
      onError?.(error);
      return jsonError(500, "request-failed", "The request could not be answered");
    },
  });
  return listener(incoming, outgoing);
}

interface AwaitedBody {
  /** Whether the client waits for being told to send its body (`Expect: 100-continue`). */
  readonly isOpen: () => boolean;
  readonly meet: () => void;
}

/** A body is asked for when somebody reads it, so that a refused push need not be sent. */
function awaitedBody({ headers, httpVersion }: IncomingMessage, outgoing: ServerResponse): AwaitedBody {
  let isOpen = headers.expect !== undefined && httpVersion === "1.1";
  const meet = (): void => {
    if (isOpen) outgoing.writeContinue();
    isOpen = false;
  };
  return { isOpen: () => isOpen, meet };
}

/** The request as the client made it, and with a body that can be left unread. */
function seenRequest(
  request: Request,
  incoming: IncomingMessage,
  client: Client,
  onWanted: () => void,
): Request {
  const url = client.isProxied ? seenUrl(request.url, client) : request.url;
  const { method } = request;
  // Nothing else is asked of it, because what is asked is made then, and reads are many.
  if (bodiless.has(method) && url === request.url) return request;
  const { headers, signal } = request;
  if (bodiless.has(method)) return new Request(url, { method, headers, signal });
  const body = hasBody(incoming) ? bodyStream(incoming, onWanted) : null;
  // Streams are sent before the answer is there: the types of Node 20 do not know that Node asks for this to be said.
  const init: RequestInit & { duplex: "half" } = { method, headers, signal, body, duplex: "half" };
  return new Request(url, init);
}

function seenUrl(own: string, { protocol, host }: Client): string {
  const { pathname, search } = new URL(own);
  return `${protocol}://${host}${pathname}${search}`;
}

function logWhenDone(
  { method = "", url = "", headers, socket }: IncomingMessage,
  outgoing: ServerResponse,
  { origin, notes }: RequestEnvironment,
  onRequest: (entry: RequestEntry) => void,
): void {
  const time = new Date().toISOString();
  const start = performance.now();
  const sentBefore = socket.bytesWritten;
  outgoing.once("close", () => {
    const note = notes.note ?? (outgoing.writableFinished ? undefined : "the client went away");
    onRequest({
      time,
      id: origin.requestId,
      method,
      path: loggedPath(url),
      status: outgoing.headersSent ? outgoing.statusCode : CLIENT_GONE,
      milliseconds: Math.round(performance.now() - start),
      bytes: socket.bytesWritten - sentBefore,
      ...(origin.address !== "" && { address: origin.address }),
      ...(notes.user !== undefined && { user: notes.user }),
      ...(headers["user-agent"] !== undefined && { agent: headers["user-agent"] }),
      ...(note !== undefined && { note }),
    });
  });
}
