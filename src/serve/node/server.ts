/**
 * Any app under Node: one port, within limits, closed gracefully.
 */
import { createServer, type RequestListener, type Server } from "node:http";
import { answerExchange, type ExchangeOptions } from "./exchange.js";
import { createGracefulClose } from "./graceful-close.js";
import { defaultHttpLimits, type HttpLimits, serverOptions } from "./http-limits.js";
import { listenError } from "./listen-errors.js";
import type { ListeningServer } from "./listening-server.js";
import { createProxyTrust } from "./proxies.js";
import { discardBody } from "./request-body.js";

export interface ListenOptions extends Omit<ExchangeOptions, "trust" | "isClosing"> {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** IP addresses, or networks as `10.0.0.0/8`, whose `X-Forwarded-*` headers are believed. Default none. */
  readonly trustedProxies?: readonly string[] | undefined;
  /** Others than {@link defaultHttpLimits}. */
  readonly limits?: Partial<HttpLimits> | undefined;
}

/**
 * @throws FeedError `port-taken`, `port-forbidden`, `host-unknown`, `proxy-invalid`
 */
export async function startListening(options: ListenOptions): Promise<ListeningServer> {
  const { host, port, trustedProxies = [], ...exchangeOptions } = options;
  const limits = { ...defaultHttpLimits, ...options.limits };
  const trust = createProxyTrust(trustedProxies);
  const server = createServer(serverOptions(limits));
  const exchange = { ...exchangeOptions, trust, isClosing: () => !server.listening };
  const { track, close } = createGracefulClose(server, limits);
  const listener: RequestListener = (incoming, outgoing) => {
    track(incoming, outgoing);
    outgoing.once("finish", () => {
      if (!incoming.complete)
        discardBody(incoming, { time: limits.unwantedTime, bytes: limits.unwantedBytes });
    });
    void answerExchange(incoming, outgoing, exchange);
  };
  // With a listener of its own, Node leaves it to us when to ask for a body.
  server.on("request", listener).on("checkContinue", listener);
  server.maxConnections = limits.connections;
  server.timeout = limits.idleTime;
  await listen(server, host, port);
  return { port: portOf(server), close };
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(host, port, error)));
    server.listen(port, host, resolve);
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return address.port;
}
