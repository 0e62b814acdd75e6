/**
 * Requests that come from elsewhere although only this machine reaches the server: its browsers send them for web pages of
 * somebody else's, and proxies on it for anybody. They matter where no key is needed.
 */

/** With which proxies tell that they are one; `X-Forwarded-` has many endings. */
const proxyHeaders = /^(?:forwarded|via|x-real-ip|x-forwarded-.*)$/i;

/**
 * @returns whether a browser sent it for a page of another site, or under a name that leads here by deceit, or a proxy
 * passed it on
 */
export function isForeignRequest({ headers, url }: Request): boolean {
  if ([...headers.keys()].some((name) => proxyHeaders.test(name))) return true;
  const site = headers.get("Sec-Fetch-Site");
  if (site !== null && site !== "same-origin" && site !== "none") return true;
  const origin = headers.get("Origin");
  if (origin !== null && origin !== new URL(url).origin) return true;
  // A name of somebody's own can be made to lead to this machine; its pages would be of the same origin then.
  return !isLoopbackName(new URL(url).hostname);
}

/** Whether a host, as it stands in an address, can only be this machine. */
export function isLoopbackName(host: string): boolean {
  return host === "localhost" || host === "[::1]" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
