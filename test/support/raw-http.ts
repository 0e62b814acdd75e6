/** A client that sends bytes as they are, and keeps what comes back: for requests that no library would make. */
import { connect } from "node:net";

export interface RawClient {
  /** Sends as soon as the connection takes it. */
  readonly send: (text: string | Uint8Array) => Promise<void>;
  /** Waits until what came fits, and returns it; fails when the connection ends before. */
  readonly receive: (pattern: RegExp) => Promise<string>;
  /** Waits until the server ends the connection, and returns all that came. */
  readonly ended: Promise<string>;
  /** Whether the connection is still there. */
  readonly isOpen: () => boolean;
  readonly destroy: () => void;
}

export function rawClient(port: number): RawClient {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  let isClosed = false;
  const ended = new Promise<string>((resolve) => {
    socket.once("close", () => {
      isClosed = true;
      resolve(text);
    });
  });
  socket.setEncoding("latin1");
  socket.on("data", (chunk: string) => (text += chunk));
  // The server ends connections in the middle of a request; that is looked at by `ended`.
  socket.on("error", () => undefined);
  const receive = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (pattern.test(text)) settle(() => resolve(text));
        else if (isClosed)
          settle(() => reject(new Error(`the connection ended after ${JSON.stringify(text)}`)));
      };
      const settle = (act: () => void): void => {
        socket.off("data", look).off("close", look);
        act();
      };
      socket.on("data", look).on("close", look);
      look();
    });
  const send = (bytes: string | Uint8Array): Promise<void> =>
    new Promise((resolve) => {
      // Written or not: a server that listens no more is looked at by `ended`.
      socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, () => resolve());
    });
  return { send, receive, ended, isOpen: () => !isClosed, destroy: () => socket.destroy() };
}
