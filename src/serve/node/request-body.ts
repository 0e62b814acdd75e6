/**
 * The body of a request under Node: as a stream that may be left unread without harm to the answer, and what happens to the
 * bytes that nobody wants.
 */
import type { IncomingMessage } from "node:http";

/** Whether a request says that it has a body. */
export function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

/**
 * The body as a web stream. Other than Node's own, it does not end the connection when it is cancelled, over which the
 * answer still has to go.
 *
 * @param onWanted - called before the first byte is read
 */
export function bodyStream(incoming: IncomingMessage, onWanted: () => void): ReadableStream<Uint8Array> {
  let reading: Reading | undefined;
  const source = {
    pull: (controller: Controller) => {
      if (reading === undefined) {
        reading = beginReading(incoming, controller);
        onWanted();
      }
      incoming.resume();
    },
    cancel: () => reading?.stop(),
  };
  // Nothing is read ahead: bytes that are not asked for stay with the client.
  return new ReadableStream(source, { highWaterMark: 0 });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

interface Reading {
  readonly stop: () => void;
}

/** Hands over one chunk each time that the request is resumed. */
function beginReading(incoming: IncomingMessage, controller: Controller): Reading {
  const onData = (chunk: Uint8Array): void => {
    incoming.pause();
    controller.enqueue(chunk);
  };
  const onEnd = (): void => {
    stop();
    controller.close();
  };
  const onClose = (): void => {
    stop();
    controller.error(new Error("the connection broke off"));
  };
  const stop = (): void => {
    incoming.off("data", onData).off("end", onEnd).off("close", onClose);
    incoming.pause();
  };
  if (incoming.destroyed) onClose();
  else incoming.on("data", onData).on("end", onEnd).on("close", onClose);
  return { stop };
}

/**
 * Reads what is left of a body whose request was answered, within limits, and ends the connection beyond them. To end it
 * at once would make many clients lose the answer: they see a broken connection while they send.
 *
 * @param limits - in milliseconds and bytes
 */
export function discardBody(
  incoming: IncomingMessage,
  limits: { readonly time: number; readonly bytes: number },
): void {
  let discarded = 0;
  const giveUp = (): void => {
    incoming.socket.destroy();
  };
  const timer = setTimeout(giveUp, limits.time);
  const stop = (): void => clearTimeout(timer);
  // Whoever read it before has left it without a word; its listener would pause it again.
  incoming.removeAllListeners("data");
  incoming.on("data", (chunk: Uint8Array) => {
    discarded += chunk.length;
    if (discarded > limits.bytes) giveUp();
  });
  incoming.once("end", stop).once("close", stop);
  incoming.resume();
}
