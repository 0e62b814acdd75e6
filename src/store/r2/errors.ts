/**
 * What R2 says, in the user's words. Its errors carry their code only at the end of the message: `put: … (10001)`.
 */
import { FeedError } from "../../errors.js";

/** More than one write per second of one object, or too many requests of all kinds. */
const TOO_MANY_REQUESTS = 10058;
const NAME_INVALID = 10020;
const RANGE_OUTSIDE = 10039;

/** Older messages have the status or only the text. */
const busyText = /\b429\b|reduce your concurrent request rate/i;

/**
 * Runs one call of the binding.
 *
 * @throws FeedError `store-busy` when the bucket asks for a pause, else `store-failed`; both name the path
 */
export async function callBucket<T>(
  action: string,
  bucketName: string,
  path: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw bucketError(action, bucketName, path, error);
  }
}

/** No object can have such a name: it is longer than 1,024 bytes. */
export function isNameInvalid(error: unknown): boolean {
  return causeCode(error) === NAME_INVALID;
}

/** The range begins behind the end of the object, or is empty. */
export function isRangeOutside(error: unknown): boolean {
  return causeCode(error) === RANGE_OUTSIDE;
}

function bucketError(action: string, bucketName: string, path: string, cause: unknown): FeedError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `Cannot ${action} "${path}" in "${bucketName}": ${reason}`;
  if (codeIn(reason) !== TOO_MANY_REQUESTS && !busyText.test(reason)) {
    return new FeedError("store-failed", message, { cause });
  }
  return new FeedError("store-busy", message, {
    hint: "R2 takes one write per second of one object, and not any number of reads; try again in a moment",
    cause,
  });
}

function causeCode(error: unknown): number | undefined {
  return error instanceof FeedError && error.cause instanceof Error ? codeIn(error.cause.message) : undefined;
}

function codeIn(message: string): number | undefined {
  const code = /\((\d+)\)$/.exec(message)?.[1];
  return code === undefined ? undefined : Number(code);
}
