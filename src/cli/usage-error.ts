/**
 * The error for a command line that makes no sense.
 */
import { FeedError } from "../errors.js";

/** `reason` is a clause: `there is no option --dry-rn`. */
export function usageError(reason: string, hint = "nupress --help tells what can be done"): FeedError {
  const clause = reason.charAt(0).toLowerCase() + reason.slice(1);
  return new FeedError("usage", `Cannot understand the command line: ${clause}`, { hint });
}
