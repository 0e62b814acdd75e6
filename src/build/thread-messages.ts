/**
 * What the main thread and its worker threads say to each other.
 */
import { FeedError } from "../errors.js";
import type { LockUntil } from "./lock.js";
import type { TaskSetup } from "./tasks.js";

export interface ThreadSetup {
  readonly setup: TaskSetup;
  /** The output folder. */
  readonly output: string;
  /** Until when this build may write. */
  readonly until: LockUntil;
}

export interface TaskRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type TaskAnswer = { readonly id: number } & (
  | { readonly output: unknown }
  | { readonly error: ErrorMessage }
);

/** An error as plain data: classes do not cross threads. */
export interface ErrorMessage {
  readonly message: string;
  readonly stack?: string;
  /** Of a `FeedError`. */
  readonly code?: string;
  readonly hint?: string;
  readonly cause?: string;
}

export function encodeError(error: unknown): ErrorMessage {
  if (!(error instanceof Error)) return { message: String(error) };
  const { message, stack } = error;
  const cause = error.cause instanceof Error ? { cause: error.cause.message } : {};
  const shared = { message, ...(stack !== undefined && { stack }), ...cause };
  if (!(error instanceof FeedError)) return shared;
  return { ...shared, code: error.code, ...(error.hint !== undefined && { hint: error.hint }) };
}

export function decodeError({ message, stack, code, hint, cause }: ErrorMessage): Error {
  const error =
    code === undefined
      ? new Error(message, { cause })
      : new FeedError(code, message, { cause, ...(hint !== undefined && { hint }) });
  if (stack !== undefined) error.stack = stack;
  return error;
}
