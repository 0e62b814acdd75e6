/**
 * What a client may take its time for, and how much it may send besides packages.
 */
import type { ServerOptions } from "node:http";

/** Times in milliseconds. */
export interface HttpLimits {
  /** From the connection to the end of a request's head. A head fits into a few packets, so nobody is slow here. */
  readonly headersTime: number;
  /**
   * For a whole request. 250 MB in it is a line of half a megabit per second; a push that hardly moves is ended apart from
   * this, where its body is read.
   */
  readonly requestTime: number;
  /** For which a connection may do nothing at all, neither send nor receive. Clients give up a push after 300 seconds. */
  readonly idleTime: number;
  /** For which a connection is kept for a next request: longer than proxies keep theirs, so that they end them first. */
  readonly keepAliveTime: number;
  /** How often times are looked at. */
  readonly checkInterval: number;
  /** Bytes of a request's head, beyond which 431 is answered. */
  readonly headSize: number;
  readonly connections: number;
  /**
   * How long and how far (in bytes) a body is read that nobody wants, because some clients look at the answer only when
   * they have sent all: above the largest package that a feed takes by default.
   */
  readonly unwantedTime: number;
  readonly unwantedBytes: number;
  /** For which reads under way may go on once the server is closed. */
  readonly readGrace: number;
  /** The same for pushes and other changes. */
  readonly changeGrace: number;
}

const SECOND = 1000;

export const defaultHttpLimits: HttpLimits = {
  headersTime: 20 * SECOND,
  requestTime: 3600 * SECOND,
  idleTime: 330 * SECOND,
  keepAliveTime: 75 * SECOND,
  checkInterval: 5 * SECOND,
  headSize: 16 * 1024,
  connections: 2000,
  unwantedTime: 60 * SECOND,
  unwantedBytes: 512 * 1024 * 1024,
  readGrace: 5 * SECOND,
  changeGrace: 300 * SECOND,
};

/** The limits that Node keeps by itself. */
export function serverOptions(limits: HttpLimits): ServerOptions {
  return {
    headersTimeout: limits.headersTime,
    requestTimeout: limits.requestTime,
    keepAliveTimeout: limits.keepAliveTime,
    connectionsCheckingInterval: limits.checkInterval,
    maxHeaderSize: limits.headSize,
  };
}
