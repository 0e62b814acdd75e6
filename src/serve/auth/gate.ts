/**
 * Lets a request in or answers it: who may do what, and how often somebody may be wrong.
 */
import { answerNotAllowed, answerTooManyAttempts } from "./answers.js";
import type { Attempts } from "./attempts.js";
import { type Authorize, type Need, type NotAllowedReason, reasonOf } from "./authorize.js";

export type Admission =
  | { readonly kind: "admitted"; readonly name: string }
  | {
      readonly kind: "turned-away";
      readonly response: Response;
      /** For the log. */
      readonly reason: TurnedAwayReason;
      /** The key, where it is known. */
      readonly name?: string;
    };

export type TurnedAwayReason = NotAllowedReason | "too-many-attempts";

/** Counts the wrong keys of each client address. */
export type Gate = (headers: Headers, need: Need, address: string) => Promise<Admission>;

export interface GateOptions {
  readonly authorize: Authorize;
  readonly attempts: Attempts;
  /** Shown by clients that ask for credentials. */
  readonly realm?: string;
}

/** A right key is let in however many wrong ones came from its address: others may share it. */
export function createGate({ authorize, attempts, realm }: GateOptions): Gate {
  return async (headers, need, address) => {
    const authorization = await authorize(headers, need);
    if (authorization.kind === "allowed") return { kind: "admitted", name: authorization.name };
    const reason = reasonOf(authorization);
    if (reason === "unknown") {
      if (attempts.isExhausted(address)) return tooManyAttempts(attempts.retryAfter(address));
      attempts.noteFailure(address);
    }
    const response = answerNotAllowed(authorization, need, realm);
    return {
      kind: "turned-away",
      response,
      reason,
      ...("name" in authorization && { name: authorization.name }),
    };
  };
}

function tooManyAttempts(retryAfter: number): Admission {
  return {
    kind: "turned-away",
    response: answerTooManyAttempts(retryAfter),
    reason: "too-many-attempts",
  };
}
