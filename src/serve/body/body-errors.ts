/**
 * What may be wrong with the body of a push, as errors whose codes the publish routes turn into statuses.
 */
import { FeedError } from "../../errors.js";
import { MEBIBYTE } from "../http/mebibyte.js";

const ACTION = "Cannot read the package in the request";

/** To answer with 400: there is no byte of a package. */
export function bodyEmpty(): FeedError {
  return new FeedError("body-empty", `${ACTION}: there is nothing in its body`);
}

/** To answer with 400: the body ends before it is whole. */
export function bodyTruncated(cause?: unknown): FeedError {
  return new FeedError("body-truncated", `${ACTION}: its body ends too early`, {
    hint: "send it again",
    cause,
  });
}

/** To answer with 400: the body is not the form that it says it is. */
export function bodyMalformed(reason: string): FeedError {
  return new FeedError("body-malformed", `${ACTION}: ${reason}`, {
    hint: "send multipart/form-data whose first part is the package, or the package alone",
  });
}

/** To answer with 413. */
export function bodyTooLarge(limit: number): FeedError {
  return new FeedError(
    "body-too-large",
    `${ACTION}: it is larger than the ${sizeText(limit)} that this feed takes`,
  );
}

/** In the unit in which limits are set, where that is exact. */
function sizeText(bytes: number): string {
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : `${bytes} bytes`;
}

/** To answer with 408: nothing, or next to nothing, came in the time, in milliseconds. */
export function bodyStalled(stall: number): FeedError {
  return new FeedError("body-stalled", `${ACTION}: too little of it came in ${stall / 1000} seconds`);
}
