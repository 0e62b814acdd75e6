/**
 * Moves generated documents and pages to another address, so that a feed built for its public address can be shown
 * anywhere. Whatever texts of packages hold the address stays as it is, as far as it can be told apart.
 */
import { escapeMarkup } from "../../feed/escape-markup.js";
import { DETAILS_TEMPLATE, ROBOTS } from "../../feed/site-urls.js";
import { NOT_FOUND_PAGE } from "../../feed/urls.js";
import type { BaseUrls } from "./base-urls.js";
import { isGeneratedJson, isSiteFile } from "./path-kind.js";

/** From the bytes of a file to those that are sent. */
export type Rebase = (bytes: Uint8Array) => Uint8Array;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** How a file moves; `undefined` when it is sent as it is. */
export function rebaseOf(path: string, { recorded, served }: BaseUrls): Rebase | undefined {
  const replace = recorded === served ? undefined : replacementOf(path);
  if (replace === undefined) return undefined;
  return (bytes) => {
    const text = decodeText(bytes);
    return text === undefined ? bytes : encoder.encode(replace(text, recorded, served));
  };
}

/** @returns `undefined` for other encodings than UTF-8, in which nothing is generated */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

type Replace = (text: string, from: string, to: string) => string;

function replacementOf(path: string): Replace | undefined {
  if (isGeneratedJson(path)) return rebaseJson;
  if (path === NOT_FOUND_PAGE) return rebaseNotFound;
  if (path === ROBOTS) return rebaseRobots;
  return isSiteFile(path) && /\.(?:html|xml)$/.test(path) ? rebaseMarkup : undefined;
}

/**
 * Replaces `from` by `to` (both end in `/`) where a string value of the JSON document begins with `{from}v3/`, and in the
 * template of details pages. Texts that hold the address further inside, or within quotes of their own, stay as they are.
 */
export function rebaseJson(json: string, from: string, to: string): string {
  const [address, details] = [jsonText(from), `${jsonText(DETAILS_TEMPLATE)}"`].map(escapeRegExp);
  // A quote at the start or behind one of these begins a string: within strings quotes have a backslash before them, and what
  // follows a closing quote is never an address.
  const start = new RegExp(`(?<=(?:^|[:[,])\\s*")${address}(?=v3/|${details})`, "g");
  return json.replace(start, () => jsonText(to));
}

/** What a feed holds right below its root, or the end of an address: of other paths below it the feed knows nothing. */
const ownPath = String.raw`(?:v3|packages|search|all|site|badges)/|(?:atom|sitemap(?:-\d+)?)\.xml\b|["'<>&?#\s]|$`;

/** HTML and XML: wherever the address of something in the feed stands, readmes included. */
export function rebaseMarkup(markup: string, from: string, to: string): string {
  return replaceMarkup(markup, from, `(?=${ownPath})`, to);
}

/** Nothing of a package is in this page, and the owner's own links are absolute here. */
export function rebaseNotFound(html: string, from: string, to: string): string {
  return replaceMarkup(html, from, "", to);
}

/** Holds paths, and the address of the sitemap. */
export function rebaseRobots(text: string, from: string, to: string): string {
  const [fromPath, toPath] = [new URL(from).pathname, new URL(to).pathname];
  return text.replace(/^((?:Allow|Disallow|Sitemap): *)(\S+)$/gm, (line, name: string, value: string) => {
    if (value.startsWith(from)) return name + to + value.slice(from.length);
    return value.startsWith(fromPath) ? name + toPath + value.slice(fromPath.length) : line;
  });
}

/** JSON within a page is not escaped, all else is. */
function replaceMarkup(markup: string, from: string, behind: string, to: string): string {
  const spellings = [...new Set([from, escapeMarkup(from)])].map(escapeRegExp).join("|");
  return markup.replace(new RegExp(`(?:${spellings})${behind}`, "g"), () => escapeMarkup(to));
}

function jsonText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
