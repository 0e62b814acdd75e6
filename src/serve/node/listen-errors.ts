/** Why a server cannot listen, for users. */
import { FeedError } from "../../errors.js";

const listenFailures: Readonly<Record<string, { code: string; reason: string; hint: string }>> = {
  EADDRINUSE: {
    code: "port-taken",
    reason: "another program uses it",
    hint: "choose another port with --port, or leave it out to get a free one",
  },
  EACCES: { code: "port-forbidden", reason: "permission denied", hint: "choose a port above 1023" },
  EADDRNOTAVAIL: unknownHost(),
  ENOTFOUND: unknownHost(),
};

function unknownHost(): { code: string; reason: string; hint: string } {
  return {
    code: "host-unknown",
    reason: "this machine has no such address",
    hint: "use --host 127.0.0.1 for this machine only, or --host 0.0.0.0 for all of its addresses",
  };
}

/** @returns a FeedError where the user can do something, else what Node says */
export function listenError(host: string, port: number, cause: NodeJS.ErrnoException): unknown {
  const failure = listenFailures[cause.code ?? ""];
  if (failure === undefined) return cause;
  const { code, reason, hint } = failure;
  return new FeedError(code, `Cannot listen on port ${port} of "${host}": ${reason}`, { hint, cause });
}
