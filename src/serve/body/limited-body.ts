/**
 * Reads a request's body as long as it keeps within limits of size and time.
 */
import { bodyStalled, bodyTooLarge, bodyTruncated } from "./body-errors.js";

export interface BodyLimits {
  /** Bytes of the whole request body. */
  readonly limit: number;
  /** Milliseconds that may be waited for {@link LEAST_PROGRESS} more. */
  readonly stall: number;
  /** Its reason is thrown when it aborts. */
  readonly signal?: AbortSignal;
}

/**
 * Bytes, in a time in which the slowest line sends many times as much. Less than this is no push that goes on, and would
 * keep one of the few places of pushes, with a byte now and then, for as long as a request may take.
 */
const LEAST_PROGRESS = 16 * 1024;

type Read = ReadableStreamReadResult<Uint8Array>;

/**
 * The chunks of a body. However reading ends, the body is cancelled then. Only the time counts in which a chunk is waited
 * for, not that of who takes them.
 *
 * @param declared - length in bytes that the request states; less than that is no whole body
 * @throws FeedError `body-too-large`, `body-stalled`, `body-truncated` (also when the connection breaks)
 */
export async function* limitedBody(
  body: ReadableStream<Uint8Array>,
  declared: number | undefined,
  { limit, stall, signal }: BodyLimits,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = body.getReader();
  let received = 0;
  let progress = 0;
  let patience = stall;
  try {
    for (;;) {
      const asked = performance.now();
      const { done, value } = await readWithin(reader, patience, () => bodyStalled(stall), signal);
      if (done) break;
      received += value.length;
      if (received > limit) throw bodyTooLarge(limit);
      progress += value.length;
      patience -= performance.now() - asked;
      if (progress >= LEAST_PROGRESS) {
        progress = 0;
        patience = stall;
      }
      yield value;
    }
    if (received < (declared ?? 0)) throw bodyTruncated();
  } finally {
    // Not awaited: a source that hangs must not hold up the answer.
    reader.cancel().catch(() => undefined);
  }
}

/** One read that gives up when nothing comes in time, or when the signal says so. */
function readWithin(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  time: number,
  tooLate: () => Error,
  signal: AbortSignal | undefined,
): Promise<Read> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      act();
    };
    const onAbort = settle(() => reject(signal?.reason));
    const timer = setTimeout(
      settle(() => reject(tooLate())),
      time,
    );
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted === true) return onAbort();
    reader.read().then(
      (read) => settle(() => resolve(read))(),
      (error: unknown) => settle(() => reject(bodyTruncated(error)))(),
    );
  });
}
