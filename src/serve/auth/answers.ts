/**
 * What a request that is not allowed is answered (protocol.md §7.4). The reason stands in the body, in the reason phrase,
 * which clients print, and in a header, which they print where there is no such phrase.
 */
import { jsonError } from "../http/json-error.js";
import { reasonPhrase } from "../http/reason-phrase.js";
import type { Scope } from "./api-key.js";
import { type Need, type NotAllowed, type NotAllowedReason, type Refusal, reasonOf } from "./authorize.js";

/** What clients show when they ask for credentials. */
const DEFAULT_REALM = "NuGet feed";

const DAY_LENGTH = "2027-01-31".length;

interface Answer {
  readonly code: string;
  readonly reading: number;
  readonly publishing: number;
}

/**
 * Publishing: 401 without a key, so that clients send the credentials that they have stored, and 403 for a key that does
 * not help, because 401 would have them ask again. Reading: 401 for both, since a password is asked for again after it.
 */
const answers: Readonly<Record<NotAllowedReason, Answer>> = {
  missing: { code: "key-missing", reading: 401, publishing: 401 },
  unknown: { code: "key-unknown", reading: 401, publishing: 403 },
  expired: { code: "key-expired", reading: 401, publishing: 403 },
  scope: { code: "key-scope", reading: 403, publishing: 403 },
  id: { code: "key-id", reading: 403, publishing: 403 },
  "no-keys": { code: "no-keys", reading: 403, publishing: 403 },
  unavailable: { code: "keys-unavailable", reading: 503, publishing: 503 },
};

/** @param realm shown by clients that ask for credentials */
export function answerNotAllowed(refused: NotAllowed, need: Need, realm = DEFAULT_REALM): Response {
  const { code, reading, publishing } = answers[reasonOf(refused)];
  const status = need.scope === "read" ? reading : publishing;
  const message = `${actionText(need)}: ${explain(refused, need)}`;
  const headers = {
    "Cache-Control": "no-store",
    ...(status === 401 && { "WWW-Authenticate": challenge(realm) }),
    // The first request of a client that keeps its credentials until it is asked for them is no reason to warn.
    ...((refused.kind !== "missing" || refused.wasAsked) && { "X-NuGet-Warning": reasonPhrase(message) }),
  };
  return withReasonPhrase(jsonError(status, code, message, headers), message);
}

/** @param retryAfter seconds */
export function answerTooManyAttempts(retryAfter: number): Response {
  const message = `Too many wrong keys: wait ${retryAfter} s, then try again with the right one`;
  const headers = {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "Retry-After": String(retryAfter),
    "X-NuGet-Warning": message,
  };
  const body = JSON.stringify({ statusCode: 429, message });
  return new Response(body, { status: 429, statusText: message, headers });
}

function actionText({ scope, id }: Need): string {
  if (id !== undefined) return `Cannot ${scope} "${id}"`;
  return scope === "read" ? "Cannot read this feed" : `Cannot ${scope} packages`;
}

/** What is wrong, and what to do. */
function explain(refused: NotAllowed, { scope }: Need): string {
  if (refused.kind === "refused") return explainRefusal(refused, scope);
  if (refused.kind === "no-keys")
    return "the feed has no keys yet; whoever runs it makes one with nupress key create";
  if (refused.kind === "unavailable")
    return "the server cannot read its keys; whoever runs it finds out why in its log";
  return scope === "read"
    ? "it needs a key with scope read as the password of the source, with any user name; --api-key is not used for reading"
    : `it needs a key with scope ${scope}; ask whoever runs the feed for one, and name it with --api-key`;
}

function explainRefusal(refusal: Refusal, scope: Scope): string {
  if (refusal.reason === "unknown")
    return `the key is not known here; ask whoever runs the feed for a key with scope ${scope}`;
  const key = `the key "${refusal.name}"`;
  if (refusal.reason === "expired")
    return `${key} expired on ${refusal.expires.slice(0, DAY_LENGTH)}; ask for a new one`;
  return refusal.reason === "scope"
    ? `${key} is not for this; ask for a key with scope ${scope}`
    : `${key} is for other ids; ask for a key that covers this one`;
}

/** RFC 7617 §2.1. */
function challenge(realm: string): string {
  return `Basic realm="${reasonPhrase(realm).replace(/["\\]/g, "'")}", charset="UTF-8"`;
}

function withReasonPhrase({ status, headers, body }: Response, message: string): Response {
  return new Response(body, { status, headers, statusText: reasonPhrase(message) });
}
