/**
 * What a server tells whoever runs it of failures after which it goes on.
 */
import { RefusedBuildError } from "../../build/guards.js";
import { FeedError } from "../../errors.js";
import type { Verbosity } from "../command.js";
import { reportProblems } from "../report-problems.js";
import type { Terminal } from "../terminal.js";

/** @param request whose answer failed, if it was one */
export function tellServeError(
  error: unknown,
  { terminal, verbosity }: { readonly terminal: Terminal; readonly verbosity: Verbosity },
  request?: Request,
): void {
  // Standard output belongs to what was announced, as JSON too.
  if (error instanceof RefusedBuildError)
    reportProblems(error.problems, terminal, { ...verbosity, json: false });
  const place = request === undefined ? "" : `${request.method} ${new URL(request.url).pathname}: `;
  terminal.labelled("error", place + (error instanceof FeedError ? error.message : String(error)));
  if (error instanceof FeedError && error.hint !== undefined) terminal.labelled("hint", error.hint);
  // What nobody foresaw is told with its trace, for a report.
  if (error instanceof Error && !(error instanceof FeedError)) terminal.news(error.stack ?? "");
}
