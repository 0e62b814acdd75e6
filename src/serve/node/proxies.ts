/**
 * Who a client is and what it asked for, where there are proxies in between. What headers say of that is believed only
 * from proxies that the user named: everybody can send such headers.
 */
import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";
import { FeedError } from "../../errors.js";
import type { RequestOrigin } from "../http/request-origin.js";

export interface ProxyTrust {
  /** @param address - IP address */
  isTrusted(address: string): boolean;
}

/** The addresses of a connection and the headers that came through it. */
export interface ProxiedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress?: string | undefined };
}

export type Client = Pick<RequestOrigin, "address" | "protocol" | "host"> & {
  /** Whether a trusted proxy sent the request. */
  readonly isProxied: boolean;
};

const HOST = /^(?:[a-z\d](?:[a-z\d._-]*[a-z\d])?\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/**
 * @param proxies - IP addresses, or networks as `10.0.0.0/8`
 * @throws FeedError `proxy-invalid`
 */
export function createProxyTrust(proxies: readonly string[]): ProxyTrust {
  const list = new BlockList();
  for (const proxy of proxies) addProxy(list, proxy);
  return { isTrusted: (address) => isIP(address) !== 0 && list.check(address, familyOf(address)) };
}

function addProxy(list: BlockList, proxy: string): void {
  const [address = "", prefix, ...rest] = proxy.trim().split("/");
  const bits = prefix === undefined ? undefined : Number(prefix);
  const isPrefix =
    prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= largestPrefix(address));
  if (isIP(address) === 0 || rest.length > 0 || !isPrefix) throw proxyInvalid(proxy);
  if (bits === undefined) list.addAddress(address, familyOf(address));
  else list.addSubnet(address, bits, familyOf(address));
}

function largestPrefix(address: string): number {
  return isIP(address) === 4 ? 32 : 128;
}

function familyOf(address: string): "ipv4" | "ipv6" {
  return isIP(address) === 4 ? "ipv4" : "ipv6";
}

/**
 * Walks from the connection back to the client as long as each hop is trusted. Lists of protocols and hosts are read from
 * the same hop as the address, because proxies append to them or replace them.
 */
export function clientOf({ headers, socket }: ProxiedRequest, trust: ProxyTrust): Client {
  const peer = plainAddress(socket.remoteAddress ?? "") ?? "";
  const own = { address: peer, protocol: "http", host: headers.host ?? "" } as const;
  if (!trust.isTrusted(peer)) return { ...own, isProxied: false };
  const { address, hops } = walkBack(peer, listOf(headers["x-forwarded-for"]), trust);
  const protocol = hopOf(listOf(headers["x-forwarded-proto"]), hops)?.toLowerCase();
  const host = hopOf(listOf(headers["x-forwarded-host"]), hops);
  return {
    address,
    protocol: protocol === "https" ? "https" : "http",
    host: host !== undefined && isHost(host) ? host : own.host,
    isProxied: true,
  };
}

function isHost(text: string): boolean {
  return HOST.test(text) && URL.canParse(`http://${text}`);
}

/** The first address from the right that is not trusted, or the leftmost; and how many were read to find it. */
function walkBack(
  peer: string,
  forwarded: readonly string[],
  trust: ProxyTrust,
): { readonly address: string; readonly hops: number } {
  let address = peer;
  let hops = 0;
  for (const text of forwarded.toReversed()) {
    const next = plainAddress(text);
    // Behind something that is no address nothing can be known.
    if (next === undefined) break;
    address = next;
    hops += 1;
    if (!trust.isTrusted(address)) break;
  }
  return { address, hops };
}

function hopOf(list: readonly string[], hops: number): string | undefined {
  return list[Math.max(0, list.length - Math.max(1, hops))];
}

function listOf(header: string | readonly string[] | undefined): string[] {
  const text = typeof header === "string" ? header : (header ?? []).join(",");
  return text === "" ? [] : text.split(",").map((part) => part.trim());
}

/** Without the port that some proxies add, and IPv4 as such. */
function plainAddress(text: string): string | undefined {
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d+$/.exec(text) ?? [];
  const address = (bracketed ?? withPort ?? text).replace(/^::ffff:(?=[\d.]+$)/i, "");
  return isIP(address) === 0 ? undefined : address;
}

function proxyInvalid(proxy: string): FeedError {
  return new FeedError(
    "proxy-invalid",
    `Cannot trust the proxy "${proxy}": this is no IP address or network`,
    {
      hint: "write it as 192.0.2.1 or 192.0.2.0/24",
    },
  );
}
