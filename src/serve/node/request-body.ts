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

/** Calls back when nothing of the body can come any more: it was read to its end, or the connection is closed. */
export function onceBodyIsOver(incoming: IncomingMessage, callback: () => void): void {
  const { socket } = incoming;
  if (incoming.readableEnded || socket.destroyed) return callback();
  const finish = (): void => {
    incoming.off("end", finish);
    socket.off("close", finish);
    callback();
  };
  incoming.on("end", finish);
  // A request that was answered does not hear of its connection any more.
  socket.on("close", finish);
}

/** How often it is looked at how much came, in milliseconds. */
const LOOK_INTERVAL = 50;

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
  const { socket } = incoming;
  const start = performance.now();
  const readBefore = socket.bytesRead;
  // The connection is looked at, because Node does not show the bytes of requests that nobody began to read.
  const look = setInterval(() => {
    const isTooMuch = socket.bytesRead - readBefore > limits.bytes;
    if (isTooMuch || performance.now() - start > limits.time) socket.destroy();
  }, LOOK_INTERVAL);
  onceBodyIsOver(incoming, () => clearInterval(look));
  // Whoever read it before has left it without a word; its listener would pause it again.
  incoming.removeAllListeners("data");
  incoming.resume();
}
