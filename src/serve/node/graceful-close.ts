/**
 * Ends a server without breaking off what it is doing: reads get a few seconds, pushes the time that they need.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { HttpLimits } from "./http-limits.js";
import { onceBodyIsOver } from "./request-body.js";

export interface GracefulClose {
  /** To be told of each request when it comes. */
  readonly track: (incoming: IncomingMessage, outgoing: ServerResponse) => void;
  /** Takes no more connections; settles when all are ended. */
  readonly close: () => Promise<void>;
}

interface UnderWay {
  readonly incoming: IncomingMessage;
  /** A change whose answer was sent is made; what may still come of its body matters to nobody. */
  isChange: boolean;
}

export function createGracefulClose(
  server: Server,
  { readGrace, changeGrace }: Pick<HttpLimits, "readGrace" | "changeGrace">,
): GracefulClose {
  const underWay = new Set<UnderWay>();
  const endWhenIdle = (): void => {
    // Connections that clients keep for their next request would hold the server up.
    if (underWay.size === 0 && !server.listening) server.closeAllConnections();
  };
  const endReads = (): void => {
    for (const { incoming, isChange } of underWay) if (!isChange) incoming.socket.destroy();
  };
  return {
    track: (incoming, outgoing) => {
      const exchange: UnderWay = { incoming, isChange: !isRead(incoming) };
      const finish = (): void => {
        underWay.delete(exchange);
        endWhenIdle();
      };
      underWay.add(exchange);
      outgoing.once("close", () => {
        exchange.isChange = false;
        if (incoming.complete) finish();
        else onceBodyIsOver(incoming, finish);
      });
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      endWhenIdle();
      const reads = setInterval(endReads, readGrace);
      const changes = setTimeout(() => server.closeAllConnections(), changeGrace);
      await closed;
      clearInterval(reads);
      clearTimeout(changes);
    },
  };
}

function isRead({ method }: IncomingMessage): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}
