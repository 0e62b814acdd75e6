/**
 * The flags of `nupress serve`.
 */
import { OVERWRITE_POLICIES } from "../../publish/push/context.js";
import { MEBIBYTE } from "../../serve/http/mebibyte.js";
import { DEFAULT_HOST, DEFAULT_PORT } from "../../serve/node/start-server.js";
import { DEFAULT_LARGEST_BODY, DELETIONS } from "../../serve/publishing/publishing.js";
import { type FlagSpec, outputFlags } from "../command.js";
import { DEFAULT_KEYS_FILE, KEYS_FILE_VARIABLE } from "./key-store.js";

const server = "Server:";
const publishing = "Publishing:";

export const DEFAULT_LARGEST_MEBIBYTES = Math.floor(DEFAULT_LARGEST_BODY / MEBIBYTE);
export const LOG_FORMS = ["text", "json", "off"] as const;

function value(name: string, group: string, describe: string): FlagSpec {
  return { name, kind: "value", group, describe };
}

function toggle(name: string, group: string, describe: string): FlagSpec {
  return { name, kind: "switch", group, describe };
}

export const serveFlags: readonly FlagSpec[] = [
  value("port", server, `Port (default ${DEFAULT_PORT}, or any free one when that is taken)`),
  value("host", server, `Address to listen on (default ${DEFAULT_HOST}, this machine only)`),
  value("public-url", server, "Address of the feed as clients see it, when there is a proxy in between"),
  value(
    "trusted-proxy",
    server,
    "Proxies whose X-Forwarded-* headers count, such as 10.0.0.0/8 (repeatable)",
  ),
  toggle("private", server, "Let only those read who have a key with scope read"),
  value(
    "keys",
    server,
    `File of the keys' hashes (default ${KEYS_FILE_VARIABLE}, else ${DEFAULT_KEYS_FILE})`,
  ),
  value(
    "log",
    server,
    `A line for each request: ${LOG_FORMS.join(", ")} (default off without --publish or --verbose)`,
  ),
  value("config", server, "Settings file (default nupress.json where there is one and no folder is named)"),
  toggle("publish", publishing, "Take pushes; begins a feed in an empty folder"),
  value(
    "overwrite",
    publishing,
    `Versions that may be pushed again: ${OVERWRITE_POLICIES.join(", ")} (default never)`,
  ),
  value("deletion", publishing, `What a delete does: ${DELETIONS.join(" or ")} (default unlist)`),
  value("max-package-size", publishing, `Largest push in MiB (default ${DEFAULT_LARGEST_MEBIBYTES})`),
  value(
    "watch",
    publishing,
    "Folder of packages: build the feed again when something changes there (repeatable)",
  ),
  value("base-url", publishing, "Address written into a feed that begins here (default that of the server)"),
  toggle("no-site", publishing, "Begin a feed without a web site"),
  value("lock-timeout", publishing, "Seconds to wait for another writer of the folder (default 0)"),
  ...outputFlags,
];
