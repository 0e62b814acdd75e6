/** A server of its own for each test of a file, and raw clients of it. */
import { afterEach } from "vitest";
import type { ListeningServer } from "../../src/serve/node/listening-server.js";
import { type ListenOptions, startListening } from "../../src/serve/node/server.js";
import { type RawClient, rawClient } from "./raw-http.js";

export interface TestServer {
  /** Starts one on any port of this machine, and returns the port. */
  readonly start: (options?: Partial<ListenOptions>) => Promise<number>;
  readonly open: (port: number) => RawClient;
  /** All that comes back to a request after which the server ends the connection. */
  readonly exchange: (port: number, request: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** To be called once in a test file: it ends everything behind each test. */
export function useTestServer(): TestServer {
  let server: ListeningServer | undefined;
  const clients: RawClient[] = [];
  const close = async (): Promise<void> => {
    await server?.close();
    server = undefined;
  };
  const open = (port: number): RawClient => {
    const client = rawClient(port);
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy();
    await close();
  });
  return {
    close,
    open,
    start: async (options = {}) => {
      const fetch = (): Response => new Response("hello");
      server = await startListening({ host: "127.0.0.1", port: 0, fetch, ...options });
      return server.port;
    },
    exchange: async (port, request) => {
      const client = open(port);
      await client.send(request);
      return client.ended;
    },
  };
}
