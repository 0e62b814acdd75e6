/**
 * Base URLs: which addresses a feed may have, and which of them are safe.
 */
import { FeedError } from "../errors.js";

const example = "https://example.com/feed/";

/**
 * The absolute form, ending in `/`, so that paths can be appended.
 *
 * @param refuse makes what is thrown for anything else; it is told what is needed
 */
export function parseBaseUrl(text: string, refuse: (needed: string) => Error): string {
  const url = tryParse(text.trim());
  if (url === undefined) throw refuse(`an address that begins with https:// or http://, such as ${example}`);
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) {
    throw refuse("an address without ? and #, since paths are appended to it");
  }
  if (url.username !== "" || url.password !== "") {
    throw refuse("an address without user name and password, since everybody can read it in the feed");
  }
  return url.href.endsWith("/") ? url.href : `${url.href}/`;
}

/**
 * Clients refuse plain http, loopback included, unless they are told otherwise (protocol.md §2.7); on loopback nobody
 * can listen in.
 *
 * @throws FeedError `base-url-insecure`
 */
export function assertSecure(url: string, name: string, allowInsecure: boolean): void {
  const { protocol, hostname } = new URL(url);
  if (protocol === "https:" || allowInsecure || isLoopback(hostname)) return;
  throw new FeedError(
    "base-url-insecure",
    `Cannot use ${name} "${url}": anybody on the way could change packages`,
    {
      hint: "use https, or add --allow-insecure",
    },
  );
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d+){3}$/.test(hostname);
}

function tryParse(text: string): URL | undefined {
  if (!/^https?:\/\/[^/]/i.test(text)) return undefined;
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
