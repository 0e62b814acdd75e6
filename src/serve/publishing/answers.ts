/**
 * How changes of a feed are answered (protocol.md §7.4): the reason stands in the body, in the reason phrase, which
 * clients print, and in a header, which they print where there is no such phrase.
 */
import { FeedError, messageWithHint, PackageError } from "../../errors.js";
import { jsonError } from "../http/json-error.js";
import { reasonPhrase } from "../http/reason-phrase.js";
import { RETRY_AFTER_SECONDS } from "./push-limit.js";

/** Clients print each; more of them help nobody. */
const MOST_WARNINGS = 10;

/** Done, with what the client should tell its user. */
export function doneAnswer(status: 200 | 201 | 204, warnings: readonly string[] = []): Response {
  const headers = new Headers({ "Cache-Control": "no-store" });
  for (const warning of warnings.slice(0, MOST_WARNINGS))
    headers.append("X-NuGet-Warning", reasonPhrase(warning));
  return new Response(null, { status, headers });
}

/** Not done, for a reason that the client can do something about. */
export function refusedAnswer(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const phrase = reasonPhrase(message);
  const answer = jsonError(status, code, message, {
    "Cache-Control": "no-store",
    "X-NuGet-Warning": phrase,
    ...headers,
  });
  return new Response(answer.body, { status, headers: answer.headers, statusText: phrase });
}

const bodyStatuses: Readonly<Record<string, number>> = {
  "body-empty": 400,
  "body-truncated": 400,
  "body-malformed": 400,
  "body-stalled": 408,
  "body-too-large": 413,
};

/** Errors that pass by themselves: clients try again after a 503. */
const passing: ReadonlySet<string> = new Set(["too-busy", "sweeping", "lost-race", "store-busy"]);

/**
 * The answer to a change that failed.
 *
 * @returns `undefined` for what no client can do anything about: whoever runs the server is told
 */
export function failedAnswer(error: unknown): Response | undefined {
  if (!(error instanceof FeedError)) return undefined;
  const { code } = error;
  const reason = messageWithHint(error);
  if (error instanceof PackageError) return refusedAnswer(400, code, `Cannot push the package: ${reason}`);
  const status = bodyStatuses[code];
  if (status !== undefined) return refusedAnswer(status, code, reason);
  if (!passing.has(code)) return undefined;
  return refusedAnswer(503, code, reason, { "Retry-After": String(RETRY_AFTER_SECONDS) });
}

/** The answer to a change that failed for reasons of the server's own. */
export function brokenAnswer(): Response {
  return refusedAnswer(
    500,
    "publish-failed",
    "The feed could not be changed: its owner finds the reason in the log",
  );
}
