/**
 * One line of log for each request: what it was, and how it is written for programs and for people.
 */
import { withoutKeys } from "./auth/api-key.js";

export interface RequestEntry {
  /** When the request came, ISO 8601 in UTC. */
  readonly time: string;
  readonly id: string;
  readonly method: string;
  /** As asked for, with query but without secrets: see {@link loggedPath}. */
  readonly path: string;
  readonly status: number;
  /** From the request's head to the last byte of the answer. */
  readonly milliseconds: number;
  /** Sent as answer, with its head. */
  readonly bytes?: number;
  /** IP address of the client. */
  readonly address?: string;
  /** Name of the API key that was used. */
  readonly user?: string;
  /** The client's program, as it says. */
  readonly agent?: string;
  readonly note?: string;
}

const SECRET_NAME = /key|token|password|passwd|pwd|secret|auth|credential|signature|^sig$/i;

/** The entry as one line of JSON. */
export function requestJson(entry: RequestEntry): string {
  // JSON escapes the control characters of ASCII only.
  return JSON.stringify(entry).replace(/[\u007f-\u009f\u2028\u2029\p{Bidi_Control}]/gu, escaped);
}

/** The entry as one line for people: what has about the same length for all requests comes first. */
export function requestLine(entry: RequestEntry): string {
  const { time, method, status, milliseconds, bytes, address, path, user, agent, note } = entry;
  const columns = [
    time.slice(11, 19),
    String(status),
    method.slice(0, 7).padEnd(7),
    `${Math.round(milliseconds)} ms`.padStart(9),
    (bytes === undefined ? "" : sizeText(bytes)).padStart(8),
    (address ?? "").padEnd(15),
    path,
  ];
  const details = [user && `key ${user}`, agent, note].filter((text) => text !== undefined && text !== "");
  const line = columns.join("  ") + (details.length > 0 ? `  (${details.join(", ")})` : "");
  return line.replace(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu, escaped);
}

/**
 * What a request asked for, for logs: keys of feeds, and values in its query whose names tell that they are secret, become
 * `***`. Nothing is decoded.
 *
 * @param target - path and query
 */
export function loggedPath(target: string): string {
  const start = target.indexOf("?") + 1;
  if (start === 0) return withoutKeys(target);
  const query = target.slice(start).split("&").map(withoutSecret).join("&");
  return withoutKeys(target.slice(0, start) + query);
}

function withoutSecret(parameter: string): string {
  const [name = ""] = parameter.split("=", 1);
  return name.length < parameter.length && SECRET_NAME.test(decoded(name)) ? `${name}=***` : parameter;
}

function decoded(name: string): string {
  return new URLSearchParams(`${name}=`).keys().next().value ?? name;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
